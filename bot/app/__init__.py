"""The composition root: what puts the bot together, keeps it running, and says when what falls due."""
