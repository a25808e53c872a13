"""The notices about live events, written at the moment of sending, as the event and the reader's answer then are."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.features.events import keyboards, texts
from bot.features.events.actions import dues, live_events, speakers
from bot.features.events.actions.dues import Stage
from bot.features.events.actions.live_events import LiveEvent
from bot.i18n import Translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.models import Intent
from bot.telegram.sender import Written

OVER = NothingToTell("the event is over, or called off")


async def _event(session: AsyncSession, letter: Letter) -> LiveEvent | None:
    """The event of a letter as its reader is shown it; None if it was called off."""
    assert letter.member_id is not None
    assert letter.claimed_at is not None
    return await live_events.told(session, _details(letter)["event"], letter.member_id, now=letter.claimed_at)


def _details(letter: Letter) -> Mapping[str, Any]:
    assert letter.notice is not None
    return letter.notice.details


def _shown(t: Translator, event: LiveEvent, text: str) -> Written:
    return markup.split(text), keyboards.invitation(t, event)


async def invitation(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member: a live event is to come. Not once it has begun: then it is no invitation any more."""
    event = await _event(session, letter)
    if event is None or event.has_begun:
        return OVER
    return _shown(t, event, texts.invitation(t, event))


async def moved(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member who was invited: it has another time; of several changes the last alone is told."""
    event = await _event(session, letter)
    if event is None or event.is_over:
        return OVER
    if event.sequence != _details(letter)["sequence"]:
        return NothingToTell("the event was moved again")
    return _shown(t, event, texts.moved(t, event))


async def cancelled(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member who was invited: it doesn't take place."""
    assert letter.notice is not None
    called_off = await live_events.called_off(session, _details(letter)["event"], letter.language)
    if called_off is None:
        return OVER
    title, starts_at = called_off
    return [texts.cancelled(t, title, starts_at, letter.notice.zone)], None


async def new_link(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member who comes: where."""
    event = await _event(session, letter)
    if event is None or event.link is None:
        return OVER
    return _shown(t, event, texts.new_link(t, event))


async def reminder(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member who comes, and hasn't said otherwise meanwhile."""
    event = await _event(session, letter)
    if event is None or event.is_over:
        return OVER
    if event.intent is not Intent.COMING or event.sequence != _details(letter)["sequence"]:
        return NothingToTell("they don't come, or the event was moved")
    return _shown(t, event, texts.reminder(t, event))


async def briefing(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To one on the team, the day before: who comes, and what members would ask."""
    assert letter.member_id is not None
    shown = await speakers.briefing(session, _details(letter)["event"], letter.member_id)
    if shown is None:
        return OVER
    return markup.split(texts.page(t, shown)), keyboards.page(t, shown)


async def report(session: AsyncSession, t: Translator, letter: Letter) -> Written | NothingToTell:
    """To a member who came, wanted it or joined too late: the recording, the notes, or both."""
    assert letter.notice is not None
    event = await _event(session, letter)
    if event is None or event.intent is Intent.ABSENT:
        return OVER
    bringing = await dues.brought_by(session, event.event_id, letter.notice.notice_id)
    recording, notes = Stage.RECORDING in bringing, Stage.NOTES in bringing
    if not (recording and event.recording) and not (notes and event.notes):
        return NothingToTell("recording and notes were taken away again")
    return markup.split(texts.report(t, event, recording=recording, notes=notes)), None
