"""Summary: its words."""
