"""What moderators write to members, as a member reads it: announcements, and nudges to those who haven't replied."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.features.announcements import texts
from bot.features.announcements.actions import announcements
from bot.i18n import Translator
from bot.ledger.letters import Letter, Told
from bot.ledger.outcomes import NothingToTell
from bot.models import NoticeKind
from bot.telegram.sender import Written


async def words_of(session: AsyncSession, t: Translator, told: Told) -> list[str]:
    """An announcement or nudge as a member reads it, in parts."""
    if told.kind is NoticeKind.ANNOUNCEMENT:
        return markup.split(texts.announcement(t, told))
    number, title = await announcements.nudged(session, told, t.language)
    return markup.split(texts.nudge(t, told, number=number, title=title))


async def announcement(session: AsyncSession, t: Translator, letter: Letter) -> Written:
    """An announcement."""
    assert letter.notice is not None
    return await words_of(session, t, letter.notice), None


async def nudge(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """A nudge; nothing to one who has replied meanwhile."""
    assert letter.notice is not None
    assert letter.member_id is not None
    assert letter.notice.question_id is not None
    if not await announcements.still_silent(session, letter.member_id, letter.notice.question_id):
        return NothingToTell("replied")
    return await words_of(session, t, letter.notice), None
