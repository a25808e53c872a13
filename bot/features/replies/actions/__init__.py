"""Replies: rules and queries."""
