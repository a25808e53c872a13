"""Health: rules and queries."""
