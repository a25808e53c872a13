"""Summary: its words as files."""
