"""Exports: what happens on an update."""
