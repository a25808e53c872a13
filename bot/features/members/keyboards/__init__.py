"""Members: its buttons."""
