"""Groups: what happens on an update."""
