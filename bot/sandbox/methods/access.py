"""May the bot do this here? Blocked, removed, muted, migrated, closed: what stands between a bot and a chat."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.chats import Chat, Json, Topic
from bot.sandbox.refusing import RefusedError, forbidden
from bot.sandbox.world import World

Values = Mapping[str, Any]


def find(world: World, chat_id: int | str) -> Chat:
    """A chat by its id or @name.

    Raises:
        RefusedError: There is none, or it has become a supergroup.
    """
    if isinstance(chat_id, str) and chat_id.startswith("@"):
        chat = next((chat for chat in world.chats.values() if chat.profile.get("username") == chat_id[1:]), None)
    else:
        chat = world.chats.get(int(chat_id)) if str(chat_id).removeprefix("-").isdecimal() else None
    if chat is None:
        raise RefusedError("chat not found")
    if chat.migrated_to is not None:
        raise RefusedError(
            "group chat was upgraded to a supergroup chat",
            circumstance=True,
            parameters={"migrate_to_chat_id": chat.migrated_to},
        )
    return chat


def reach(world: World, values: Values) -> Chat:
    """The request's chat, if the bot may take part in it.

    Raises:
        RefusedError: 400 for an unknown or migrated chat, 403 for one that keeps the bot out.
    """
    chat = find(world, values["chat_id"])
    if chat.type == "private":
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    status = chat.members.get(world.bot["id"], {}).get("status", "left")
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def may_post(world: World, values: Values) -> Chat:
    """The request's chat, if the bot may write in it and in the topic that the request names.

    Raises:
        RefusedError: See `reach`; also when muted, or when the topic is closed or gone.
    """
    chat = reach(world, values)
    member = chat.members.get(world.bot["id"], {})
    if chat.type == "channel" and not administers(world, chat, "can_post_messages"):
        raise RefusedError("need administrator rights in the channel chat", circumstance=True)
    if member.get("status") == "restricted" and not member.get("can_send_messages"):
        raise RefusedError("not enough rights to send text messages to the chat", circumstance=True)
    closed = topic(chat, values).closed if values.get("message_thread_id") else chat.general_closed
    if closed:
        raise RefusedError("TOPIC_CLOSED", circumstance=True)
    return chat


def topic(chat: Chat, values: Values) -> Topic:
    """The request's topic.

    Raises:
        RefusedError: The chat has no such topic (the General one has no id that a bot could name).
    """
    thread_id = values["message_thread_id"]
    if thread_id not in chat.topics:
        raise RefusedError("message thread not found", circumstance=0 < thread_id <= chat.last_message_id)
    return chat.topics[thread_id]


def administers(world: World, chat: Chat, right: str) -> bool:
    """Is the bot an administrator of the group with this right?"""
    member = chat.members.get(world.bot["id"], {})
    return member.get("status") == "administrator" and bool(member.get(right))


def message(chat: Chat, message_id: int | None, purpose: str) -> Json:
    """A message of a chat that the bot wants to edit, delete and so on.

    Raises:
        RefusedError: "message to … not found". Only a message that was once there may be missing without the bot's fault.
    """
    if message_id is None:
        raise RefusedError("message identifier is not specified")
    if message_id not in chat.messages:
        raise RefusedError(f"message to {purpose} not found", circumstance=0 < message_id <= chat.last_message_id)
    return chat.messages[message_id]
