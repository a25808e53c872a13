"""Exports: what is said around them."""
