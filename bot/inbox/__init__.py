"""The inbox, a queue in the database: what came in from Telegram, until it is done."""
