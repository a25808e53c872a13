"""Inquiries: rules and queries."""
