"""What moderators get: how the dialogue stands, and what needs them."""
