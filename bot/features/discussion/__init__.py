"""Members read what others said, and answer it."""
