"""The words of key points."""
