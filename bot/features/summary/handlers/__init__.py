"""Summary: what happens on an update."""
