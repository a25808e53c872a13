"""Which updates a handler is for, and where a message stands."""

from telegram import Message
from telegram.ext import filters


class _FromSomeone(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        """Whether a message tells who sent it."""
        return message.from_user is not None


FROM_SOMEONE = _FromSomeone()
# An edited message would match as well: edits have a handler of their own.
PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & FROM_SOMEONE
EDITED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE & FROM_SOMEONE
GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
EDITED_IN_GROUP = filters.ChatType.GROUPS & filters.UpdateType.EDITED_MESSAGE


def author_of(message: Message) -> int:
    """Who says something in a group: the chat in whose name it is said, or the person (Telegram's ids); 0 for nobody."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user is not None else 0


def topic_of(message: Message) -> int | None:
    """The forum topic a message is in; the general topic has no id, and a thread of replies is no topic."""
    return message.message_thread_id if message.is_topic_message else None
