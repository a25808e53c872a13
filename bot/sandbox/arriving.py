"""What people do in chats, as the bot gets to know it: which updates it causes, and which the bot does not see."""

from collections.abc import Sequence

from bot.sandbox.chats import Chat, Json, entities_of, text_of
from bot.sandbox.markup.formatting import Entity, clean
from bot.sandbox.markup.units import utf16_slice
from bot.sandbox.profile import ADMINISTRATORS
from bot.sandbox.world import World

SERVICE = {
    "new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id", "forum_topic_created",
    "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "pinned_message", "new_chat_title",
}  # fmt: skip
"""Bot API, Privacy mode: all bots receive service messages, whatever the mode."""

TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
"""Who forwards a channel's posts into the group where they are discussed."""


def text_content(text: str, marks: Sequence[Entity] = ()) -> Json:
    """The text of a person's message with the entities that they set, and those that Telegram finds."""
    cleaned, entities = clean(text, [dict(mark) for mark in marks])
    return {"text": cleaned} | ({"entities": entities} if entities else {})


def caption_content(caption: str | None) -> Json:
    """The caption of a person's message, or nothing."""
    cleaned, entities = clean(caption or "", [])
    return ({"caption": cleaned} if cleaned else {}) | ({"caption_entities": entities} if entities else {})


def say(world: World, chat: Chat, content: Json) -> Json:
    """Post a message from a person and let the bot know, if it may see it."""
    message = world.post(chat, content)
    if sees(world, chat, message):
        kind = "channel_post" if chat.type == "channel" else "message"
        world.updates.enqueue(kind, chat.id, message)
    return message


def forward(world: World, group: Chat, post: Json) -> Json:
    """A channel's post as Telegram forwards it into the group where it is discussed."""
    origin = {"type": "channel", "chat": post["chat"], "message_id": post["message_id"], "date": post["date"]}
    content = {name: post[name] for name in ("text", "entities", "caption", "caption_entities") if name in post}
    automatic = {"from": TELEGRAM, "sender_chat": post["chat"], "is_automatic_forward": True, "forward_origin": origin}
    return say(world, group, automatic | content)


def change(world: World, chat: Chat, message: Json) -> Json:
    """Put a person's edited message in the place of the old one and let the bot know, if it may see it."""
    edited = world.change(chat, message | {"edit_date": world.date()})
    if sees(world, chat, edited):
        world.updates.enqueue("edited_message", chat.id, edited)
    return edited


def sees(world: World, chat: Chat, message: Json) -> bool:
    """May the bot see a message: always in private, in groups by its standing and its privacy mode.

    Bot API, Privacy mode: with it on, a plain member sees commands and mentions for it, replies to it, and service messages.
    """
    if chat.type == "private":
        return not chat.blocked
    status = chat.members.get(world.bot["id"], {}).get("status", "left")
    if status in {"left", "kicked"}:
        return False
    if status in ADMINISTRATORS or world.bot["can_read_all_group_messages"] or SERVICE & message.keys():
        return True
    replied = message.get("reply_to_message", {}).get("from", {}).get("id") == world.bot["id"]
    return replied or _addressed(world, message)


def administers(world: World, chat: Chat) -> bool:
    """Is the bot an administrator, or the chat a private one, so that it may know of reactions and members?"""
    return chat.type == "private" or chat.members.get(world.bot["id"], {}).get("status") in ADMINISTRATORS


def _addressed(world: World, message: Json) -> bool:
    """Is the message a command for the bot, or does it mention it?"""
    name = f"@{world.bot['username']}".lower()
    for entity in entities_of(message):
        covered = utf16_slice(text_of(message), entity["offset"], entity["length"]).lower()
        if entity["type"] == "mention" and covered == name:
            return True
        if entity["type"] == "bot_command" and ("@" not in covered or covered.endswith(name)):
            return True
    return False


def change_standing(world: World, chat: Chat, by: Json, new: Json) -> None:
    """Change the bot's standing in a chat, and let it know by my_chat_member."""
    old = chat.members.get(world.bot["id"], {"status": "left", "user": world.bot_face()})
    chat.members[world.bot["id"]] = new
    world.updates.enqueue("my_chat_member", chat.id, member_update(world, chat, by, old, new))


def member_update(world: World, chat: Chat, by: Json, old: Json, new: Json) -> Json:
    """A ChatMemberUpdated object."""
    return {"chat": chat.face(), "from": by, "date": world.date(), "old_chat_member": old, "new_chat_member": new}
