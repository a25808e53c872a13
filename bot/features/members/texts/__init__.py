"""Members: its words."""
