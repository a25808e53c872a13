"""Dialogues: its words."""
