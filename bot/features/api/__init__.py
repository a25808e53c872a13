"""The API: by tokens, other systems read what an export would show, follow it, and do what a moderator may (REST, OpenAPI)."""
