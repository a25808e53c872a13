"""The desk: figures as pictures."""
