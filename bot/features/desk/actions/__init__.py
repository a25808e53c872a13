"""The desk: rules and queries."""
