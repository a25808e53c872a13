"""The notice of privacy: those who can take a dialogue along are told that all of it goes before long."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.privacy.actions import expiry
from bot.features.privacy.texts import privacy as texts
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.phrases import moment_in
from bot.telegram.sender import Written


async def expiring(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a moderator or an organiser: when the dialogue goes, and what can be done about it."""
    assert letter.notice is not None
    at = await expiry.goes_at(session, letter.notice.dialogue_id)
    if at is None:
        return NothingToTell("it is kept longer now")
    moment = moment_in(t, at, letter.notice.zone)
    return [texts.expiring(t, letter.notice.dialogue_title, moment)], None
