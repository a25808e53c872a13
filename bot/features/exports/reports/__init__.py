"""Exports: its words as files."""
