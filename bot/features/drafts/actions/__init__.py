"""Drafts: rules and queries."""
