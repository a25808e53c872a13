"""Topics of forum groups that the bot opens, renames, closes and deletes."""

from bot.sandbox.chats import Chat, Json, Topic
from bot.sandbox.methods.access import Values, administers, reach, topic
from bot.sandbox.refusing import RefusedError
from bot.sandbox.world import World

BLUE = 0x6FB9F0
"""Bot API, createForumTopic: the first of the allowed icon colours."""


def create_forum_topic(world: World, values: Values) -> Json:
    """A new topic; its service message gives it its id."""
    chat = _forum(world, values)
    opened = open_topic(world, chat, world.bot_face(), values["name"], values.get("icon_color", BLUE))
    return {"message_thread_id": opened.thread_id, "name": opened.name, "icon_color": opened.icon_color}


def edit_forum_topic(world: World, values: Values) -> bool:
    """Another name."""
    chat = _forum(world, values)
    edited = topic(chat, values)
    if name := values.get("name"):
        edited.name = name
        say_in_topic(world, chat, edited, world.bot_face(), {"forum_topic_edited": {"name": name}})
    return True


def close_forum_topic(world: World, values: Values) -> bool:
    """Nobody may write in it."""
    return _set_closed(world, values, closed=True)


def reopen_forum_topic(world: World, values: Values) -> bool:
    """All may write in it again."""
    return _set_closed(world, values, closed=False)


def _set_closed(world: World, values: Values, *, closed: bool) -> bool:
    chat = _forum(world, values)
    changed = topic(chat, values)
    if changed.closed == closed:
        raise RefusedError("TOPIC_NOT_MODIFIED")
    set_closed(world, chat, changed, world.bot_face(), closed=closed)
    return True


def reopen_general_forum_topic(world: World, values: Values) -> bool:
    """All may write in the General topic again."""
    chat = _forum(world, values)
    if not chat.general_closed:
        raise RefusedError("TOPIC_NOT_MODIFIED")
    set_general_closed(world, chat, world.bot_face(), closed=False)
    return True


def set_general_closed(world: World, chat: Chat, by: Json, *, closed: bool) -> Json:
    """Close or reopen the General topic in someone's name; it has no id."""
    chat.general_closed = closed
    return world.post(chat, {"from": by, "forum_topic_closed" if closed else "forum_topic_reopened": {}})


def delete_forum_topic(world: World, values: Values) -> bool:
    """The topic and its messages go."""
    chat = _forum(world, values)
    delete_topic(chat, topic(chat, values))
    return True


def _forum(world: World, values: Values) -> Chat:
    chat = reach(world, values)
    if not chat.is_forum:
        raise RefusedError("the chat is not a forum", circumstance=True)
    if not administers(world, chat, "can_manage_topics"):
        raise RefusedError("not enough rights to create a topic", circumstance=True)
    return chat


def open_topic(world: World, chat: Chat, by: Json, name: str, icon_color: int = BLUE) -> Topic:
    """Open a topic in someone's name."""
    opened = Topic(chat.last_message_id + 1, name, icon_color)
    chat.topics[opened.thread_id] = opened
    say_in_topic(world, chat, opened, by, {"forum_topic_created": {"name": name, "icon_color": icon_color}})
    return opened


def set_closed(world: World, chat: Chat, changed: Topic, by: Json, *, closed: bool) -> Json:
    """Close or reopen a topic in someone's name."""
    changed.closed = closed
    return say_in_topic(world, chat, changed, by, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})


def delete_topic(chat: Chat, gone: Topic) -> None:
    """Take a topic and its messages away."""
    del chat.topics[gone.thread_id]
    chat.messages = {
        number: message
        for number, message in chat.messages.items()
        if message.get("message_thread_id") != gone.thread_id
    }


def say_in_topic(world: World, chat: Chat, place: Topic, by: Json, content: Json) -> Json:
    """Post a service message in a topic."""
    return world.post(chat, {"from": by, "message_thread_id": place.thread_id, "is_topic_message": True} | content)
