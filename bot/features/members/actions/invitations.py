"""An invitation, as it is shown at the door: to whom which dialogue is open, and what joining one would mean."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import members, retention, schedule, wordings
from bot.core.dialogues import AlreadyOver, NoSuchDialogue
from bot.core.members import NotAMember
from bot.core.retention import KeptFor
from bot.database import insert
from bot.i18n import readable
from bot.models import Admission, Dialogue, Invitee, Member, Moderation, Names, Person, Role


@dataclass(frozen=True)
class Conditions:
    """What the terms of a dialogue depend on; `title` and `rules` (Markdown, or empty) in the reader's language."""

    dialogue_id: int
    title: str
    names: Names
    admission: Admission
    moderated_before: bool
    kept: KeptFor
    rules: str = ""


@dataclass(frozen=True)
class Invitation:
    """What a person reads before joining; texts in `language`, Markdown; moments are instants, shown in `zone`.

    The language has `stood_in` where the dialogue lacks the person's own.
    """

    dialogue_id: int
    slug: str
    title: str
    summary: str
    language: str
    languages: tuple[str, ...]
    questions: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    conditions: Conditions
    is_member: bool
    stood_in: bool = False


def conditions_of(dialogue: Dialogue, person: Person) -> Conditions:
    """What the terms of a dialogue depend on, as a person reads it."""
    return Conditions(
        dialogue_id=dialogue.id,
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        names=dialogue.names,
        admission=dialogue.admission,
        moderated_before=dialogue.moderation is Moderation.BEFORE,
        kept=retention.of(dialogue),
        rules=wordings.in_language(dialogue.rules, dialogue, person.language) if dialogue.rules else "",
    )


async def open_dialogues(session: AsyncSession, person: Person, *, now: datetime) -> list[Invitation]:
    """The dialogues that are open to this person and not over, the next to begin first."""
    dialogues = await session.scalars(select(Dialogue).where(open_to(person)).options(joinedload(Dialogue.questions)))
    going_on = [
        dialogue
        for dialogue in dialogues.unique().all()
        if dialogue.questions and schedule.last_close(dialogue, dialogue.questions) > now
    ]
    return [await _invitation(session, dialogue, person) for dialogue in sorted(going_on, key=lambda one: one.starts)]


def open_to(person: Person) -> ColumnElement[bool]:
    """The dialogues that are open to a person: to everyone, through the link they had, or because they were in or have a role."""
    return _open_to(literal(person.id))


def _open_to(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    had_link = exists().where(
        Invitee.dialogue_id == Dialogue.id, Invitee.person_id == person_id, Invitee.admitted_at.is_not(None)
    )
    inside = or_(Member.joined_at.is_not(None), Member.asked_at.is_not(None), Member.role != Role.MEMBER)
    is_theirs = exists().where(Member.dialogue_id == Dialogue.id, Member.person_id == person_id, inside)
    return or_(Dialogue.admission == Admission.OPEN, had_link, is_theirs)


_OPEN = (
    select(Dialogue)
    .where(Dialogue.id == bindparam("dialogue"), _open_to(bindparam("person")))
    .options(joinedload(Dialogue.questions))
)


async def open_link(session: AsyncSession, person: Person, *, entrance: str, now: datetime) -> Invitation:
    """The invitation behind a link, which is open to this person from now on; raises NoSuchDialogue, or AlreadyOver.

    The slug serves where the dialogue is open to them anyhow.
    """
    by_slug = (Dialogue.slug == entrance) & open_to(person)
    dialogue = await session.scalar(
        select(Dialogue)
        .where(or_((Dialogue.door == entrance) & (Dialogue.door != ""), by_slug))
        .options(joinedload(Dialogue.questions))
    )
    if dialogue is None:
        raise NoSuchDialogue(entrance)
    _make_sure_it_goes_on(dialogue, now=now)
    shown = await _invitation(session, dialogue, person)
    await note_reading(session, person, dialogue.id, with_link=dialogue.door == entrance, now=now)
    return shown


async def invitation(session: AsyncSession, person: Person, *, dialogue_id: int, now: datetime) -> Invitation:
    """The invitation to one dialogue, as buttons know it; raises NoSuchDialogue where it isn't open to them, or AlreadyOver."""
    dialogue = await find_open(session, person, dialogue_id=dialogue_id, now=now)
    return await _invitation(session, dialogue, person)


async def find_open(session: AsyncSession, person: Person, *, dialogue_id: int, now: datetime) -> Dialogue:
    """A dialogue with its questions; raises NoSuchDialogue where it isn't open to a person, or AlreadyOver."""
    dialogue = await session.scalar(_OPEN, {"dialogue": dialogue_id, "person": person.id})
    if dialogue is None:
        raise NoSuchDialogue(str(dialogue_id))
    _make_sure_it_goes_on(dialogue, now=now)
    return dialogue


async def languages(session: AsyncSession, person: Person, *, dialogue_id: int) -> list[str]:
    """The languages of a dialogue, also of one that is over; none where it isn't open to this person."""
    is_open = select(Dialogue.languages).where(Dialogue.id == dialogue_id, open_to(person))
    return await session.scalar(is_open) or []


def _make_sure_it_goes_on(dialogue: Dialogue, *, now: datetime) -> None:
    if not dialogue.questions:
        raise NoSuchDialogue(dialogue.slug)
    if schedule.last_close(dialogue, dialogue.questions) <= now:
        raise AlreadyOver(dialogue.slug)


@dataclass(frozen=True)
class Agreement:
    """What a member agreed to: the terms as they are now, when they did (told in `zone`), and whether the terms are the same."""

    conditions: Conditions
    zone: str
    consented_at: datetime | None
    same_terms: bool


async def agreement(session: AsyncSession, person: Person, member_id: int) -> Agreement:
    """What a person agreed to on joining, over or not; raises NotAMember."""
    member = next((each for each in await members.memberships(session, person) if each.id == member_id), None)
    if member is None:
        raise NotAMember(member_id)
    same_terms = member.consent_version == members.CONSENT_VERSION
    zone = wordings.zone_of(person, member.dialogue)
    return Agreement(conditions_of(member.dialogue, person), zone, member.consented_at, same_terms)


async def note_reading(
    session: AsyncSession, person: Person, dialogue_id: int, *, with_link: bool = False, now: datetime
) -> None:
    """Write down that a person was shown the invitation to a dialogue, and whether they had the link; not of one with a role in it."""
    of_person = Member.person_id == person.id, Member.dialogue_id == dialogue_id
    if await session.scalar(select(Member.id).where(*of_person, Member.role != Role.MEMBER)) is not None:
        return
    noted = insert(session, Invitee).values(dialogue_id=dialogue_id, person_id=person.id, read_at=now)
    await session.execute(noted.on_conflict_do_nothing())
    if with_link:
        await session.execute(
            update(Invitee)
            .where(Invitee.dialogue_id == dialogue_id, Invitee.person_id == person.id, Invitee.admitted_at.is_(None))
            .values(admitted_at=now)
        )


async def last_read(session: AsyncSession, person: Person, *, now: datetime) -> Invitation | None:
    """The invitation that a person read last, as long as they may still join; None without one."""
    read = await session.scalars(
        select(Invitee.dialogue_id)
        .where(Invitee.person_id == person.id)
        .order_by(Invitee.read_at.desc(), Invitee.dialogue_id.desc())
    )
    for dialogue_id in read:
        try:
            invited = await invitation(session, person, dialogue_id=dialogue_id, now=now)
        except (NoSuchDialogue, AlreadyOver):
            continue
        if not invited.is_member:
            return invited
    return None


async def is_entrance(session: AsyncSession, word: str) -> bool:
    """Whether a link that ends in this word leads to a dialogue."""
    leads = or_(Dialogue.slug == word, Dialogue.door == word)
    return await session.scalar(select(Dialogue.id).where(leads).limit(1)) is not None


async def _invitation(session: AsyncSession, dialogue: Dialogue, person: Person) -> Invitation:
    member = await session.scalar(
        select(Member).where(Member.person_id == person.id, Member.dialogue_id == dialogue.id)
    )
    zone = wordings.zone_of(person, dialogue)
    return Invitation(
        dialogue_id=dialogue.id,
        slug=dialogue.slug,
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        summary=wordings.in_language(dialogue.summary, dialogue, person.language) if dialogue.summary else "",
        language=readable(person.language, dialogue.languages, dialogue.source_language),
        stood_in=bool(wordings.stand_in(dialogue, person.language)),
        languages=tuple(dialogue.languages),
        questions=len(dialogue.questions),
        starts_at=schedule.opens_at(dialogue, dialogue.questions[0], zone),
        ends_at=max(schedule.closes_at(dialogue, question, zone) for question in dialogue.questions),
        zone=zone,
        conditions=conditions_of(dialogue, person),
        is_member=member is not None and member.takes_part,
    )
