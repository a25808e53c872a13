"""The words of privacy."""
