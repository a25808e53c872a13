"""What replies speak of."""
