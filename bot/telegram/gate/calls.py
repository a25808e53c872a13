"""What a request is, as far as the gate must know: how much it weighs, and to which chat it goes."""

import json
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

from telegram.request import RequestData

from bot.telegram.request import method_of

Answer = tuple[int, bytes]
"""Status and body."""

MADE_UP: Answer = (HTTPStatus.OK, b'{"ok":true,"result":true}')
COUNTED = ("send", "copy", "forward", "edit")
FREE = frozenset({"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "getMe", "getFile", "file"})
REACTION, SPINNER, TYPING = "setMessageReaction", "answerCallbackQuery", "sendChatAction"


class Weight(Enum):
    """How a request counts: not at all, as what can be left undone, as one that must wait but isn't counted, as a message."""

    FREE = "free"
    LIGHT = "light"
    PLAIN = "plain"
    COUNTED = "counted"


@dataclass(frozen=True)
class Call:
    """A request to the Bot API; `paid` if it doesn't count against the free rate."""

    method: str
    weight: Weight
    chat_id: int | None = None
    paid: bool = False


def call_of(url: str, data: RequestData | None) -> Call:
    """What a request is, by its address and its parameters."""
    method, given = method_of(url), data.parameters if data is not None else {}
    chat = str(given.get("chat_id", ""))
    chat_id = int(chat) if chat.removeprefix("-").isdecimal() else None
    return Call(method, _weight(method, has_text="text" in given), chat_id, bool(given.get("allow_paid_broadcast")))


def _weight(method: str, *, has_text: bool) -> Weight:
    if method in FREE:
        return Weight.FREE
    if method in {REACTION, TYPING} or (method == SPINNER and not has_text):
        return Weight.LIGHT
    return Weight.COUNTED if method.startswith(COUNTED) else Weight.PLAIN


def wait_in(answer: Answer) -> float | None:
    """The seconds that a refusal asks to wait; None if it is none."""
    status, body = answer
    if status != HTTPStatus.TOO_MANY_REQUESTS:
        return None
    told = json.loads(body)
    parameters = told.get("parameters") if isinstance(told, dict) else None
    return float(parameters.get("retry_after", 1)) if isinstance(parameters, dict) else 1.0
