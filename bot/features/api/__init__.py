"""The API: other systems read what an export would show, follow it, and do what a moderator may, by tokens; and so may an assistant (REST, OpenAPI, MCP)."""
