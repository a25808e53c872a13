"""Digests: its words as files."""
