"""Messages with files that the bot sends, one by one and as albums; copies and forwards of messages."""

from collections.abc import Callable
from functools import partial

from bot.sandbox.chats import Chat, Json, author_of
from bot.sandbox.files import StoredFile
from bot.sandbox.media import FILE_NAMES, describe
from bot.sandbox.methods import access
from bot.sandbox.methods.access import Values, may_post
from bot.sandbox.methods.sending import caption_content, deliver, keyboard
from bot.sandbox.refusing import RefusedError
from bot.sandbox.requests import Upload
from bot.sandbox.world import World

UPLOAD_BYTES = 50_000_000
PHOTO_BYTES = 10_000_000
"""Bot API, Sending files: 10 MB for photos, 50 MB for other files."""

OWN_TO_A_MESSAGE = {
    "message_id", "date", "chat", "from", "sender_chat", "message_thread_id", "is_topic_message", "reply_to_message",
    "quote", "edit_date", "reply_markup", "forward_origin", "media_group_id", "is_automatic_forward",
}  # fmt: skip


def _send(kind: str, world: World, values: Values) -> Json:
    """A message with a file of the kind."""
    chat = may_post(world, values)
    content = describe(world.files, kind, _stored(world, kind, values[kind]), values)
    return deliver(world, chat, values, content | caption_content(values))


def sender(kind: str) -> Callable[[World, Values], Json]:
    """The method that sends files of a kind ("photo", "voice")."""
    return partial(_send, kind)


def send_media_group(world: World, values: Values) -> list[Json]:
    """An album: several messages with one media_group_id."""
    chat = may_post(world, values)
    album = {"media_group_id": world.number()}
    contents = [
        describe(world.files, item["type"], _stored(world, item["type"], item["media"]), item) | caption_content(item)
        for item in values["media"]
    ]
    return [deliver(world, chat, values, album | content) for content in contents]


def _stored(world: World, kind: str, given: Upload | str) -> StoredFile:
    """The file that a request brings along or names by its file_id."""
    if isinstance(given, str):
        return world.files.get(given)
    if not given.content:
        raise RefusedError("file must be non-empty")
    if len(given.content) > (PHOTO_BYTES if kind == "photo" else UPLOAD_BYTES):
        raise RefusedError(error_code=413)
    return world.files.add(kind, given.content, name=given.file_name or FILE_NAMES[kind], mime_type=given.mime_type)


def copy_message(world: World, values: Values) -> Json:
    """The content of a message anew, without a link to the original; a new caption if one is given."""
    chat = may_post(world, values)
    _, source = _source(world, values, "copy")
    content = {name: value for name, value in source.items() if name not in OWN_TO_A_MESSAGE}
    if "caption" in values:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content |= caption_content(values)
    return {"message_id": deliver(world, chat, values, content)["message_id"]}


def forward_message(world: World, values: Values) -> Json:
    """A message again, with its origin."""
    chat = may_post(world, values)
    _, source = _source(world, values, "forward")
    if source.get("has_protected_content"):
        raise RefusedError("message can't be forwarded")
    content = {name: value for name, value in source.items() if name not in OWN_TO_A_MESSAGE}
    return deliver(world, chat, values, {"forward_origin": source.get("forward_origin") or _origin(source)} | content)


def _origin(source: Json) -> Json:
    """The MessageOrigin of a message that was not forwarded itself."""
    if sender_chat := source.get("sender_chat"):
        if sender_chat["type"] == "channel":
            place = {"chat": sender_chat, "message_id": source["message_id"]}
            return {"type": "channel", "date": source["date"], **place}
        return {"type": "chat", "date": source["date"], "sender_chat": sender_chat}
    return {"type": "user", "date": source["date"], "sender_user": source["from"]}


def _source(world: World, values: Values, purpose: str) -> tuple[Chat, Json]:
    chat = access.find(world, values["from_chat_id"])
    return chat, access.message(chat, values["message_id"], purpose)


def edit_message_media(world: World, values: Values) -> Json | bool:
    """Another file in the place of a message's file."""
    chat = access.reach(world, values)
    message = access.message(chat, values.get("message_id"), "edit")
    if author_of(message) != world.bot["id"]:
        raise RefusedError("message can't be edited")
    item = values["media"]
    content = describe(world.files, item["type"], _stored(world, item["type"], item["media"]), item)
    kept = {name: message[name] for name in OWN_TO_A_MESSAGE - {"reply_markup"} if name in message}
    return world.change(chat, kept | content | caption_content(item) | keyboard(values) | {"edit_date": world.date()})
