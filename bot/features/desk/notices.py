"""The notice to those who translate the Summary, written at the moment of sending: how much is asked of them."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.desk import keyboards
from bot.features.desk.texts import frame as texts
from bot.features.summary.actions import translators
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram.sender import Written


async def wordings_asked(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a translator: how many wordings are asked of them, by language."""
    assert letter.notice is not None
    asked = await translators.asked_of(session, letter.member_id or 0)
    if not asked:
        return NothingToTell("nothing is asked of them any more")
    return [texts.wordings_asked(t, letter.notice.dialogue_title, asked)], keyboards.to_desk(t)
