"""Discussion: what happens on an update."""
