"""Dialogue files: what happens on an update."""
