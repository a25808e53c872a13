"""Questions: rules and queries."""
