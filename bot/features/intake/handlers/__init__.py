"""Intake: what happens on an update."""
