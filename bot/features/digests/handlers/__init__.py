"""Digests: what happens on an update."""
