"""Linked groups, their rooms and topics, and how the bot stands there."""
