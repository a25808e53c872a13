"""What a member said to a question."""
