"""Updates come in, and are worked off."""
