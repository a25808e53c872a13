"""Questions: what happens on an update."""
