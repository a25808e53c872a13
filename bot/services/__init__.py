"""Services outside, each behind a port, off unless the host sets one up, and given only words whose authors agreed."""
