"""Rehearsals: rules and queries."""
