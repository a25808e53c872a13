"""Digests: its words."""
