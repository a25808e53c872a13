"""Anyone looks for words in what was said, and finds what they may read."""
