"""What Telegram repeats in an update, mostly others' words, and whose: of it the inbox keeps the numbers and buttons that handlers read."""

import hmac
import secrets
from typing import Any

# A message within a message, or under a button that was pressed, is known by these; without its date it would pass for inaccessible.
OF_A_MESSAGE = ("message_id", "date", "is_topic_message", "message_thread_id", "reply_markup", "forum_topic_created")
WITHIN = ("message", "reply_to_message", "pinned_message")
REPEATED = ("quote", "external_reply")
MARKED = ("entities", "caption_entities")
_KEY = secrets.token_bytes()  # lost with the process: what a page said can't be found out by trying


def imprint(text: str) -> str:
    """What stands in place of a page's text under a button: whether it says the same can be told, and only by this process."""
    return hmac.digest(_KEY, text.strip().encode(errors="replace"), "sha256").hex()


def without_repetition(update: dict[str, Any]) -> dict[str, Any]:
    """An update as it came, but for what it repeats of other messages, and tells of others' accounts."""
    return {kind: _trimmed(body) if isinstance(body, dict) else body for kind, body in update.items()}


def _trimmed(body: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in body.items() if name not in REPEATED}
    bare = {name: _bare(value) for name, value in kept.items() if name in WITHIN and isinstance(value, dict)}
    if "message" in bare and isinstance(text := body["message"].get("text"), str):
        bare["message"]["text"] = imprint(text)
    return kept | bare | _anonymous(kept)


def _anonymous(body: dict[str, Any]) -> dict[str, Any]:
    """The parts of a message that tell of somebody else's account, without it: a mention, a story, what was forwarded."""
    told: dict[str, Any] = {
        name: [_without_user(mark) for mark in body[name]] for name in MARKED if isinstance(body.get(name), list)
    }
    if isinstance(story := body.get("story"), dict):
        told["story"] = story | {"chat": {"id": 0, "type": "private"}}
    if isinstance(origin := body.get("forward_origin"), dict) and origin.get("type") != "channel":
        told["forward_origin"] = {"type": "hidden_user", "date": origin.get("date", 0), "sender_user_name": ""}
    return told


def _without_user(mark: object) -> object:
    return {name: value for name, value in mark.items() if name != "user"} if isinstance(mark, dict) else mark


def _bare(message: dict[str, Any]) -> dict[str, Any]:
    bare = {name: message[name] for name in OF_A_MESSAGE if name in message}
    if isinstance(chat := message.get("chat"), dict):
        bare["chat"] = {name: chat[name] for name in ("id", "type") if name in chat}
    if isinstance(sender := message.get("from"), dict):
        # The library reads nobody without a first name.
        bare["from"] = {name: sender[name] for name in ("id", "is_bot") if name in sender} | {"first_name": ""}
    return bare
