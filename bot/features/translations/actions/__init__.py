"""Translations: rules and queries."""
