"""The news of responses, as an author reads it, written at the moment of sending."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.features.discussion.actions import news
from bot.features.discussion.keyboards import responses as keyboards
from bot.features.discussion.texts import responses as texts
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram.sender import Written


async def responses(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To an author: who responded to what they said, as far as they haven't seen it."""
    told = await news.news(session, letter.member_id or 0)
    if told is None:
        return NothingToTell("seen already")
    return markup.split(texts.news(t, told.count, told.newest)), keyboards.news(t, told)
