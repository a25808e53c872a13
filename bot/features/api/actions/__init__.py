"""The API: rules and queries."""
