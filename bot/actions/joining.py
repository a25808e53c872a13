"""People come, choose how they take part, pause, leave and return."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import asking, inviting, planning, reading
from bot.database import insert
from bot.models import (
    Delivery,
    Dialogue,
    Kind,
    Member,
    Names,
    Naming,
    Person,
    Question,
    Role,
    State,
)

CONSENT_VERSION = "2026-11-25"  # changes with the text of texts.joining.consent; a test holds the two together
NEVER_STARTED = "never started the bot"
NAME_LIMIT = 60  # characters of a name that a member types

# One word and a number make a pseudonym; texts.membership knows each word in every language.
PSEUDONYM_WORDS = (
    "acacia", "almond", "baobab", "birch", "cedar", "cypress", "fig", "jacaranda", "jasmine", "linden", "lotus",
    "magnolia", "mango", "maple", "mimosa", "olive", "orchid", "palm", "pine", "poplar", "sunflower", "tamarind",
    "tulip", "willow",
)  # fmt: skip


class Removed(Exception):
    """The moderators ended this person's part in the dialogue."""


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
    """The person behind a Telegram account, who writes to the bot; one who never did starts with `language` (a shipped tag)."""
    person = await known(session, telegram_id=telegram_id)
    if person is not None and person.unreachable_reason == NEVER_STARTED:
        person.language = language
    if person is None:
        await session.execute(
            insert(session, Person).values(telegram_id=telegram_id, language=language).on_conflict_do_nothing()
        )
        person = await known(session, telegram_id=telegram_id)
    assert person is not None
    return person


async def hear_of(session: AsyncSession, *, telegram_id: int, language: str, now: datetime) -> Person:
    """The person behind a Telegram account; to one who never pressed Start the bot can't write, and guesses `language`."""
    person = await known(session, telegram_id=telegram_id)
    if person is None:
        person = await meet(session, telegram_id=telegram_id, language=language)
        person.unreachable_since, person.unreachable_reason = now, NEVER_STARTED
    return person


_KNOWN = select(Person).where(Person.telegram_id == bindparam("account"))


async def known(session: AsyncSession, *, telegram_id: int) -> Person | None:
    """The person behind a Telegram account; None for one never seen."""
    return await session.scalar(_KNOWN, {"account": telegram_id})


async def language_of(session: AsyncSession, telegram_id: int) -> str | None:
    """The language of the person with a Telegram account; None for one never seen."""
    return await session.scalar(select(Person.language).where(Person.telegram_id == telegram_id))


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
    Raises NoSuchDialogue, AlreadyOver, or Removed.
    """
    await inviting.invitation_by_id(session, person, dialogue_id=dialogue_id, now=now)
    dialogue = await session.get_one(Dialogue, dialogue_id)
    member = await membership(session, person, dialogue_id)
    if member is not None and member.removed_at is not None:
        raise Removed(dialogue_id)
    already_in = member is not None and member.takes_part
    returning = member is not None and member.left_at is not None
    if member is None:
        member = await enrol(session, person, dialogue, role=Role.MEMBER)
    if not already_in:
        if member.consented_at is None:
            member.quotable = True  # not so before, if they only spoke in a group
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


async def enrol(session: AsyncSession, person: Person, dialogue: Dialogue, *, role: Role) -> Member:
    """A membership with a role and a pseudonym, not yet taking part."""
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
        pseudonym=await free_pseudonym(session, dialogue.id),
        reminders=True,
    )
    session.add(member)
    await session.flush()
    return member


async def free_pseudonym(session: AsyncSession, dialogue_id: int) -> str:
    """A pseudonym that nobody in a dialogue has: a word of PSEUDONYM_WORDS and a number, as "cedar-27"."""
    # Random, not derived from the account: nobody can work back from the pseudonym to the person.
    taken = set(await session.scalars(select(Member.pseudonym).where(Member.dialogue_id == dialogue_id)))
    highest = 99 + len(taken)
    # Two who share a word are easily mistaken for each other: as long as there is one, a word that nobody has.
    used = {pseudonym.partition("-")[0] for pseudonym in taken if pseudonym}
    words = [word for word in PSEUDONYM_WORDS if word not in used] or PSEUDONYM_WORDS
    while True:
        pseudonym = f"{_CHANCE.choice(words)}-{_CHANCE.randint(2, highest)}"
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
