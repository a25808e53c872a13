"""What organisers are told of their groups: that the bot can't write there, or that something needs them."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.features.groups import keyboards
from bot.features.groups.actions import rooms, topics
from bot.features.groups.texts import notices as texts
from bot.features.groups.texts import topics as topic_texts
from bot.i18n import Translator, translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram.sender import Written


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
    if details["reason"] == rooms.TOPIC_DOUBTED:
        return await _doubted(session, t, details["title"], details["room_id"])
    language = await rooms.language_of(session, room_id) if room_id else None
    return markup.split(texts.trouble(t, details["title"], details["reason"], language=language)), None


async def _doubted(session: AsyncSession, t: Translator, title: str, room_id: int) -> Written | NothingToTell:
    room = await topics.in_doubt(session, room_id)
    if room is None:
        return NothingToTell("the topic is there")
    name = topic_texts.topic_name(translator(room.language, t.language), room.title)
    text = texts.trouble(t, title, rooms.TOPIC_DOUBTED, language=room.language, topic=name)
    return markup.split(text), keyboards.open_topic(t, room_id)
