"""Moderators judge what members said, and restrain those who harm others."""
