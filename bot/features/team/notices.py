"""The notices about roles: what someone is told whose role was changed, and organisers of roles taken and of exports."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.team import texts
from bot.features.team.actions import vigilance
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.models import Role
from bot.telegram.sender import Written


async def role_taken(session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """To an organiser: someone has taken a role by a link."""
    assert letter.notice is not None
    details = letter.notice.details
    name = await vigilance.name_of(session, details["member"])
    taken = texts.role_taken_notice(
        t, letter.notice.dialogue_title, name, Role(details["role"]), removed=details["removed"]
    )
    return [taken], None


async def exported(session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """To an organiser: someone else exported what was said, or lets a system read it."""
    assert letter.notice is not None
    name = await vigilance.name_of(session, letter.notice.details["member"])
    token = letter.notice.details.get("token", "")
    return [texts.exported_notice(t, letter.notice.dialogue_title, name, token)], None


async def role(_session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """To someone who has another role now, or none."""
    assert letter.notice is not None
    return [texts.role_notice(t, letter.notice.dialogue_title, Role(letter.notice.details["role"]))], None
