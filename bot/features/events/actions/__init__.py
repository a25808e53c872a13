"""Live events: rules and queries."""
