"""What is owed goes out: claimed from the outbox, written in words, sent as fast as the rate limits let it, and recorded."""
