"""Drafts: what happens on an update."""
