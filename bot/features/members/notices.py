"""The notices at the door, written at the moment of sending: that someone asks to be let in, and what was decided."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.members.actions import admission
from bot.features.members.keyboards import door as keyboards
from bot.features.members.texts import door as texts
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram.sender import Written


async def asking(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a moderator: that someone asks to be let in."""
    assert letter.notice is not None
    found = await admission.asking(session, letter.notice.details["member"], t.language)
    if found is None:
        return NothingToTell("decided already")
    return [texts.asking(t, found)], keyboards.decide(t, found.member_id)


async def let_in(_session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """To someone who asked: that they are in."""
    assert letter.notice is not None
    return [texts.let_in_notice(t, letter.notice.dialogue_title)], None


async def not_let_in(_session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """To someone who asked: that they aren't let in."""
    assert letter.notice is not None
    return [texts.not_let_in_notice(t, letter.notice.dialogue_title)], None
