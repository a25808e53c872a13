"""Moderation: what happens on an update."""
