"""Moderation: its words."""
