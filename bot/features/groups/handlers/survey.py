"""How a group looks through Telegram's eyes, before it is linked: who may what, topics, a channel it discusses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import Chat, ChatMember, ChatMemberAdministrator
from telegram.error import BadRequest, Forbidden

from bot.features.groups.actions.links import Spot
from bot.features.groups.texts import links as texts
from bot.i18n import Translator
from bot.telegram.context import Context

ADMINISTRATORS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


@dataclass(frozen=True)
class Surveyed:
    """Whether the person is an administrator there; where to post; and what an organiser could still do for it."""

    may_link: bool
    place: Spot
    advice: tuple[Callable[[Translator], str], ...]


async def survey(
    context: Context, chat: Chat, *, user_id: int, thread_id: int | None, languages: Sequence[str]
) -> Surveyed:
    """Ask Telegram about a group, its channel, and the standing of a person and of the bot."""
    bot = context.bot
    person, own = await bot.get_chat_member(chat.id, user_id), await bot.get_chat_member(chat.id, bot.id)
    full = await bot.get_chat(chat.id)
    may_topics = isinstance(own, ChatMemberAdministrator) and bool(own.can_manage_topics)
    wants_topics = bool(full.is_forum) and len(languages) > 1
    may_channel = await _may_post_in_channel(context, full.linked_chat_id)
    hints = {
        texts.privacy_mode: not bot.can_read_all_group_messages and not isinstance(own, ChatMemberAdministrator),
        texts.may_not_open_topics: wants_topics and not may_topics,
        texts.may_not_post_in_channel: full.linked_chat_id is not None and not may_channel,
    }
    return Surveyed(
        may_link=person.status in ADMINISTRATORS,
        place=Spot(
            chat_id=chat.id,
            title=full.title or "",
            thread_id=thread_id,
            topics=wants_topics and may_topics,
            channel_id=full.linked_chat_id if may_channel else None,
        ),
        advice=tuple(hint for hint, applies in hints.items() if applies),
    )


async def _may_post_in_channel(context: Context, channel_id: int | None) -> bool:
    if channel_id is None:
        return False
    try:
        own = await context.bot.get_chat_member(channel_id, context.bot.id)
    except (BadRequest, Forbidden):  # it isn't in there
        return False
    return isinstance(own, ChatMemberAdministrator) and bool(own.can_post_messages)
