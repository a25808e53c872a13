"""What Telegram says when it does not do what a bot asked for."""

from typing import Any

NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class RefusedError(Exception):
    """A request that Telegram refuses.

    Args:
        description: Telegram's words, without the leading name of the status ("chat not found").
        error_code: The status, as in HTTP.
        circumstance: True if a careful bot may run into it too (blocked, migrated, superseded);
            False if the request itself was wrong, which a test should notice.
        parameters: ResponseParameters (migrate_to_chat_id, retry_after).
    """

    def __init__(
        self,
        description: str = "",
        *,
        error_code: int = 400,
        circumstance: bool = False,
        parameters: dict[str, Any] | None = None,
    ) -> None:
        name = NAMES.get(error_code, "Error")
        self.description = f"{name}: {description}" if description else name
        self.error_code = error_code
        self.circumstance = circumstance
        self.parameters = parameters
        super().__init__(self.description)

    def envelope(self) -> dict[str, Any]:
        """The answer in Telegram's form: {ok: false, error_code, description, parameters?}."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.error_code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def forbidden(description: str) -> RefusedError:
    """A 403: the person or the group does not let the bot."""
    return RefusedError(description, error_code=403, circumstance=True)
