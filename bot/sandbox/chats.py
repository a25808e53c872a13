"""Chats with their messages, members and topics."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
"""An object of the Bot API. Stored ones are replaced when they change, never altered: whoever got one keeps it as it was."""

SUPERGROUP_IDS_BELOW = -1_000_000_000_000
"""Ids of supergroups and channels lie below this, those of basic groups above (Bot API dialog identifiers)."""

HIDDEN_IN_REPLY = ("reply_to_message", "pinned_message")
"""Bot API, Message: a quoted message does not contain further reply_to_message fields."""


@dataclass
class Topic:
    """A topic of a forum; its id is that of its first message."""

    thread_id: int
    name: str
    icon_color: int
    closed: bool = False


@dataclass
class Chat:
    """A chat and all that it holds.

    Attributes:
        started: In a private chat: the person has written to the bot, so that the bot may write.
        blocked: In a private chat: the person has blocked the bot.
        deactivated: In a private chat: the person's account is gone.
        members: ChatMember objects by user id, in groups.
        general_closed: In a forum: nobody may write in its General topic.
        linked_to: The id of the group in which a channel is discussed, or of the channel that a group discusses.
        reactions: ReactionType objects by message id and the id of who put them.
    """

    id: int
    type: Literal["private", "group", "supergroup", "channel"]
    profile: Json
    messages: dict[int, Json] = field(default_factory=dict)
    last_message_id: int = 0
    reactions: dict[int, dict[int, list[Json]]] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    members: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    general_closed: bool = False
    migrated_to: int | None = None
    linked_to: int | None = None

    @property
    def is_forum(self) -> bool:
        """Has the group topics?"""
        return bool(self.profile.get("is_forum"))

    def face(self) -> Json:
        """The Chat object of the Bot API."""
        return {"id": self.id, "type": self.type, **self.profile}

    def next_message_id(self) -> int:
        """Take the next message id of this chat."""
        self.last_message_id += 1
        return self.last_message_id

    def quote(self, message_id: int) -> Json | None:
        """A message as it appears in one that replies to it; None if it is not there."""
        message = self.messages.get(message_id)
        return {key: value for key, value in message.items() if key not in HIDDEN_IN_REPLY} if message else None

    def emoji(self, message_id: int, user_id: int) -> list[str]:
        """The emoji that someone put under a message."""
        given = self.reactions.get(message_id, {}).get(user_id, [])
        return [reaction.get("emoji", "") for reaction in given]


def text_of(message: Json) -> str:
    """The text of a message, or its caption, or nothing."""
    text = message.get("text", message.get("caption"))
    return str(text) if text is not None else ""


def entities_of(message: Json) -> list[Json]:
    """The entities of a message's text or caption."""
    return list(message.get("entities", message.get("caption_entities")) or [])


def author_of(message: Json) -> int | None:
    """The id of who sent a message; None for a channel's post."""
    return message["from"]["id"] if "from" in message else None


def group_type(chat_id: int) -> Literal["group", "supergroup"]:
    """What kind of group an id belongs to."""
    return "supergroup" if chat_id < SUPERGROUP_IDS_BELOW else "group"
