"""What moderators do with recordings and files."""
