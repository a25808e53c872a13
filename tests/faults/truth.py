"""What people saw and said, held against what the bot remembers."""

from collections import Counter
from dataclasses import dataclass

from crowd import Crowd, is_reminder, number_of
from gathering import PROMPT
from sqlalchemy import func, select

from bot.app.application import wall_clock
from bot.database import Database
from bot.models import Delivery, InboxState, InboxUpdate, Kind, Member, Person, Question, Reply, State
from bot.sandbox import Phone


async def sending(database: Database) -> set[int]:
    """The deliveries that are on their way."""
    async with database.readers() as session:
        return set(await session.scalars(select(Delivery.id).where(Delivery.state == State.SENDING)))


async def owed(database: Database) -> int:
    """How many updates wait to be worked off, questions to be planned, and deliveries to be sent."""
    async with database.readers() as session:
        waiting = select(func.count()).select_from(InboxUpdate).where(InboxUpdate.state == InboxState.NEW)
        unplanned = select(func.count()).select_from(Question).where(Question.planned_at.is_(None))
        is_due = (Delivery.state == State.PLANNED) & (Delivery.due_at <= wall_clock())
        due = select(func.count()).select_from(Delivery).where((Delivery.state == State.SENDING) | is_due)
        return sum([await session.scalar(count) or 0 for count in (waiting, unplanned, due)])


async def parked(database: Database) -> list[str | None]:
    """Why updates were given up."""
    async with database.readers() as session:
        return list(await session.scalars(select(InboxUpdate.error).where(InboxUpdate.state == InboxState.PARKED)))


async def lost(database: Database, crowd: Crowd) -> list[str]:
    """What people said and the bot does not have exactly once, in its last words, under its question."""
    async with database.readers() as session:
        rows = await session.execute(
            select(Person.telegram_id, Reply.message_id, Question.position, Reply.text)
            .join(Reply.member)
            .join(Member.person)
            .join(Reply.question)
        )
        kept = Counter((who, message, position + 1, text) for who, message, position, text in rows)
    said = {(who, message_id, said.number, said.text) for who, message_id, said in crowd.said()}
    return (
        [f"lost: {one}" for one in sorted(said - kept.keys())]
        + [f"made up: {one}" for one in sorted(kept.keys() - said)]
        + [f"kept {count} times: {one}" for one, count in kept.items() if count > 1]
    )


def repeated(crowd: Crowd) -> list[str]:
    """The questions that someone was shown more than once; a reminder is no repetition."""
    found = []
    for attendee in crowd.people:
        shown = Counter(number_of(message) for message in attendee.phone.received if not is_reminder(message))
        found += [
            f"{attendee.phone.first_name}: question {number}, {count} times"
            for number, count in shown.items()
            if number is not None and count > 1
        ]
    return found


async def repeated_digests(database: Database, moderator: Phone) -> int:
    """How many digests more a moderator was shown than can have been sent."""
    async with database.readers() as session:
        states = Counter(await session.scalars(select(Delivery.state).where(Delivery.kind == Kind.DIGEST)))
    shown = sum(message.get("text", "").startswith("Digest:") for message in moderator.received)
    return int(max(0, shown - states[State.SENT] - states[State.UNCERTAIN]))


async def uncertain(database: Database) -> set[int]:
    """The deliveries of which the bot doesn't know whether they arrived."""
    async with database.readers() as session:
        return set(await session.scalars(select(Delivery.id).where(Delivery.state == State.UNCERTAIN)))


@dataclass(frozen=True)
class Doubts:
    """What became of deliveries of which nobody knew whether they had arrived.

    `resolved` were replied to, or brought whole by the reminder; `for_moderator` are notes and digests, which only a
    moderator can have sent again; `unresolved` are questions that someone may have missed.
    """

    resolved: int
    for_moderator: int
    unresolved: list[str]


async def doubts(database: Database, crowd: Crowd, once_uncertain: set[int]) -> Doubts:
    """Look at each delivery that was uncertain at some time."""
    async with database.readers() as session:
        rows = await session.execute(
            select(Delivery.kind, Delivery.state, Person.telegram_id, Question.position)
            .join(Delivery.member)
            .join(Member.person)
            .outerjoin(Delivery.question)
            .where(Delivery.id.in_(once_uncertain))
        )
    known = _replied_or_reminded(crowd)
    resolved, for_moderator, unresolved = 0, 0, []
    for kind, state, telegram_id, position in rows.all():
        if state is not State.UNCERTAIN:
            resolved += 1
        elif kind is not Kind.QUESTION:
            for_moderator += 1
        elif (telegram_id, position + 1) in known:
            resolved += 1
        else:
            unresolved.append(f"question {position + 1} to {telegram_id}")
    return Doubts(resolved, for_moderator, unresolved)


def _replied_or_reminded(crowd: Crowd) -> set[tuple[int, int | None]]:
    replied: set[tuple[int, int | None]] = {(who, said.number) for who, _, said in crowd.said()}
    return replied | {
        (attendee.phone.user_id, number_of(message))
        for attendee in crowd.people
        for message in attendee.phone.received
        if is_reminder(message) and PROMPT in message["text"]
    }


async def wrong(database: Database, crowd: Crowd, moderator: Phone) -> list[str]:
    """All that is not as it must be once the bot has nothing more to do."""
    digests = await repeated_digests(database, moderator)
    return [
        *await lost(database, crowd),
        *repeated(crowd),
        *(["a digest came twice"] * digests),
        *[f"parked: {error}" for error in await parked(database)],
        *[f"still on its way: delivery {each}" for each in await sending(database)],
    ]
