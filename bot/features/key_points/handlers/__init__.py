"""Key points: what happens on an update."""
