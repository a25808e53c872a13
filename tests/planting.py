"""A small dialogue for tests: questions a week apart from MONDAY on, in four languages."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members, names
from bot.core.messages import Content
from bot.database import Database
from bot.features.groups.actions import links, readiness, rooms
from bot.features.groups.actions import topics as group_topics
from bot.features.groups.actions.links import Spot, Wanted
from bot.features.members.actions import joining
from bot.features.replies.actions import answers
from bot.features.replies.actions.answers import Answered
from bot.models import Admission, Dialogue, Event, Group, Member, Moderation, Names, Person, Question, SendAt

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)  # question 1 opens, by the wall clock of the dialogue's zone, UTC
WEEK = timedelta(weeks=1)
NOTHING = names.reserve((), ())
CIRCLE = -1001000000001  # the chat of a planted group


def dialogue(slug: str = "training", *, questions: int = 3, **changes: Any) -> Dialogue:
    """A dialogue that isn't stored yet."""
    start = MONDAY.replace(tzinfo=None)
    planted: dict[str, Any] = {
        "slug": slug,
        "languages": ["en", "es", "fr", "ar"],
        "timezone": "UTC",
        "starts": start,
        "every": WEEK,
        "send_at": SendAt.MEMBER,
        "quiet_from": time(21),
        "quiet_until": time(8),
        "moderation": Moderation.AFTER,
        "names": Names.CHOOSE,
        "admission": Admission.OPEN,
        "reminder": timedelta(days=2),
        "digest_every": WEEK,
        "digest_at": time(17),
        "digest_day": "fri",
        "title": {"en": "Training", "es": "Formación", "fr": "Formation", "ar": "التدريب"},
        "summary": {"en": "Three weeks, three questions.", "es": "Tres semanas, tres preguntas."},
        "concept_note": {
            "en": "What training can do.",
            "es": "Lo que puede la formación.",
            "ar": "ما يمكن للتدريب أن يفعله.",
        },
        "sources": [],
        "created_at": MONDAY - WEEK,
    }
    planted |= changes
    asked = [
        Question(
            position=position,
            title={"en": f"Step {position + 1}", "es": f"Paso {position + 1}"},
            text={
                "en": f"What have you learned in step {position + 1}?",
                "es": f"¿Qué ha aprendido en el paso {position + 1}?",
                "fr": f"Qu’avez-vous appris à l’étape {position + 1} ?",
                "ar": f"ماذا تعلّمتم في الخطوة {position + 1}؟",
            },
            prompts={"en": ["With whom?", "Where?"]},
            opens=start + position * WEEK,
            closes=start + (position + 1) * WEEK,
        )
        for position in range(questions)
    ]
    return Dialogue(**planted, questions=asked)


def event(event_id: int, **changes: Any) -> Event:
    """A live event of dialogue 1, nine days after question 1 opened, that isn't stored yet."""
    planted: dict[str, Any] = {
        "dialogue_id": 1,
        "position": 0,
        "title": {"en": "A talk"},
        "starts": (MONDAY + timedelta(days=9)).replace(tzinfo=None),
        "lasts": timedelta(hours=1),
        "languages": [],
        "speakers": [],
        "about": {},
        "notes": {},
        "created_at": MONDAY,
    }
    return Event(id=event_id, **planted | changes)


async def join(
    session: AsyncSession,
    planted: Dialogue,
    telegram_id: int,
    *,
    language: str = "en",
    zone: str | None = None,
    now: datetime = MONDAY - WEEK,
) -> Member:
    """A person who takes part in a stored dialogue, by the clock of `zone`."""
    person: Person = await members.meet(session, telegram_id=telegram_id, language=language)
    person.timezone = zone
    await session.flush()
    joined = await joining.join(
        session, person, dialogue_id=planted.id, telegram_name="Someone", reserved=NOTHING, now=now
    )
    return await session.get_one(Member, joined.member_id)


async def plant(database: Database, *zones: str, **changes: Any) -> None:
    """A dialogue, and a member for each zone; its id, and the ids of questions, persons and members, count from 1.

    A member's Telegram id is their id.
    """
    async with database.sessions.begin() as session:
        planted = dialogue(**changes)
        session.add(planted)
        await session.flush()
        for telegram_id, zone in enumerate(zones, start=1):
            await join(session, planted, telegram_id, zone=zone)


async def person(session: AsyncSession, telegram_id: int) -> Person:
    """Someone who was planted."""
    return await members.meet(session, telegram_id=telegram_id, language="en")


async def group(
    session: AsyncSession,
    *languages: str,
    topics: bool = False,
    channel_id: int | None = None,
    told: bool = True,
    now: datetime = MONDAY - WEEK,
) -> Group:
    """A group (chat CIRCLE) that is linked to dialogue 1, and was told what is kept; topics are numbered from 101."""
    want = Wanted(1, "training", "Training", languages or ("en",))
    await links.link(session, want, Spot(CIRCLE, "Water", topics=topics, channel_id=channel_id), now=now)
    for thread_id, room in enumerate(await group_topics.wanting(session), start=101):
        assert await group_topics.begin(session, room.room_id, now=now)
        await group_topics.opened(session, room.room_id, thread_id, now=now)
    for place in await readiness.untold(session) if told else ():
        await readiness.told(session, place, pinned=True, now=now)
    planted = await rooms.group_of(session, CIRCLE)
    assert planted is not None
    return planted


async def reply(
    session: AsyncSession,
    member_id: int,
    *,
    message_id: int,
    at: datetime = MONDAY,
    question_id: int = 1,
    content: Content | None = None,
    **how: Any,
) -> Answered:
    """What a member says to a question; `how` as `answers.answer` takes it."""
    return await answers.answer(
        session,
        member_id=member_id,
        question_id=question_id,
        message_id=message_id,
        content=content or Content("text", f"Reply {message_id}"),
        replied_at=at,
        now=at,
        **how,
    )
