"""Proposals: rules and queries."""
