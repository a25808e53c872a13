"""The notice about a role: what someone is told whose role an organiser changed."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.team import texts
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.models import Role
from bot.telegram.sender import Written


async def role(_session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """To someone who has another role now, or none."""
    assert letter.notice is not None
    return [texts.role_notice(t, letter.notice.dialogue_title, Role(letter.notice.details["role"]))], None
