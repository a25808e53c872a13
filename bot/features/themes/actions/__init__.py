"""Themes: rules and queries."""
