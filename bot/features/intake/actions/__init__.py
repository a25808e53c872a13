"""Intake: rules and queries."""
