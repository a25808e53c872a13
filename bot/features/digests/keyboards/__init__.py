"""Digests: its buttons."""
