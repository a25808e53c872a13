"""The draft of an announcement or a nudge: its wordings so far, its audience, what each language sees, and what paying costs."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, schedule, wordings
from bot.features.groups.actions import rooms as group_rooms
from bot.features.questions.actions import reminders
from bot.i18n import negotiate, readable
from bot.models import Dialogue, Group, Member, Notice, NoticeKind, Person, Room
from bot.tallies import breakdown

# In a notice's details: the language whose wording is awaited, and whether it isn't posted in groups.
WRITING, MEMBERS_ONLY = "writing", "members_only"

MESSAGES_PER_STAR = 10  # Bot API, sendMessage, allow_paid_broadcast: 0.1 Telegram Stars per message
FREE_PER_SECOND = 30  # Bot FAQ: so many a second cost nothing
MINUTE = 60


@dataclass(frozen=True)
class Reach:
    """One language that members who get the notice read, and whose wording they see (None: there is none).

    How many they are `about` is told in fives, and not at all (None) where the language isn't told apart.
    """

    language: str
    about: int | None
    sees: str | None


@dataclass(frozen=True)
class Posting:
    """One room of a group in which an announcement is posted, and whose wording is seen there (None: there is none)."""

    room_id: int
    group_id: int
    language: str
    sees: str | None


@dataclass(frozen=True)
class Draft:
    """What a moderator is about to send. `wordings` holds (language, text) as written so far, in the dialogue's order.

    So many `members` get it, and besides those `of_team` who take part. `at_once` counts the members for whom it isn't
    night, and `posted_at_once` tells the same of the rooms in `postings`, which are none if it is for `members_only`;
    `number` is the question a nudge is about.
    """

    notice_id: int
    kind: NoticeKind
    title: str
    languages: tuple[str, ...]
    wordings: tuple[tuple[str, str], ...]
    writing: str
    reaches: tuple[Reach, ...]
    members: int
    of_team: int
    at_once: int
    postings: tuple[Posting, ...]
    posted_at_once: bool
    members_only: bool
    number: int | None
    question_title: str

    @property
    def key(self) -> str:
        """What tells whether it still says the same to the same."""
        return hashlib.sha256(json.dumps([self.wordings, self.members_only]).encode()).hexdigest()

    @property
    def groups(self) -> int:
        """In how many groups it is posted."""
        return len({posting.group_id for posting in self.postings})

    @property
    def read_in(self) -> tuple[str, ...]:
        """The languages that those who get it read."""
        members, rooms = (reach.language for reach in self.reaches), (posting.language for posting in self.postings)
        return tuple(dict.fromkeys((*members, *rooms)))


@dataclass(frozen=True)
class Price:
    """At most so many Stars for a message to so many members, who would else all have it after about so many minutes."""

    members: int
    stars: int
    minutes: int


def meant(notice: Notice) -> ColumnElement[bool]:
    """Whom a notice is for, as a condition on Member."""
    taking_part = counting.takes_part()
    return taking_part if notice.question_id is None else taking_part & reminders.silent(notice.question_id)


async def as_draft(session: AsyncSession, notice: Notice, dialogue: Dialogue, person: Person, now: datetime) -> Draft:
    """A notice as its author sees it before it is sent; the dialogue's questions must be loaded."""
    question = next((one for one in dialogue.questions if one.id == notice.question_id), None)
    rows = await _readers(session, notice, dialogue, counting.without_role())
    of_team = await _readers(session, notice, dialogue, ~counting.without_role())
    return Draft(
        notice_id=notice.id,
        kind=notice.kind,
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        languages=tuple(dialogue.languages),
        wordings=tuple((tag, notice.texts[tag]) for tag in dialogue.languages if tag in notice.texts),
        writing=notice.details[WRITING],
        reaches=_reaches(rows, notice, dialogue, await _told_apart(session, dialogue)),
        members=sum(row[2] for row in rows),
        of_team=sum(row[2] for row in of_team),
        at_once=sum(row[2] for row in rows if schedule.waking(dialogue, now, row[1] or dialogue.timezone) <= now),
        postings=await postings(session, notice, dialogue),
        posted_at_once=schedule.waking(dialogue, now, dialogue.timezone) <= now,
        members_only=MEMBERS_ONLY in notice.details,
        number=question.number if question else None,
        question_title=wordings.in_language(question.title, dialogue, person.language)
        if question and question.title
        else "",
    )


async def _readers(
    session: AsyncSession, notice: Notice, dialogue: Dialogue, who: ColumnElement[bool]
) -> list[tuple[str, str | None, int]]:
    """Of `who`, how many can be reached, by their language and zone."""
    rows = await session.execute(
        select(Person.language, Person.timezone, func.count())
        .join(Member, Member.person_id == Person.id)
        .where(Member.dialogue_id == dialogue.id, meant(notice), Person.unreachable_since.is_(None), who)
        .group_by(Person.language, Person.timezone)
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def _told_apart(session: AsyncSession, dialogue: Dialogue) -> tuple[str, ...]:
    rows = await session.execute(
        select(Person.language, func.count())
        .join(Member, Member.person_id == Person.id)
        .where(Member.dialogue_id == dialogue.id, counting.is_member())
        .group_by(Person.language)
    )
    return breakdown.large_enough({row[0]: row[1] for row in rows})


def _reaches(
    counted: Sequence[tuple[str, str | None, int]], notice: Notice, dialogue: Dialogue, apart: Sequence[str]
) -> tuple[Reach, ...]:
    members: Counter[str] = Counter()
    for language, _, count in counted:
        members[language] += count
    # In the order of the dialogue: any other would tell which group is the larger.
    known = {tag: place for place, tag in enumerate(dialogue.languages)}
    return tuple(
        Reach(
            language,
            breakdown.in_fives(members[language]) if language in apart else None,
            seen(notice, dialogue, language),
        )
        for language in sorted(members, key=lambda tag: (known.get(tag, len(known)), tag))
    )


async def postings(session: AsyncSession, notice: Notice, dialogue: Dialogue) -> tuple[Posting, ...]:
    """The rooms in which an announcement is posted: those where questions are, unless its author wants it in none.

    A nudge, which is for some, is posted nowhere. Rooms may be parts of one chat: a wording that is posted there already
    isn't once more for want of a translation.
    """
    if notice.kind is not NoticeKind.ANNOUNCEMENT or MEMBERS_ONLY in notice.details:
        return ()
    rooms = await session.scalars(
        select(Room)
        .join(Room.group)
        .where(Group.dialogue_id == dialogue.id, Group.silent_since.is_(None), *group_rooms.ASKED)
        .order_by(Room.id)
    )
    posted: dict[tuple[object, ...], Posting] = {}
    for room in sorted(rooms, key=lambda room: not negotiate(room.languages[0], tuple(notice.texts), "")):
        sees = seen(notice, dialogue, room.languages[0])
        place = (room.group_id, room.channel_id, room.thread_id, sees or room.id)
        posted.setdefault(place, Posting(room.id, room.group_id, room.languages[0], sees))
    return tuple(sorted(posted.values(), key=lambda posting: posting.room_id))


def seen(notice: Notice, dialogue: Dialogue, language: str) -> str | None:
    """The language whose wording readers of `language` see; None while there is none."""
    if not notice.texts:
        return None
    fallback = dialogue.source_language if dialogue.source_language in notice.texts else next(iter(notice.texts))
    return readable(language, tuple(notice.texts), fallback)


def offer(shown: Draft, *, may_pay: bool, free_rate: int) -> Price | None:
    """What a paid broadcast would cost, where the host lets moderators choose it, and it would save time."""
    return price(shown.members + shown.of_team, free_rate=free_rate) if may_pay else None


def price(members: int, *, free_rate: int) -> Price | None:
    """The price for so many members; `free_rate` is how many messages a second go out unpaid. None if all have it in a second."""
    if members <= FREE_PER_SECOND:
        return None
    return Price(members, _up(members, MESSAGES_PER_STAR), _up(members, free_rate * MINUTE))


def _up(amount: int, by: int) -> int:
    return -(-amount // by)
