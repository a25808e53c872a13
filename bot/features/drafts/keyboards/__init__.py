"""Drafts: buttons."""
