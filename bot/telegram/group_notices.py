"""What organisers are told of their groups: that the bot can't write there, or that something needs them."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.actions import hosting, overhearing, topickeeping
from bot.i18n import Translator, translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram import keyboards
from bot.telegram.sender import Written
from bot.texts import groups as texts


async def silent(_session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """The bot can't write to a group any more."""
    assert letter.notice is not None
    details = letter.notice.details
    return markup.split(texts.fallen_silent(t, details["title"], details["reason"])), None


async def trouble(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """Something in a group, or in one of its rooms, needs an organiser."""
    assert letter.notice is not None
    details = letter.notice.details
    room_id = details.get("room_id")
    if details["reason"] == hosting.TOPIC_DOUBTED:
        return await _doubted(session, t, details["title"], details["room_id"])
    language = await overhearing.language_of(session, room_id) if room_id else None
    return markup.split(texts.trouble(t, details["title"], details["reason"], language=language)), None


async def _doubted(session: AsyncSession, t: Translator, title: str, room_id: int) -> Written | NothingToTell:
    room = await topickeeping.in_doubt(session, room_id)
    if room is None:
        return NothingToTell("the topic is there")
    name = texts.topic_name(translator(room.language, t.language), room.title)
    text = texts.trouble(t, title, hosting.TOPIC_DOUBTED, language=room.language, topic=name)
    return markup.split(text), keyboards.groups.open_topic(t, room_id)
