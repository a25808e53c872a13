"""People come, choose how they take part, pause, leave and return."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import asking, planning, reading
from bot.database import insert
from bot.i18n import negotiate
from bot.models import (
    Delivery,
    Dialogue,
    Kind,
    Member,
    Moderation,
    Names,
    Naming,
    Person,
    Question,
    Role,
    State,
)

CONSENT_VERSION = "2026-11-24"  # changes with the text of texts.joining.consent; a test holds the two together
NAME_LIMIT = 60  # characters of a name that a member types

# One word and a number make a pseudonym; texts.membership knows each word in every language.
PSEUDONYM_WORDS = (
    "acacia", "almond", "baobab", "birch", "cedar", "cypress", "fig", "jacaranda", "jasmine", "linden", "lotus",
    "magnolia", "mango", "maple", "mimosa", "olive", "orchid", "palm", "pine", "poplar", "sunflower", "tamarind",
    "tulip", "willow",
)  # fmt: skip


class NoSuchDialogue(Exception):
    """Nobody opened a dialogue by this name, or it is over."""


class AlreadyOver(Exception):
    """The dialogue's last question has closed everywhere."""


@dataclass(frozen=True)
class Invitation:
    """What a person reads before joining; texts in `language`, Markdown; moments are instants, shown in `zone`."""

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
    names: Names
    moderated_before: bool
    is_member: bool


@dataclass(frozen=True)
class Joined:
    """A membership begun or taken up again; `pseudonym` is a word of PSEUDONYM_WORDS and a number, as "cedar-27"."""

    member_id: int
    dialogue_id: int
    title: str
    naming: Naming
    may_choose_name: bool
    display_name: str | None
    pseudonym: str
    zone: str
    zone_chosen: bool
    returning: bool
    already_in: bool
    next_opens_at: datetime | None


async def meet(session: AsyncSession, *, telegram_id: int, language: str) -> Person:
    """The person behind a Telegram account; one never seen before starts with `language` (a shipped tag)."""
    await session.execute(
        insert(session, Person).values(telegram_id=telegram_id, language=language).on_conflict_do_nothing()
    )
    return (await session.scalars(select(Person).where(Person.telegram_id == telegram_id))).one()


async def language_of(session: AsyncSession, telegram_id: int) -> str | None:
    """The language of the person with a Telegram account; None for one never seen."""
    return await session.scalar(select(Person.language).where(Person.telegram_id == telegram_id))


async def open_dialogues(session: AsyncSession, person: Person, *, now: datetime) -> list[Invitation]:
    """The dialogues one may still join, the next to begin first."""
    dialogues = await session.scalars(select(Dialogue).options(joinedload(Dialogue.questions)))
    going_on = [
        dialogue
        for dialogue in dialogues.unique().all()
        if dialogue.questions and planning.last_close(dialogue, dialogue.questions) > now
    ]
    return [await _invitation(session, dialogue, person) for dialogue in sorted(going_on, key=lambda one: one.starts)]


async def invitation(session: AsyncSession, person: Person, *, slug: str, now: datetime) -> Invitation:
    """The invitation to one dialogue; raises NoSuchDialogue, or AlreadyOver."""
    dialogue = await session.scalar(
        select(Dialogue).where(Dialogue.slug == slug).options(joinedload(Dialogue.questions))
    )
    if dialogue is None or not dialogue.questions:
        raise NoSuchDialogue(slug)
    if planning.last_close(dialogue, dialogue.questions) <= now:
        raise AlreadyOver(slug)
    return await _invitation(session, dialogue, person)


async def invitation_by_id(session: AsyncSession, person: Person, *, dialogue_id: int, now: datetime) -> Invitation:
    """The same by id, as buttons know it; raises NoSuchDialogue, or AlreadyOver."""
    slug = await session.scalar(select(Dialogue.slug).where(Dialogue.id == dialogue_id))
    return await invitation(session, person, slug=slug or "", now=now)


async def _invitation(session: AsyncSession, dialogue: Dialogue, person: Person) -> Invitation:
    member = await membership(session, person, dialogue.id)
    zone = reading.zone_of(person, dialogue)
    return Invitation(
        dialogue_id=dialogue.id,
        slug=dialogue.slug,
        title=reading.in_language(dialogue.title, dialogue, person.language),
        summary=reading.in_language(dialogue.summary, dialogue, person.language) if dialogue.summary else "",
        language=negotiate(person.language, dialogue.languages, dialogue.source_language),
        languages=tuple(dialogue.languages),
        questions=len(dialogue.questions),
        starts_at=planning.opens_at(dialogue, dialogue.questions[0], zone),
        ends_at=max(planning.closes_at(dialogue, question, zone) for question in dialogue.questions),
        zone=zone,
        names=dialogue.names,
        moderated_before=dialogue.moderation is Moderation.BEFORE,
        is_member=member is not None and member.takes_part,
    )


async def membership(session: AsyncSession, person: Person, dialogue_id: int) -> Member | None:
    """A person's membership in a dialogue, left ones included, with the dialogue loaded."""
    return await session.scalar(
        select(Member)
        .where(Member.person_id == person.id, Member.dialogue_id == dialogue_id)
        .options(joinedload(Member.dialogue), joinedload(Member.person))
    )


async def memberships(session: AsyncSession, person: Person) -> Sequence[Member]:
    """The dialogues in which a person takes part now, each with its dialogue loaded."""
    found = await session.scalars(
        select(Member)
        .where(Member.person_id == person.id, Member.joined_at.is_not(None), Member.left_at.is_(None))
        .options(joinedload(Member.dialogue), joinedload(Member.person))
        .order_by(Member.id)
    )
    return found.all()


async def join(session: AsyncSession, person: Person, *, dialogue_id: int, telegram_name: str, now: datetime) -> Joined:
    """Take part in a dialogue, with consent to its terms; the concept note and any open question are owed at once.

    Joining again changes nothing. `telegram_name` is kept only where the dialogue is held under real names.
    Raises NoSuchDialogue, or AlreadyOver.
    """
    await invitation_by_id(session, person, dialogue_id=dialogue_id, now=now)
    dialogue = await session.get_one(Dialogue, dialogue_id)
    member = await membership(session, person, dialogue_id)
    already_in = member is not None and member.takes_part
    returning = member is not None and member.left_at is not None
    if member is None:
        member = await _enrol(session, person, dialogue, role=Role.MEMBER)
    if not already_in:
        member.consent_version, member.consent_language, member.consented_at = CONSENT_VERSION, person.language, now
        member.joined_at, member.left_at = now, None
        if dialogue.names is Names.REAL:
            member.display_name = telegram_name[:NAME_LIMIT]
        await _owe_note(session, member, now=now)
        await asking.catch_up(session, member, zone=reading.zone_of(person, dialogue), now=now)
    return Joined(
        member_id=member.id,
        dialogue_id=dialogue.id,
        title=reading.in_language(dialogue.title, dialogue, person.language),
        naming=member.naming,
        may_choose_name=dialogue.names is Names.CHOOSE,
        display_name=member.display_name,
        pseudonym=member.pseudonym or "",
        zone=reading.zone_of(person, dialogue),
        zone_chosen=person.timezone is not None,
        returning=returning,
        already_in=already_in,
        next_opens_at=await next_opening(session, dialogue, person, now=now),
    )


async def _enrol(session: AsyncSession, person: Person, dialogue: Dialogue, *, role: Role) -> Member:
    naming = {
        Names.CHOOSE: Naming.PSEUDONYM,  # the safer side until the member chooses
        Names.REAL: Naming.NAME,
        Names.ANONYMOUS: Naming.ANONYMOUS,
    }[dialogue.names]
    member = Member(
        dialogue=dialogue,
        person=person,
        role=role,
        naming=naming,
        pseudonym=await _free_pseudonym(session, dialogue.id),
        reminders=True,
    )
    session.add(member)
    await session.flush()
    return member


async def _free_pseudonym(session: AsyncSession, dialogue_id: int) -> str:
    # Random, not derived from the account: nobody can work back from the pseudonym to the person.
    taken = set(await session.scalars(select(Member.pseudonym).where(Member.dialogue_id == dialogue_id)))
    highest = 99 + len(taken)
    while True:
        pseudonym = f"{_CHANCE.choice(PSEUDONYM_WORDS)}-{_CHANCE.randint(2, highest)}"
        if pseudonym not in taken:
            return pseudonym


_CHANCE = random.SystemRandom()


async def _owe_note(session: AsyncSession, member: Member, *, now: datetime) -> None:
    if not member.dialogue.concept_note:
        return
    await session.execute(
        insert(session, Delivery)
        .values(kind=Kind.CONCEPT_NOTE, dialogue_id=member.dialogue_id, member_id=member.id, due_at=now, at_once=True)
        .on_conflict_do_nothing()
    )


async def next_opening(session: AsyncSession, dialogue: Dialogue, person: Person, *, now: datetime) -> datetime | None:
    """When the next question of a dialogue reaches a person; None after the last."""
    questions = await session.scalars(select(Question).where(Question.dialogue_id == dialogue.id))
    zone = reading.zone_of(person, dialogue)
    return min(
        (due for question in questions if (due := planning.due_at(dialogue, question, zone)) > now), default=None
    )


async def leave(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Take part no longer: nothing planned is sent any more; what was said stays."""
    member.left_at = now
    await session.execute(
        update(Delivery)
        .where(Delivery.member_id == member.id, Delivery.state == State.PLANNED, Delivery.kind != Kind.DIGEST)
        .values(state=State.DROPPED, reason="left", settled_at=now)
    )


async def appoint_organisers(
    session: AsyncSession, telegram_ids: Sequence[int], *, language: str, now: datetime
) -> None:
    """Make exactly these accounts the organisers of every dialogue; one that never wrote to the bot counts too."""
    await session.execute(
        update(Member)
        .where(Member.role == Role.ORGANISER)
        .where(Member.person_id.not_in(select(Person.id).where(Person.telegram_id.in_(telegram_ids))))
        .values(role=Role.MEMBER)
    )
    dialogues = (await session.scalars(select(Dialogue))).all()
    for telegram_id in telegram_ids:
        person = await _await_start(session, telegram_id, language, now)
        for dialogue in dialogues:
            member = await membership(session, person, dialogue.id)
            if member is None:
                await _enrol(session, person, dialogue, role=Role.ORGANISER)
            else:
                member.role = Role.ORGANISER


async def _await_start(session: AsyncSession, telegram_id: int, language: str, now: datetime) -> Person:
    known = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    if known is not None:
        return known
    person = await meet(session, telegram_id=telegram_id, language=language)
    # A bot can't write to someone who never pressed Start.
    person.unreachable_since, person.unreachable_reason = now, "never started the bot"
    return person


async def moderated_by(session: AsyncSession, person: Person) -> Sequence[Member]:
    """The memberships through which a person moderates, newest dialogue first, with the dialogue loaded."""
    found = await session.scalars(
        select(Member)
        .where(Member.person_id == person.id, Member.role.in_([Role.MODERATOR, Role.ORGANISER]))
        .options(joinedload(Member.dialogue))
        .order_by(Member.dialogue_id.desc())
    )
    return found.all()
