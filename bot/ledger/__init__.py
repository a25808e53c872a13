"""What is owed: letters, notices, and what became of them."""
