"""What the bot says of itself: commands, help, and last resorts."""
