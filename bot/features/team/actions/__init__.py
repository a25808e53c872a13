"""Team: rules and queries."""
