"""What keeps the bot from working, and how its queues stand."""
