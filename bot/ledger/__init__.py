"""The ledger, an outbox in the database: what is owed to whom, and when, and what became of it."""
