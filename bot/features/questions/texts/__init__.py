"""Questions: its words."""
