"""One's data as a file, its erasure, and "keep nothing of mine"."""
