"""Formatted text: reading it from HTML, finding links and commands in it, and showing it as HTML again."""
