"""Who has which role, and how one is given."""
