"""Moderation: rules and queries."""
