"""The notice to those who translate, written at the moment of sending: what is asked for."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.translations import keyboards, texts
from bot.features.translations.actions import deals
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram.sender import Written


async def wished(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member who translates: how much is asked for."""
    assert letter.notice is not None
    member_id = letter.member_id or 0
    count = await deals.count_wished(session, member_id)
    if not count:
        return NothingToTell("nothing is asked for any more")
    return [texts.wished(t, letter.notice.dialogue_title, count)], keyboards.wished(t, member_id)
