"""Members: rules and queries."""
