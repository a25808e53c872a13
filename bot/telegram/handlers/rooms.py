"""What happens in linked groups: replies are kept and followed, and the bot's own standing there is minded."""

from telegram import (
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageOriginChannel,
    ReactionTypeEmoji,
    Update,
)
from telegram.constants import ChatType, ReactionEmoji
from telegram.error import RetryAfter, TelegramError
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from bot.actions import hosting, overhearing, topickeeping
from bot.actions.overhearing import Said
from bot.i18n import shipped, translator
from bot.telegram.content import content_of
from bot.telegram.context import Context
from bot.telegram.filters import EDITED_IN_GROUP, GROUP, author_of, topic_of
from bot.telegram.sender import wait_of
from bot.texts import groups as texts


async def on_said(update: Update, context: Context) -> None:
    """Keep a message that answers a question; anything else costs no more than a look."""
    message = update.message
    assert message is not None
    said = _said(message)
    if said is None:
        return
    async with context.house.database.readers() as session:
        answers = await overhearing.what_it_answers(session, said)
    if answers is None:
        await _recognise_topic(context, message)
        return
    async with context.transaction() as session:
        of_room = await overhearing.language_of(session, answers.room_id)
        fallback = of_room or context.house.settings.default_language
        code = message.from_user.language_code if message.from_user and not message.sender_chat else None
        answered = await overhearing.keep(
            session, said, answers, content_of(message), language=shipped(code, shipped(fallback)), now=context.now
        )
    if answered is not None and not answered.more_of_album:
        await _acknowledge(context, message)


async def _recognise_topic(context: Context, message: Message) -> None:
    """Someone wrote in a topic of the bot's: if a room still waits for it, after a crash, it has come about after all."""
    root, thread_id = message.reply_to_message, topic_of(message)
    if root is None or thread_id is None or root.forum_topic_created is None:
        return
    if root.from_user is None or root.from_user.id != context.bot.id:
        return
    async with context.house.database.readers() as session:
        awaited = await topickeeping.awaited(session, chat_id=message.chat_id, thread_id=thread_id)
    default = context.house.settings.default_language
    name = root.forum_topic_created.name
    named = (room for room in awaited if texts.topic_name(translator(room.language, default), room.title) == name)
    found = next(named, None)
    if found is None:
        return
    async with context.transaction() as session:
        await topickeeping.opened(session, found.room_id, thread_id, now=context.now)
    context.house.wake()


def _said(message: Message) -> Said | None:
    """A message as far as it tells what it answers; None for another bot's."""
    if message.sender_chat is None and (message.from_user is None or message.from_user.is_bot):
        return None
    return Said(
        chat_id=message.chat_id,
        message_id=message.message_id,
        author_id=author_of(message),
        sent_at=message.date,
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
        topic_id=topic_of(message),
        thread_id=message.message_thread_id,
        album=message.media_group_id,
    )


async def _acknowledge(context: Context, message: Message) -> None:
    """Put a reaction under a reply; a busy group does without, before Telegram's patience ends."""
    pacer = context.house.pacer
    if pacer.spares(message.chat_id):
        return
    try:
        with pacer.at_once():
            await message.set_reaction(ReactionTypeEmoji(ReactionEmoji.WRITING_HAND))
    except RetryAfter as error:
        pacer.spare(message.chat_id, wait_of(error))
    except TelegramError:  # this group takes no reactions, or Telegram is away: the reply is kept all the same
        return


async def on_edited(update: Update, context: Context) -> None:
    """Follow the edit of what was kept."""
    message = update.edited_message
    assert message is not None
    where = {"chat_id": message.chat_id, "message_id": message.message_id}
    async with context.house.database.readers() as session:
        kept = await overhearing.kept(session, **where)
    if kept is None:
        return
    async with context.transaction() as session:
        await overhearing.follow_edit(session, **where, content=content_of(message), now=context.now)


async def on_forwarded_post(update: Update, context: Context) -> None:
    """Telegram forwards a post of the channel into the group: comments hang from the forward, which is no reply itself."""
    message = update.message
    assert message is not None
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return
    async with context.transaction() as session:
        await overhearing.map_comments(
            session,
            chat_id=message.chat_id,
            channel_id=origin.chat.id,
            post_id=origin.message_id,
            thread_id=message.message_id,
        )


async def on_moved(update: Update, context: Context) -> None:
    """The group became a supergroup: both chats tell of it."""
    message = update.message
    assert message is not None
    old = message.migrate_from_chat_id or message.chat_id
    new = message.migrate_to_chat_id or message.chat_id
    async with context.transaction() as session:
        await hosting.migrate(session, chat_id=old, new_chat_id=new, now=context.now)
    context.house.wake()


async def on_topic_reopened(update: Update, context: Context) -> None:
    """Someone reopened a topic: if it is a room's, what is owed to it comes."""
    message = update.message
    assert message is not None
    async with context.transaction() as session:
        room_id = await topickeeping.room_of(session, chat_id=message.chat_id, thread_id=topic_of(message))
        if room_id is not None:
            await topickeeping.reopened(session, room_id, now=context.now)
    context.house.wake()


class GroupStandingHandler(ChatMemberHandler[Context, None]):
    """For what becomes of the bot in groups and channels; private chats are another matter."""

    def check_update(self, update: object) -> bool:
        """Whether it is about the bot, in a chat of several."""
        change = update.my_chat_member if isinstance(update, Update) else None
        return change is not None and change.chat.type != ChatType.PRIVATE


async def on_standing(update: Update, context: Context) -> None:
    """The bot was added, removed, muted, promoted or demoted."""
    change = update.my_chat_member
    assert change is not None
    why = _why_silent(change)
    async with context.transaction() as session:
        for group in await hosting.groups_at(session, change.chat.id):
            if why is not None:
                await hosting.fall_silent(session, group.id, why, now=context.now)
                continue
            await hosting.speak_again(session, group, now=context.now)
            if _sees_less(change) and not context.bot.can_read_all_group_messages:
                await hosting.tell_trouble(session, group, hosting.DEMOTED, now=context.now)
    context.house.wake()


def _why_silent(change: ChatMemberUpdated) -> str | None:
    """Why the bot can't write to the chat now; None if it can."""
    new = change.new_chat_member
    if new.status in {ChatMember.LEFT, ChatMember.BANNED}:
        return hosting.REMOVED
    muted = isinstance(new, ChatMemberRestricted) and not new.can_send_messages
    in_channel = change.chat.type == ChatType.CHANNEL
    may_post = isinstance(new, ChatMemberAdministrator) and new.can_post_messages
    return hosting.MUTED if muted or (in_channel and not may_post) else None


def _sees_less(change: ChatMemberUpdated) -> bool:
    return isinstance(change.old_chat_member, ChatMemberAdministrator) and not isinstance(
        change.new_chat_member, ChatMemberAdministrator
    )


HANDLERS = [
    MessageHandler(EDITED_IN_GROUP, on_edited),
    MessageHandler(GROUP & filters.StatusUpdate.MIGRATE, on_moved),
    MessageHandler(GROUP & filters.StatusUpdate.FORUM_TOPIC_REOPENED, on_topic_reopened),
    MessageHandler(GROUP & filters.IS_AUTOMATIC_FORWARD, on_forwarded_post),
    MessageHandler(GROUP & ~filters.COMMAND & ~filters.StatusUpdate.ALL, on_said),
    GroupStandingHandler(on_standing, ChatMemberHandler.MY_CHAT_MEMBER),
]
