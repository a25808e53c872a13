"""A question goes out to those whom it is owed."""
