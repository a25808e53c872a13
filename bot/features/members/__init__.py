"""Joining, what is kept of oneself, and leaving."""
