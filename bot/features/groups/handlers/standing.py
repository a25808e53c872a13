"""What becomes of a group, and of what the bot may do in it."""

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatType
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from bot.features.groups.actions import rooms, standing, topics
from bot.telegram.context import Context
from bot.telegram.filters import GROUP, topic_of


class GroupStandingHandler(ChatMemberHandler[Context, None]):
    """For what becomes of the bot in groups and channels; private chats are another matter."""

    def check_update(self, update: object) -> bool:
        """Whether it is about the bot, in a chat of several."""
        change = update.my_chat_member if isinstance(update, Update) else None
        return change is not None and change.chat.type != ChatType.PRIVATE


async def on_moved(update: Update, context: Context) -> None:
    """The group became a supergroup: both chats tell of it."""
    message = update.message
    assert message is not None
    old = message.migrate_from_chat_id or message.chat_id
    new = message.migrate_to_chat_id or message.chat_id
    async with context.transaction() as session:
        await standing.migrate(session, chat_id=old, new_chat_id=new, now=context.now)
    context.house.wake()


async def on_topic_reopened(update: Update, context: Context) -> None:
    """Someone reopened a topic: if it is a room's, what is owed to it comes."""
    message = update.message
    assert message is not None
    async with context.transaction() as session:
        room_id = await topics.room_of(session, chat_id=message.chat_id, thread_id=topic_of(message))
        if room_id is not None:
            await topics.reopened(session, room_id, now=context.now)
    context.house.wake()


async def on_standing(update: Update, context: Context) -> None:
    """The bot was added, removed, muted, promoted or demoted."""
    change = update.my_chat_member
    assert change is not None
    why = _why_silent(change)
    async with context.transaction() as session:
        for group in await rooms.groups_at(session, change.chat.id):
            if why is not None:
                await standing.fall_silent(session, group.id, why, now=context.now)
                continue
            await standing.speak_again(session, group, now=context.now)
            if _sees_less(change) and not context.bot.can_read_all_group_messages:
                await rooms.tell_trouble(session, group, rooms.DEMOTED, now=context.now)
    context.house.wake()


def _why_silent(change: ChatMemberUpdated) -> str | None:
    """Why the bot can't write to the chat now; None if it can."""
    new = change.new_chat_member
    if new.status in {ChatMember.LEFT, ChatMember.BANNED}:
        return rooms.REMOVED
    muted = isinstance(new, ChatMemberRestricted) and not new.can_send_messages
    in_channel = change.chat.type == ChatType.CHANNEL
    may_post = isinstance(new, ChatMemberAdministrator) and new.can_post_messages
    return rooms.MUTED if muted or (in_channel and not may_post) else None


def _sees_less(change: ChatMemberUpdated) -> bool:
    return isinstance(change.old_chat_member, ChatMemberAdministrator) and not isinstance(
        change.new_chat_member, ChatMemberAdministrator
    )


HANDLERS = [
    MessageHandler(GROUP & filters.StatusUpdate.MIGRATE, on_moved),
    MessageHandler(GROUP & filters.StatusUpdate.FORUM_TOPIC_REOPENED, on_topic_reopened),
    GroupStandingHandler(on_standing, ChatMemberHandler.MY_CHAT_MEMBER),
]
