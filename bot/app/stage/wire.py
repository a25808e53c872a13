"""The wire of a play: stands where Telegram would, takes everything, and remembers what was sent."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.telegram.gate.calls import Answer
from bot.telegram.request import method_of

MESSAGES = ("send", "edit")
KEPT = ("voice", "audio", "document")  # what the bot sends by its id
NO_MESSAGES = frozenset({"sendChatAction", "editMessageReplyMarkup"})


@dataclass(frozen=True)
class Wired:
    """A message as the bot sent it, or edited it, in Telegram's HTML; `keyboard` is its inline keyboard, as it was given.

    One with a file that Telegram keeps has its kind and id.
    """

    message_id: int
    chat_id: int
    html: str
    keyboard: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    picture: bytes | None = None
    file: tuple[str, bytes] | None = None
    kept: tuple[str, str] | None = None

    def data(self, word: str) -> str | None:
        """The data of its first button with a verb's word."""
        found = (str(button.get("callback_data", "")) for row in self.keyboard for button in row)
        return next((data for data in found if data.partition(":")[0] == word), None)


class Wire(BaseRequest):
    """Answers each request as Telegram would that took it."""

    def __init__(self, username: str, clock: Callable[[], datetime]) -> None:
        self._username, self._clock = username, clock
        self._last_id = 0
        self._messages: list[Wired] = []

    @property
    def read_timeout(self) -> float | None:
        """Nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """There is no connection to open."""

    async def shutdown(self) -> None:
        """Nor one to close."""

    def number(self) -> int:
        """A new message's id."""
        self._last_id += 1
        return self._last_id

    def taken(self) -> list[Wired]:
        """What was sent since this was last asked."""
        taken, self._messages = self._messages, []
        return taken

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the library's signature
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_named: object,
    ) -> Answer:
        """Status and body."""
        name = method_of(url)
        if name == "getMe":
            return _ok({"id": 42, "is_bot": True, "first_name": self._username, "username": self._username})
        if not name.lower().startswith(MESSAGES) or name in NO_MESSAGES:
            return _ok(result=True)
        given = request_data.parameters if request_data is not None else {}
        message = self._message(given, request_data, is_picture=name == "sendPhoto")
        self._messages.append(message)
        chat = {"id": message.chat_id, "type": "private", "first_name": "-"}
        date = int(self._clock().timestamp())
        return _ok({"message_id": message.message_id, "date": date, "chat": chat, "text": message.html})

    def _message(self, given: Mapping[str, Any], data: RequestData | None, *, is_picture: bool) -> Wired:
        markup = given.get("reply_markup") or {}
        markup = json.loads(markup) if isinstance(markup, str) else markup
        attached = _attached(data)
        return Wired(
            message_id=int(given.get("message_id") or self.number()),
            chat_id=int(given["chat_id"]),
            html=str(given.get("text") or given.get("caption") or ""),
            keyboard=tuple(tuple(row) for row in markup.get("inline_keyboard", ())),
            picture=attached[1] if attached is not None and is_picture else None,
            file=None if is_picture else attached,
            kept=None if attached is not None else _kept(given),
        )


def _kept(given: Mapping[str, Any]) -> tuple[str, str] | None:
    return next(((kind, str(given[kind])) for kind in KEPT if kind in given), None)


def _attached(data: RequestData | None) -> tuple[str, bytes] | None:
    """The name and the content of the one file that is sent, if there is one."""
    for name, content, _ in (data.multipart_data or {}).values() if data is not None else ():
        assert isinstance(content, bytes), "files are small, and sent whole"
        return name, content
    return None


def _ok(result: object) -> Answer:
    return HTTPStatus.OK, json.dumps({"ok": True, "result": result}).encode()
