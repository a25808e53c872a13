"""Replies in other languages, by members or by a service."""
