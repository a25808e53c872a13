"""Privacy: rules and queries."""
