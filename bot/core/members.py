"""Who takes part: a person is met, becomes a member, and leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import pseudonyms
from bot.database import insert
from bot.models import Delivery, Dialogue, Kind, Member, Names, Naming, Person, Role, State

CONSENT_VERSION = "2026-11-30"  # changes with the texts of members.texts.consent; a test holds the two together
NEVER_STARTED = "never started the bot"
LEFT = "left"
UNDONE_FOR = timedelta(days=1)  # in which leaving is taken back with all that was planned
DRAWS = 20  # of a pseudonym: each has twice as many to choose from as the one before


_KNOWN = select(Person).where(Person.telegram_id == bindparam("account"))


class NotAMember(Exception):
    """The person doesn't take part in that dialogue (any more)."""


def memberships_of(person: Person) -> Select[int]:
    """The ids of a person's memberships."""
    return select(Member.id).where(Member.person_id == person.id)


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


class NoPseudonym(Exception):
    """Whatever was drawn had been taken by another in the same moment, which chance doesn't bring about."""


async def enrol(session: AsyncSession, person: Person, dialogue: Dialogue, *, role: Role) -> Member:
    """A membership with a role and a pseudonym, not yet taking part."""
    naming = {
        Names.CHOOSE: Naming.PSEUDONYM,  # the safer side until the member chooses
        Names.REAL: Naming.NAME,
        Names.ANONYMOUS: Naming.ANONYMOUS,
    }[dialogue.names]
    for draws in range(DRAWS):
        pseudonym = await pseudonyms.draw_pseudonym(session, dialogue.id, draws=draws)
        member = Member(
            dialogue_id=dialogue.id,
            person_id=person.id,
            role=role,
            naming=naming,
            pseudonym=pseudonym,
            reminders=True,
        )
        try:
            async with session.begin_nested():
                session.add(member)
        except IntegrityError:  # someone who joined in the same moment has drawn the same
            continue
        await session.refresh(member, ["dialogue", "person"])
        return member
    raise NoPseudonym(dialogue.id)


def agree(member: Member, *, now: datetime) -> None:
    """Write down that a member (person loaded) agrees to the terms as they are today."""
    member.consent_version, member.consent_language, member.consented_at = CONSENT_VERSION, member.person.language, now


async def name_in_groups(session: AsyncSession, member: Member) -> None:
    """Give one who speaks in a group a pseudonym for that: all there know who speaks, and what they say in private isn't theirs to know."""
    for draws in range(DRAWS):
        if member.group_pseudonym is not None:
            return
        pseudonym = await pseudonyms.draw_pseudonym(session, member.dialogue_id, in_groups=True, draws=draws)
        try:
            async with session.begin_nested():
                member.group_pseudonym = pseudonym
        except IntegrityError:  # someone who spoke in the same moment has drawn the same
            await session.refresh(member, ["group_pseudonym"])
    raise NoPseudonym(member.dialogue_id)


async def leave(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Take part no longer: nothing planned is sent any more; what was said stays."""
    member.left_at = now
    await session.execute(
        update(Delivery)
        .where(Delivery.member_id == member.id, Delivery.state == State.PLANNED, Delivery.kind != Kind.DIGEST)
        .values(state=State.DROPPED, reason=LEFT, settled_at=now)
    )


def left_lately(member: Member, *, now: datetime) -> bool:
    """Whether a member has left so short a while ago that it can be taken back."""
    return member.left_at is not None and member.removed_at is None and now - member.left_at <= UNDONE_FOR


async def stay(session: AsyncSession, member: Member) -> None:
    """Take leaving back: it is as if they hadn't left, and what wasn't sent for it is owed again."""
    await session.execute(
        update(Delivery)
        .where(Delivery.member_id == member.id, Delivery.state == State.DROPPED, Delivery.reason == LEFT)
        .where(Delivery.settled_at >= member.left_at)
        .values(state=State.PLANNED, reason=None, settled_at=None)
    )
    member.left_at = None
