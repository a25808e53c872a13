"""Members: what happens on an update."""
