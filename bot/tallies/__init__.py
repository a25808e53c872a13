"""What a dialogue adds up to, kept up to date as it grows."""
