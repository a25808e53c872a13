"""Groups: rules and queries."""
