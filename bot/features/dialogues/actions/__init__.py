"""Dialogues: rules and queries."""
