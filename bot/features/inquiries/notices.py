"""The notices about inquiries, written at the moment of sending: to moderators that some wait, to a member the answer."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.features.inquiries import keyboards, texts
from bot.features.inquiries.actions import inquiries
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.telegram.sender import Written


async def waiting(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a moderator: that members wrote to them."""
    assert letter.notice is not None
    count = await inquiries.count_open(session, letter.notice.dialogue_id)
    if not count:
        return NothingToTell("nothing waits any more")
    text = texts.waiting_notice(t, letter.notice.dialogue_title, count)
    return [text], keyboards.to_inquiries(t, letter.notice.dialogue_id)


async def answered(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member: what the moderators answer."""
    assert letter.notice is not None
    told = await inquiries.told(session, letter.notice.details["inquiry"])
    if told is None or told.member_id != letter.member_id:
        return NothingToTell("what was asked is gone")
    text = texts.answer_notice(t, letter.notice.dialogue_title, told)
    return markup.split(text), keyboards.again(t, told.member_id)
