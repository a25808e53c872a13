"""What came in from Telegram, until it is done."""
