"""Announcements: rules and queries."""
