"""Inquiries: what happens on an update."""
