"""Updates come in, by polling or by webhook, and are worked off."""
