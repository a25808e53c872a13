"""What a service outside proposes, until moderators decide."""
