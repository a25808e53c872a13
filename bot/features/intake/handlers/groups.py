"""Messages in linked groups: kept as replies where they answer a question, and followed when edited."""

import asyncio
import contextlib

from telegram import (
    Message,
    MessageOriginChannel,
    ReactionTypeEmoji,
    Update,
)
from telegram.constants import ReactionEmoji
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot.features.groups.actions import rooms, topics
from bot.features.groups.texts import topics as topic_texts
from bot.features.intake.actions import groups
from bot.features.intake.actions.besides import keeps_nothing
from bot.features.intake.actions.groups import Answers, GroupMessage
from bot.i18n import shipped, translator
from bot.telegram.content import content_of, id_of
from bot.telegram.context import Context
from bot.telegram.filters import EDITED_IN_GROUP, GROUP, author_of, topic_of

LOOKS, LOOK_SECONDS = 15, 0.2  # while Telegram has not told yet that a question arrived


async def on_said(update: Update, context: Context) -> None:
    """Keep a message that answers a question; anything else costs no more than a look."""
    message = update.message
    assert message is not None
    said = _said(update, message)
    if said is None:
        return
    answers = await _what_it_answers(context, message, said)
    if answers is None:
        await _recognise_topic(context, message)
        return
    content = content_of(message)
    if keeps_nothing(content):
        return
    async with context.transaction() as session:
        of_room = await rooms.language_of(session, answers.room_id)
        fallback = of_room or context.house.settings.default_language
        code = message.from_user.language_code if message.from_user and not message.sender_chat else None
        answered = await groups.keep(
            session, said, answers, content, language=shipped(code, shipped(fallback)), now=context.now
        )
    if answered is not None and not answered.more_of_album:
        await _acknowledge(message)


async def _what_it_answers(context: Context, message: Message, said: GroupMessage) -> Answers | None:
    """What a message answers; waits some seconds if that may be a question that is just being sent."""
    to = message.reply_to_message
    to_the_bot = to is not None and to.from_user is not None and to.from_user.id == context.bot.id
    for _ in range(LOOKS):
        async with context.house.database.readers() as session:
            answers = await groups.what_it_answers(session, said)
            if answers is not None or not to_the_bot or not await groups.is_asking(session, said.chat_id):
                return answers
        await asyncio.sleep(LOOK_SECONDS)
    return None


async def _recognise_topic(context: Context, message: Message) -> None:
    """Someone wrote in a topic of the bot's: if a room still waits for it, after a crash, it has come about after all."""
    root, thread_id = message.reply_to_message, topic_of(message)
    if root is None or thread_id is None or root.forum_topic_created is None:
        return
    if root.from_user is None or root.from_user.id != context.bot.id:
        return
    async with context.house.database.readers() as session:
        awaited = await topics.awaited(session, chat_id=message.chat_id, thread_id=thread_id)
    default = context.house.settings.default_language
    name = root.forum_topic_created.name
    named = (room for room in awaited if topic_texts.topic_name(translator(room.language, default), room.title) == name)
    found = next(named, None)
    if found is None:
        return
    async with context.transaction() as session:
        await topics.opened(session, found.room_id, thread_id, now=context.now)
    context.house.wake()


def _said(update: Update, message: Message) -> GroupMessage | None:
    """A message as far as it tells what it answers; None for another bot's."""
    if message.sender_chat is None and (message.from_user is None or message.from_user.is_bot):
        return None
    return GroupMessage(
        chat_id=message.chat_id,
        message_id=id_of(update),
        author_id=author_of(message),
        sent_at=message.date,
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
        topic_id=topic_of(message),
        thread_id=message.message_thread_id,
        album=message.media_group_id,
    )


async def _acknowledge(message: Message) -> None:
    """Put a reaction under a reply; a group that takes none, or has to wait, does without: the reply is kept all the same."""
    if not message.message_id:
        return
    with contextlib.suppress(TelegramError):
        await message.set_reaction(ReactionTypeEmoji(ReactionEmoji.WRITING_HAND))


async def on_edited(update: Update, context: Context) -> None:
    """Follow the edit of what was kept."""
    message = update.edited_message
    assert message is not None
    where = {"chat_id": message.chat_id, "message_id": message.message_id}
    async with context.house.database.readers() as session:
        kept = await groups.kept(session, **where)
    if kept is None:
        return
    async with context.transaction() as session:
        await groups.follow_edit(session, **where, content=content_of(message), now=context.now)


async def on_forwarded_post(update: Update, context: Context) -> None:
    """Telegram forwards a post of the channel into the group: comments hang from the forward, which is no reply itself."""
    message = update.message
    assert message is not None
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return
    async with context.transaction() as session:
        await groups.map_comments(
            session,
            chat_id=message.chat_id,
            channel_id=origin.chat.id,
            post_id=origin.message_id,
            thread_id=message.message_id,
        )


HANDLERS = [
    MessageHandler(EDITED_IN_GROUP, on_edited),
    MessageHandler(GROUP & filters.IS_AUTOMATIC_FORWARD, on_forwarded_post),
    MessageHandler(GROUP & ~filters.COMMAND & ~filters.StatusUpdate.ALL, on_said),
]
