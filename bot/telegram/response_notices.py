"""The notice about responses, written at the moment of sending."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.actions import telling
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram import keyboards
from bot.telegram.sender import Written
from bot.texts import responses as texts


async def responses(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To an author: who responded to what they said, as far as they haven't seen it."""
    told = await telling.news(session, letter.member_id or 0)
    if told is None:
        return NothingToTell("seen already")
    return markup.split(texts.news(t, told.count, told.newest)), keyboards.responses.news(t, told)
