"""What the bot can do: each folder is one feature, and uses only those below it (in pyproject.toml)."""
