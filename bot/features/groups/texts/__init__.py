"""Groups: its words."""
