"""Dialogues: as files that people fill in."""
