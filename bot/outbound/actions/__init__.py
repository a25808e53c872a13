"""Outbound: rules and queries."""
