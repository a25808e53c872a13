"""Who takes part: a person is met, becomes a member, and leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from bot.core import pseudonyms
from bot.database import INSERTS, run
from bot.models import Delivery, Dialogue, Kind, Member, Names, Naming, Person, Role, State

CONSENT_VERSION = "2026-11-30.3"  # changes with the texts of members.texts.consent; a test holds the two together
NEVER_STARTED = "never started the bot"
LEFT = "left"
UNDONE_FOR = timedelta(days=1)  # in which leaving is taken back with all that was planned
DRAWS = 20  # of a pseudonym: each has twice as many to choose from as the one before


# Built once: many people join at a time, and to build a statement costs as much as to run it.
_KNOWN = select(Person).where(Person.telegram_id == bindparam("account"))
_MEMBERSHIP = (
    select(Member)
    .where(Member.person_id == bindparam("person"), Member.dialogue_id == bindparam("dialogue"))
    .options(joinedload(Member.dialogue), joinedload(Member.person))
)
_HAS_MEMBERSHIP = _MEMBERSHIP.with_only_columns(Member.id)
# Of tables, read as objects: the session's own way to insert and read back takes three times as long.
_PERSON, _MEMBER = Person.__table__, Member.__table__
_MEET = {
    dialect: select(Person).from_statement(
        inserting(_PERSON)
        .values(telegram_id=bindparam("account"), language=bindparam("tag"))
        .on_conflict_do_nothing()
        .returning(_PERSON)
    )
    for dialect, inserting in INSERTS.items()
}
_ENROLLED = (
    *("dialogue_id", "person_id", "role", "naming", "reminders", "pseudonym", "joined_at"),
    *("consent_version", "consent_language", "consented_at"),
)
_ENROL = {
    dialect: select(Member).from_statement(
        inserting(_MEMBER)
        .values({name: bindparam(name, type_=_MEMBER.c[name].type) for name in _ENROLLED})
        # Of the keys only this one: whoever is a member already isn't to be enrolled.
        .on_conflict_do_nothing(index_elements=[Member.dialogue_id, Member.pseudonym])
        .returning(_MEMBER)
    )
    for dialect, inserting in INSERTS.items()
}


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
        met = {"account": telegram_id, "tag": language}
        person = await session.scalar(_MEET[session.get_bind().dialect.name], met)
    if person is None:  # another has met them in the same moment
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


async def has_membership(session: AsyncSession, person: Person, dialogue_id: int) -> bool:
    """Whether a person has a membership in a dialogue, left ones included."""
    return bool(await run(session, _HAS_MEMBERSHIP, {"person": person.id, "dialogue": dialogue_id}))


async def membership(session: AsyncSession, person: Person, dialogue_id: int) -> Member | None:
    """A person's membership in a dialogue, left ones included, with the dialogue loaded."""
    return await session.scalar(_MEMBERSHIP, {"person": person.id, "dialogue": dialogue_id})


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


async def enrol(
    session: AsyncSession,
    person: Person,
    dialogue: Dialogue,
    *,
    role: Role,
    agreed_at: datetime | None = None,
    joined_at: datetime | None = None,
) -> Member:
    """A membership with a role and a pseudonym: one that takes no part yet and has agreed to nothing, unless it is said since when."""
    naming = {
        Names.CHOOSE: Naming.PSEUDONYM,  # the safer side until the member chooses
        Names.REAL: Naming.NAME,
        Names.ANONYMOUS: Naming.ANONYMOUS,
    }[dialogue.names]
    values = {
        "dialogue_id": dialogue.id,
        "person_id": person.id,
        "role": role,
        "naming": naming,
        "reminders": True,
        "joined_at": joined_at,
        **_agreement(person, agreed_at),
    }
    add = _ENROL[session.get_bind().dialect.name]
    for draws in range(DRAWS):
        pseudonym = await pseudonyms.draw_pseudonym(session, dialogue.id, draws=draws)
        member: Member | None = await session.scalar(add, {**values, "pseudonym": pseudonym})
        if member is not None:  # nobody who joined in the same moment has drawn the same
            set_committed_value(member, "dialogue", dialogue)
            set_committed_value(member, "person", person)
            return member
    raise NoPseudonym(dialogue.id)


def agree(member: Member, *, now: datetime) -> None:
    """Write down that a member (person loaded) agrees to the terms as they are today."""
    for column, value in _agreement(member.person, now).items():
        setattr(member, column, value)


def _agreement(person: Person, at: datetime | None) -> dict[str, object]:
    version, language = (CONSENT_VERSION, person.language) if at is not None else (None, None)
    return {"consent_version": version, "consent_language": language, "consented_at": at}


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
        .where(Delivery.settled_at >= member.left_at, Delivery.kind != Kind.FOLLOW_UP)
        .values(state=State.PLANNED, reason=None, settled_at=None)
    )
    member.left_at = None
