"""The Summary, from its contents to what changed since."""
