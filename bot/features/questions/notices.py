"""The notices about the schedule, written at the moment of sending: to the others with a say in it, what was moved."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.questions import keyboards
from bot.features.questions.actions import moves
from bot.features.questions.texts import schedule as texts
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram.sender import Written


async def moved(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a moderator: someone else moved a question, or undid a move."""
    assert letter.notice is not None
    told = await moves.told(session, letter.notice.notice_id)
    if told is None:
        return NothingToTell("the move was undone")
    text = texts.moved_notice(t, letter.notice.dialogue_title, told)
    return [text], keyboards.to_schedule(t, letter.notice.dialogue_id)
