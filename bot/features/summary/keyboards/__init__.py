"""Summary: its buttons."""
