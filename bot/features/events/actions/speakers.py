"""What members would ask the speakers of a live event: asked for beforehand, taken back, and read by moderators as a list."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import authors, colleagues, prompts, rights, wordings
from bot.core import members as core_members
from bot.core.authors import Author
from bot.core.colleagues import Reading
from bot.core.messages import SENDABLE, Content
from bot.core.rights import NotPermitted, Right
from bot.database import insert
from bot.features.events.actions import attendance, live_events
from bot.features.events.actions.attendance import Attending
from bot.features.events.actions.live_events import Span
from bot.features.replies.actions import answers as reply_answers
from bot.features.replies.actions import held as reply_held
from bot.insight import languages
from bot.models import Attachment, Awaiting, Event, EventQuestion, Member, Person

PAGE = 8  # questions in one message


@dataclass(frozen=True)
class Invited:
    """For which event a member is asked what they would ask, and how they are named with it."""

    title: str
    author: Author


@dataclass(frozen=True)
class AskedSpeakers:
    """What a member would ask has gone to the moderators, for the speakers of an event."""

    question_id: int
    title: str


@dataclass(frozen=True)
class SpeakersQuestion:
    """What one member would ask; `language` is empty without words. `reading` says who on the team reads it, where the reader doesn't."""

    question_id: int
    author: Author
    kind: str
    text: str
    files: int
    openable: bool
    language: str
    reading: Reading | None = None


@dataclass(frozen=True)
class EventPage:
    """An event as moderators see it: who comes, and what members would ask, oldest first; pages count from 0."""

    event_id: int
    dialogue_title: str
    title: str
    span: Span
    zone: str
    attending: Attending
    questions: tuple[SpeakersQuestion, ...]
    page: int
    more: bool


async def await_words(session: AsyncSession, person: Person, event_id: int, *, now: datetime) -> Invited:
    """Take what the person sends next for the speakers. Raises NotAMember, EventCancelled or EventOver."""
    event, member = await live_events.find(session, person, event_id)
    live_events.refuse_ended(event, now=now)
    prompts.ask(person, Awaiting.EVENT_QUESTION, event.id, now=now)
    return Invited(wordings.in_language(event.title, event.dialogue, person.language), authors.author(member))


async def ask_held(
    session: AsyncSession, person: Person, event_id: int, *, held_id: int, now: datetime
) -> AskedSpeakers | None:
    """Keep a held message, with the rest of its album, for the speakers; None if it is settled already.

    Raises NotAMember, EventCancelled or EventOver: then it is held on.
    """
    event, member = await live_events.find(session, person, event_id)
    live_events.refuse_ended(event, now=now)
    title, asked = wordings.in_language(event.title, event.dialogue, person.language), None
    for held in await reply_held.take(session, person, held_id=held_id):
        question_id = await _keep(session, event, member, held.message_id, held.content, asked_at=held.sent_at)
        asked = asked or AskedSpeakers(question_id, title)
    return asked


async def _keep(
    session: AsyncSession, event: Event, member: Member, message_id: int, content: Content, *, asked_at: datetime
) -> int:
    naming, signature = authors.sign(member.naming, name=member.display_name, pseudonym=member.pseudonym)
    signed = {"naming": naming, "signature": signature, "asked_at": asked_at}
    language = languages.detect(content.text, own=member.person.language, expected=event.dialogue.languages)
    await session.execute(
        insert(session, EventQuestion)
        .values(event_id=event.id, member_id=member.id, message_id=message_id, **signed)
        .values(content=asdict(content), language=language)
        .on_conflict_do_nothing()
    )
    found = select(EventQuestion.id).where(EventQuestion.member_id == member.id, EventQuestion.message_id == message_id)
    question_id: int = (await session.scalars(found)).one()
    return question_id


async def take_back(session: AsyncSession, person: Person, question_id: int, *, hold: bool) -> int | None:
    """Take a question back, and `hold` it again if it was meant as a reply: its id as held, else 0; None if it is gone."""
    row = await session.execute(
        delete(EventQuestion)
        .where(EventQuestion.id == question_id)
        .where(EventQuestion.member_id.in_(core_members.memberships_of(person)))
        .returning(EventQuestion.message_id, EventQuestion.content, EventQuestion.asked_at)
    )
    taken = row.first()
    if taken is None:
        return None
    message_id, content, asked_at = taken
    return await reply_held.hold(session, person, message_id, reply_held.content_of(content), asked_at) if hold else 0


async def edit(session: AsyncSession, person: Person, *, message_id: int, content: Content) -> bool:
    """Follow an edit of what is for the speakers; false if no such message is known."""
    changed = await session.execute(
        update(EventQuestion)
        .where(EventQuestion.member_id.in_(core_members.memberships_of(person)))
        .where(EventQuestion.message_id == message_id)
        .values(content=asdict(content))
        .returning(EventQuestion.id)
    )
    return changed.first() is not None


async def page(session: AsyncSession, person: Person, event_id: int, number: int) -> EventPage:
    """An event as one on the team sees it, with a page of what members would ask; raises NotPermitted."""
    event = await _event(session, event_id)
    reader = await rights.membership(session, person, event.dialogue_id, Right.SEE_QUEUE)
    return await _page(session, event, reader, person, number)


async def briefing(session: AsyncSession, event_id: int, member_id: int) -> EventPage | None:
    """The first page, for one on the team by the id of their membership; None once the event was called off."""
    event, reader = await session.get(Event, event_id), await session.get(Member, member_id)
    if event is None or reader is None or event.cancelled_at is not None:
        return None
    event, person = await _event(session, event_id), await session.get_one(Person, reader.person_id)
    return await _page(session, event, reader, person, 0)


async def _event(session: AsyncSession, event_id: int) -> Event:
    event = await session.scalar(select(Event).where(Event.id == event_id).options(joinedload(Event.dialogue)))
    if event is None:
        raise NotPermitted(event_id)
    return event


async def _page(session: AsyncSession, event: Event, reader: Member, person: Person, number: int) -> EventPage:
    found = await session.scalars(
        select(EventQuestion)
        .where(EventQuestion.event_id == event.id)
        .order_by(EventQuestion.id)
        .offset(number * PAGE)
        .limit(PAGE + 1)
    )
    rows = found.all()
    return EventPage(
        event_id=event.id,
        dialogue_title=wordings.in_language(event.dialogue.title, event.dialogue, person.language),
        title=wordings.in_language(event.title, event.dialogue, person.language),
        span=live_events.span(event, event.dialogue.timezone),
        zone=wordings.zone_of(person, event.dialogue),
        attending=await attendance.attending(session, event.id),
        questions=tuple([await _told(session, row, reader, person) for row in rows[:PAGE]]),
        page=number,
        more=len(rows) > PAGE,
    )


async def _told(session: AsyncSession, row: EventQuestion, reader: Member, person: Person) -> SpeakersQuestion:
    content = reply_held.content_of(row.content)
    return SpeakersQuestion(
        question_id=row.id,
        author=authors.named(row.naming, row.signature),
        kind=content.kind,
        text=content.text,
        files=1 if content.file else 0,
        openable=content.file is not None and (content.file.file_id is not None or content.kind in SENDABLE),
        language=row.language if content.text else "",
        reading=await colleagues.reading(session, reader, person, row.language) if content.text else None,
    )


async def attached(session: AsyncSession, person: Person, question_id: int) -> Sequence[Attachment]:
    """What a question for the speakers carries besides words; raises NotPermitted."""
    row = await session.get(EventQuestion, question_id)
    if row is None:
        raise NotPermitted(question_id)
    event = await _event(session, row.event_id)
    await rights.membership(session, person, event.dialogue_id, Right.SEE_QUEUE)
    content = reply_held.content_of(row.content)
    if content.file is None:
        return []
    return [reply_answers.attachment_of(row.message_id, content.file, caption=content.text)]
