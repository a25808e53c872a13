"""Drafts: what is said."""
