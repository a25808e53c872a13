"""Discussion: its words."""
