"""Webhooks: rules and queries."""
