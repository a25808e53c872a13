"""Exports: rules and queries."""
