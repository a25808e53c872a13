"""What the bot changes in messages that are there: text, caption, keyboard; deleting, pinning, reactions."""

from bot.sandbox.chats import Chat, Json, author_of
from bot.sandbox.methods.access import Values, administers, message, reach
from bot.sandbox.methods.sending import caption_content, keyboard, text_content
from bot.sandbox.refusing import RefusedError
from bot.sandbox.world import World

DELETABLE_SECONDS = 48 * 3600
"""Bot API, deleteMessage: a message can only be deleted if it was sent less than 48 hours ago."""

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(world: World, values: Values) -> Json:
    """Another text; a keyboard that the request does not repeat is taken away."""
    chat, old = _own(world, values)
    if "text" not in old:
        raise RefusedError("there is no text in the message to edit")
    kept = _without(old, "text", "entities", "reply_markup", "link_preview_options")
    content = text_content(values)
    if options := values.get("link_preview_options"):
        content["link_preview_options"] = options
    return _changed(world, chat, old, kept | content | keyboard(values))


def edit_message_caption(world: World, values: Values) -> Json:
    """Another caption, or none."""
    chat, old = _own(world, values)
    if "text" in old:
        raise RefusedError("there is no caption in the message to edit")
    kept = _without(old, "caption", "caption_entities", "reply_markup")
    return _changed(world, chat, old, kept | caption_content(values) | keyboard(values))


def edit_message_reply_markup(world: World, values: Values) -> Json:
    """Another keyboard, or none."""
    chat, old = _own(world, values)
    return _changed(world, chat, old, _without(old, "reply_markup") | keyboard(values))


def _own(world: World, values: Values) -> tuple[Chat, Json]:
    """The message to edit, which must be the bot's."""
    if "chat_id" not in values:
        raise RefusedError("chat_id is empty")
    chat = reach(world, values)
    old = message(chat, values.get("message_id"), "edit")
    if author_of(old) not in ({world.bot["id"]} if chat.type != "channel" else {None}) or "forward_origin" in old:
        raise RefusedError("message can't be edited")
    return chat, old


def _without(old: Json, *names: str) -> Json:
    return {name: value for name, value in old.items() if name not in names}


def _changed(world: World, chat: Chat, old: Json, new: Json) -> Json:
    if _without(old, "edit_date") == _without(new, "edit_date"):
        raise RefusedError(NOT_MODIFIED)
    return world.change(chat, new | {"edit_date": world.date()})


def delete_message(world: World, values: Values) -> bool:
    """Take a message away: the bot's own or, in private chats and as administrator, anyone's; for 48 hours."""
    chat = reach(world, values)
    old = message(chat, values["message_id"], "delete")
    own = author_of(old) == world.bot["id"]
    if not (own or chat.type == "private" or administers(world, chat, "can_delete_messages")):
        raise RefusedError("message can't be deleted")
    if world.date() - old["date"] > DELETABLE_SECONDS:
        raise RefusedError("message can't be deleted for everyone")
    _delete(world, chat, old["message_id"])
    return True


def delete_messages(world: World, values: Values) -> bool:
    """Take several messages away; those that are not there are passed over."""
    chat = reach(world, values)
    for message_id in values["message_ids"]:
        if message_id in chat.messages:
            delete_message(world, {"chat_id": chat.id, "message_id": message_id})
    return True


def _delete(world: World, chat: Chat, message_id: int) -> None:
    del chat.messages[message_id]
    chat.reactions.pop(message_id, None)
    world.tell("deleted", chat, message_id=message_id)


def pin_chat_message(world: World, values: Values) -> bool:
    """Pin a message; a service message tells of it."""
    chat = _may_pin(world, values)
    pinned = message(chat, values["message_id"], "pin")
    chat.pinned.append(pinned["message_id"])
    world.post(chat, {"from": world.bot_face(), "pinned_message": chat.quote(pinned["message_id"])})
    return True


def unpin_chat_message(world: World, values: Values) -> bool:
    """Unpin a message, or the newest pinned one."""
    chat = _may_pin(world, values)
    message_id = values.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise RefusedError("message to unpin not found")
    chat.pinned = [kept for kept in chat.pinned if kept != message_id]
    return True


def _may_pin(world: World, values: Values) -> Chat:
    chat = reach(world, values)
    if chat.type != "private" and not administers(world, chat, "can_pin_messages"):
        raise RefusedError("not enough rights to manage pinned messages in the chat", circumstance=True)
    return chat


def set_message_reaction(world: World, values: Values) -> bool:
    """Put one emoji under a message, or take it away."""
    chat = reach(world, values)
    message_id = message(chat, values["message_id"], "react")["message_id"]
    reaction = values.get("reaction") or []
    if len(reaction) > 1:  # Bot API: non-premium users, bots too, can set up to one reaction per message
        raise RefusedError("REACTIONS_TOO_MANY")
    if any(each["type"] != "emoji" for each in reaction):
        raise RefusedError("REACTION_INVALID")
    chat.reactions.setdefault(message_id, {})[world.bot["id"]] = reaction
    world.tell(
        "reaction", chat, message_id=message_id, reactions=world.shown(chat, chat.messages[message_id])["reactions"]
    )
    return True
