"""Rehearsals: words."""
