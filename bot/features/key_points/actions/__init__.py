"""Key points: rules and queries."""
