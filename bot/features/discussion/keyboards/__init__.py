"""Discussion: its buttons."""
