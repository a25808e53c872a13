"""Messages that the bot sends: text, places, contacts and polls, with what may accompany any of them."""

from typing import Any

from bot.sandbox import arriving
from bot.sandbox.chats import Chat, Json, text_of
from bot.sandbox.markup.formatting import formatted
from bot.sandbox.methods.access import Values, may_post
from bot.sandbox.refusing import RefusedError
from bot.sandbox.world import World

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
BUTTON_KINDS = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip


def send_message(world: World, values: Values) -> Json:
    """A text message."""
    chat = may_post(world, values)
    content = text_content(values)
    if options := values.get("link_preview_options"):
        content["link_preview_options"] = options
    return deliver(world, chat, values, content)


def send_location(world: World, values: Values) -> Json:
    """A place on the map."""
    place = {name: values[name] for name in ("latitude", "longitude", "horizontal_accuracy") if name in values}
    return deliver(world, may_post(world, values), values, {"location": place})


def send_contact(world: World, values: Values) -> Json:
    """A person's number."""
    contact = {name: values[name] for name in ("phone_number", "first_name", "last_name", "vcard") if name in values}
    return deliver(world, may_post(world, values), values, {"contact": contact})


def send_poll(world: World, values: Values) -> Json:
    """A poll in which nobody votes."""
    chat = may_post(world, values)
    options = [
        {"persistent_id": str(number), "text": option["text"], "voter_count": 0}
        for number, option in enumerate(values["options"])
    ]
    poll = {
        "id": world.number(),
        "question": values["question"],
        "options": options,
        "total_voter_count": 0,
        "is_closed": values.get("is_closed", False),
        "is_anonymous": values.get("is_anonymous", True),
        "type": values.get("type", "regular"),
        "allows_multiple_answers": values.get("allows_multiple_answers", False),
        "allows_revoting": values.get("allows_revoting", False),
        "members_only": values.get("members_only", False),
    }
    return deliver(world, chat, values, {"poll": poll})


def text_content(values: Values) -> Json:
    """The text of a message with its entities."""
    text, entities = formatted(values, "text", most=TEXT_LENGTH)
    if not text:
        raise RefusedError("message text is empty")
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_content(values: Values) -> Json:
    """The caption of a message with its entities, or nothing."""
    caption, entities = formatted(values, "caption", most=CAPTION_LENGTH, marked="caption_entities")
    return ({"caption": caption} if caption else {}) | ({"caption_entities": entities} if entities else {})


def deliver(world: World, chat: Chat, values: Values, content: Json) -> Json:
    """Post a message from the bot, with topic, reply, keyboard and protection as the request asks."""
    head: dict[str, Any] = {"sender_chat": chat.face()} if chat.type == "channel" else {"from": world.bot_face()}
    if values.get("message_thread_id"):
        head |= {"message_thread_id": values["message_thread_id"], "is_topic_message": True}
    tail = keyboard(values)
    if values.get("protect_content"):
        tail["has_protected_content"] = True
    message = world.post(chat, head | _reply(chat, values) | content | tail)
    if chat.type == "channel" and chat.linked_to is not None:
        arriving.forward(world, world.chats[chat.linked_to], message)
    return message


def _reply(chat: Chat, values: Values) -> Json:
    """The message that is replied to, and the quote from it.

    Raises:
        RefusedError: It is not there, and the request does not allow for that.
    """
    reply = values.get("reply_parameters")
    if not reply:
        return {}
    quoted = chat.quote(reply["message_id"])
    if quoted is None:
        if reply.get("allow_sending_without_reply"):
            return {}
        existed = 0 < reply["message_id"] <= chat.last_message_id
        raise RefusedError("message to be replied not found", circumstance=existed)
    if "quote" not in reply:
        return {"reply_to_message": quoted}
    position = text_of(quoted).find(reply["quote"])
    if position < 0:
        raise RefusedError("QUOTE_TEXT_INVALID")
    return {"reply_to_message": quoted, "quote": {"text": reply["quote"], "position": position, "is_manual": True}}


def keyboard(values: Values) -> Json:
    """The inline keyboard of the request, as the message keeps it; other markup is not part of a Message.

    Raises:
        RefusedError: A button does nothing, or several things.
    """
    markup = values.get("reply_markup") or {}
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    for button in (button for row in rows for button in row):
        if not button["text"]:
            raise RefusedError("BUTTON_TEXT_INVALID")
        if len(BUTTON_KINDS & button.keys()) != 1:
            raise RefusedError("Text buttons are unallowed in the inline keyboard")
        if "web_app" in button:
            _may_open(button["web_app"]["url"], values)
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _may_open(url: str, values: Values) -> None:
    """Bot API, InlineKeyboardButton.web_app: an HTTPS URL; available only in private chats between a user and the bot."""
    if not url.startswith("https://"):
        raise RefusedError(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    if str(values.get("chat_id", "")).startswith(("-", "@")):
        raise RefusedError("BUTTON_TYPE_INVALID")
