"""A person's profile: their language, clock and name, when they pause, and whether they can be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import authors, names, prompts, questions, schedule, wordings
from bot.core import members as core_members
from bot.core.authors import Author
from bot.core.members import NotAMember
from bot.core.names import Reserved
from bot.features.questions.actions import deliveries
from bot.models import Delivery, Kind, Member, Names, Naming, Person, State
from bot.tallies import updates


class NoSuchZone(Exception):
    """There is no time zone of that name."""


@dataclass(frozen=True)
class Standing:
    """How a person stands in one dialogue they take part in."""

    member_id: int
    title: str
    author: Author
    pseudonym: str
    reminders: bool
    may_choose_name: bool
    dialogue_id: int = 0
    quotable: bool = False
    outside_services: bool = False
    outside_proposals: bool = False


@dataclass(frozen=True)
class Profile:
    """What /me shows of a person; `zone` is None until they choose one, `paused_until` None unless they pause now."""

    language: str
    zone: str | None
    paused_until: datetime | None
    standings: tuple[Standing, ...]
    telegram_id: int
    responses_at_once: bool = False


async def profile(session: AsyncSession, person: Person, *, now: datetime) -> Profile:
    """A person as they see themselves."""
    return Profile(
        language=person.language,
        zone=person.timezone,
        paused_until=person.paused_until if person.is_paused(now) else None,
        telegram_id=person.telegram_id,
        responses_at_once=person.responses_at_once,
        standings=tuple([_standing(member) for member in await core_members.memberships(session, person)]),
    )


async def standing(session: AsyncSession, person: Person, member_id: int) -> tuple[Member, Standing]:
    """One membership that is this person's own; raises NotAMember."""
    for member in await core_members.memberships(session, person):
        if member.id == member_id:
            return member, _standing(member)
    raise NotAMember(member_id)


def _standing(member: Member) -> Standing:
    dialogue = member.dialogue
    return Standing(
        member_id=member.id,
        title=wordings.in_language(dialogue.title, dialogue, member.person.language),
        author=authors.author(member),
        pseudonym=member.pseudonym or "",
        reminders=member.reminders,
        may_choose_name=dialogue.names is Names.CHOOSE,
        dialogue_id=dialogue.id,
        quotable=member.quotable,
        outside_services=member.outside_services,
        outside_proposals=member.outside_proposals,
    )


async def choose_zone(session: AsyncSession, person: Person, zone: str, *, now: datetime) -> None:
    """Take part by the wall clock of an IANA zone; what is still planned moves with it. Raises NoSuchZone."""
    # The name comes from a button's data, which a forged client may fill as it likes; one wrong name would stop all planning.
    if zone not in _zones():
        raise NoSuchZone(zone)
    person.timezone = zone
    prompts.await_nothing(person)
    members = await core_members.memberships(session, person)
    await deliveries.reschedule(session, members, zone_of={member.id: zone for member in members}, now=now)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


async def next_opening(session: AsyncSession, person: Person, *, now: datetime) -> datetime | None:
    """When the next question reaches a person, in any of their dialogues; None after the last."""
    members = await core_members.memberships(session, person)
    openings = [await questions.next_opening(session, member.dialogue, person, now=now) for member in members]
    return min((each for each in openings if each is not None), default=None)


async def choose_naming(
    session: AsyncSession, member: Member, naming: Naming, *, name: str, reserved: Reserved
) -> None:
    """Be named so in this dialogue from now on; what was said before keeps the name it was said under. Raises UnfitName.

    `name` is the one to go by where it is a name.
    """
    if naming is Naming.NAME:
        await names.take(session, member, names.fit(name, reserved))
    member.naming = naming
    prompts.await_nothing(member.person)
    await names.let_go(session, member)


def pause(person: Person, *, days: int | None, now: datetime) -> datetime:
    """Send this person no questions or reminders for some days (None: until they return); returns until when."""
    person.paused_until = schedule.FOREVER if days is None else now + timedelta(days=days)
    return person.paused_until


async def resume(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """End a pause: what waited for its end, and is still open, is owed at once."""
    person.paused_until = None
    await _owe_what_is_open(session, person, now=now)


async def choose_language(session: AsyncSession, person: Person, language: str) -> None:
    """Write to this person in another language (a shipped tag) from now on."""
    person.language = language
    await updates.outdate(session, person.id)


def stand_ins(members: Sequence[Member], language: str) -> tuple[tuple[str, str], ...]:
    """Which of these dialogues, by title, lack a language, and in which they speak to its readers."""
    return tuple(
        (wordings.in_language(dialogue.title, dialogue, language), other)
        for dialogue in (member.dialogue for member in members)
        if (other := wordings.stand_in(dialogue, language))
    )


async def lose_reach(session: AsyncSession, person: Person, *, reason: str, now: datetime) -> None:
    """The person can't be reached until they return."""
    person.unreachable_since, person.unreachable_reason = now, reason
    await updates.outdate(session, person.id)


async def return_to_reach(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """The person can be reached again (unblocked the bot, or pressed start): owe them what is still open."""
    if person.unreachable_since is None:
        return
    person.unreachable_since = person.unreachable_reason = None
    await updates.outdate(session, person.id)
    await session.execute(
        update(Delivery)
        .where(Delivery.member_id.in_(select(Member.id).where(Member.person_id == person.id)))
        .where(Delivery.kind.in_([Kind.CONCEPT_NOTE, Kind.NOTE_FILE]), Delivery.state == State.UNREACHABLE)
        .values(state=State.PLANNED, due_at=now, reason=None)
    )
    await _owe_what_is_open(session, person, now=now)


async def _owe_what_is_open(session: AsyncSession, person: Person, *, now: datetime) -> None:
    for member in await core_members.memberships(session, person):
        await deliveries.catch_up(session, member, zone=wordings.zone_of(person, member.dialogue), now=now)
