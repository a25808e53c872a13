"""Discussion: rules and queries."""
