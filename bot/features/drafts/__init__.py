"""Drafts: a dialogue is made page by page in the chat (the wizard), by one or several, and changed the same way later."""
