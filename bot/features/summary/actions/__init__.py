"""Summary: rules and queries."""
