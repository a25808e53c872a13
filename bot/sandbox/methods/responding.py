"""Small answers: to a tapped button, "typing…", and the way to a file."""

import time

from bot.sandbox.chats import Json
from bot.sandbox.files import DOWNLOAD_BYTES
from bot.sandbox.methods.access import Values, may_post
from bot.sandbox.refusing import RefusedError
from bot.sandbox.world import World

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def answer_callback_query(world: World, values: Values) -> bool:
    """End a button's waiting, and show its text to the person."""
    tapped = world.callbacks.get(values["callback_query_id"])
    if tapped is None or time.monotonic() - tapped.at > world.query_seconds:
        reason = "query is too old and response timeout expired or query ID is invalid"
        raise RefusedError(reason, circumstance=True)
    if text := values.get("text"):
        world.people[tapped.user_id].alerts.append(text)
        world.events.publish("alert", user_id=tapped.user_id, text=text)
    return True


def send_chat_action(world: World, values: Values) -> bool:
    """Show what the bot is doing."""
    chat = may_post(world, values)
    if values["action"] not in ACTIONS:
        raise RefusedError("wrong parameter action in request")
    world.tell("action", chat, action=values["action"])
    return True


def get_file(world: World, values: Values) -> Json:
    """The path of a file of up to 20 MB."""
    try:
        stored = world.files.get(values["file_id"])
    except RefusedError as error:
        raise RefusedError("invalid file_id") from error
    if stored.size > DOWNLOAD_BYTES:
        raise RefusedError("file is too big", circumstance=True)
    return {**stored.facts(), "file_path": stored.path}
