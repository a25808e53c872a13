"""Digests: rules and queries."""
