"""Who a delivery goes to, a member or a room, and what it brings, in their language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import permitting, reading
from bot.actions.permitting import Right
from bot.actions.reading import AskedQuestion, Note
from bot.models import Delivery, Dialogue, Group, Kind, Member, Notice, NoticeKind, Person, Question, Room


class Owed(NamedTuple):
    """A delivery's row as the ledger holds it."""

    id: int
    kind: Kind
    dialogue_id: int
    member_id: int | None
    room_id: int | None
    question_id: int | None
    digest_id: int | None
    notice_id: int | None
    due_at: datetime
    at_once: bool
    message_id: int | None


OWED = tuple(getattr(Delivery, name) for name in Owed._fields)


class Reader(NamedTuple):
    """A member or a room as a delivery finds them: Telegram's chat, languages, and what speaks against sending.

    `zone` is empty where the dialogue's counts. `unreachable` says why nothing can be sent there.
    """

    chat_id: int
    languages: tuple[str, ...]
    zone: str | None = None
    thread_id: int | None = None
    unreachable: str | None = None
    paused_until: datetime | None = None
    takes_part: bool = True
    reminders: bool = True
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True)
class Told:
    """What a notice tells: the words a person wrote (empty if none), and what the rest is made from.

    `wordings` are (language, text), one for each language of the reader, as near to it as there is. `zone` is the
    reader's.
    """

    notice_id: int
    kind: NoticeKind
    dialogue_id: int
    dialogue_title: str
    question_id: int | None
    reply_id: int | None
    author_id: int | None
    wordings: tuple[tuple[str, str], ...]
    details: Mapping[str, Any]
    zone: str


@dataclass(frozen=True)
class Letter:
    """A delivery that is on its way: to whom, in which languages, and what it brings (nothing but its id for a digest).

    A person reads one language, a room perhaps several: `asked` is the question in the first, `asked_too` in the
    others. `thread_id` is the topic of a forum group. A reminder with `whole` carries the question itself, because its
    first sending never arrived for certain.
    """

    delivery_id: int
    kind: Kind
    chat_id: int
    languages: tuple[str, ...]
    member_id: int | None = None
    room_id: int | None = None
    thread_id: int | None = None
    asked: AskedQuestion | None = None
    asked_too: tuple[AskedQuestion, ...] = ()
    note: Note | None = None
    digest_id: int | None = None
    notice: Told | None = None
    whole: bool = False
    message_id: int | None = None

    @property
    def language(self) -> str:
        """The first, for most the only, language of the reader."""
        return self.languages[0]


class Content(NamedTuple):
    """What deliveries of one claim bring: dialogues, their numbers of questions, questions and notices, by id."""

    dialogues: dict[int, Dialogue]
    totals: dict[int, int]
    questions: dict[int, Question]
    notices: dict[int, Notice]


async def readers(session: AsyncSession, owed: Collection[Owed]) -> dict[int, Reader]:
    """Who reads each of these deliveries, by the delivery's id."""
    members = await _members(session, {one.member_id for one in owed if one.member_id is not None})
    rooms = await _rooms(session, {one.room_id for one in owed if one.room_id is not None})
    return {
        one.id: rooms[one.room_id] if one.member_id is None else members[one.member_id]
        for one in owed
        if one.member_id in members or one.room_id in rooms
    }


async def _members(session: AsyncSession, ids: Collection[int]) -> dict[int | None, Reader]:
    if not ids:
        return {}
    unreachable = func.coalesce(Person.unreachable_reason, "unreachable")
    rows = await session.execute(
        select(
            Member.id,
            Person.telegram_id,
            Person.language,
            Person.timezone,
            case((Person.unreachable_since.is_not(None), unreachable)),
            Person.paused_until,
            Member.joined_at.is_not(None) & Member.left_at.is_(None),
            Member.reminders,
            Member.role,
            Member.removed_at.is_not(None),
        )
        .join(Member.person)
        .where(Member.id.in_(ids))
    )
    return {
        row[0]: Reader(
            chat_id=row[1],
            languages=(row[2],),
            zone=row[3],
            unreachable=row[4],
            paused_until=row[5],
            takes_part=row[6],
            reminders=row[7],
            rights=frozenset() if row[9] else permitting.rights_of(row[8]),
        )
        for row in rows
    }


async def _rooms(session: AsyncSession, ids: Collection[int]) -> dict[int | None, Reader]:
    if not ids:
        return {}
    silent = func.coalesce(Group.silent_reason, "silent")
    rows = await session.execute(
        select(Room.id, Group.chat_id, Room.languages, Room.thread_id, case((Group.silent_since.is_not(None), silent)))
        .join(Room.group)
        .where(Room.id.in_(ids))
    )
    return {row[0]: Reader(row[1], tuple(row[2]), None, row[3], row[4]) for row in rows}


async def contents(session: AsyncSession, owed: Collection[Owed]) -> Content:
    """What these deliveries bring; dialogues and questions are few, whatever the number of deliveries."""
    counted = select(func.count(Question.id)).where(Question.dialogue_id == Dialogue.id).scalar_subquery()
    dialogues = (
        await session.execute(select(Dialogue, counted).where(Dialogue.id.in_({one.dialogue_id for one in owed})))
    ).all()
    questions = await _by_id(session, Question, {one.question_id for one in owed})
    notices = await _by_id(session, Notice, {one.notice_id for one in owed})
    return Content(
        {row[0].id: row[0] for row in dialogues}, {row[0].id: row[1] for row in dialogues}, questions, notices
    )


async def _by_id(session: AsyncSession, model: Any, ids: Collection[int | None]) -> dict[int, Any]:
    wanted = [each for each in ids if each is not None]
    if not wanted:
        return {}
    return {row.id: row for row in await session.scalars(select(model).where(model.id.in_(wanted)))}


def letter(owed: Owed, reader: Reader, content: Content, *, whole: bool = False) -> Letter:
    """What goes out for one delivery."""
    dialogue = content.dialogues[owed.dialogue_id]
    plain = Letter(
        owed.id, owed.kind, reader.chat_id, reader.languages or (dialogue.source_language,), owed.member_id,
        owed.room_id, reader.thread_id, message_id=owed.message_id,
    )  # fmt: skip
    if owed.kind is Kind.DIGEST:
        return replace(plain, digest_id=owed.digest_id)
    if owed.kind is Kind.NOTICE:
        return replace(plain, notice=_told(content.notices[owed.notice_id or 0], plain, dialogue, reader))
    if owed.question_id is None:
        return replace(plain, note=reading.note(dialogue, plain.language))
    question, total = content.questions[owed.question_id], content.totals[dialogue.id]
    zone = reader.zone or dialogue.timezone
    first, *others = [
        reading.asked(dialogue, question, language=each, zone=zone, total=total) for each in plain.languages
    ]
    return replace(plain, asked=first, asked_too=tuple(others), whole=whole)


def _told(notice: Notice, to: Letter, dialogue: Dialogue, reader: Reader) -> Told:
    source = dialogue.source_language
    return Told(
        notice_id=notice.id,
        kind=notice.kind,
        dialogue_id=dialogue.id,
        dialogue_title=reading.in_language(dialogue.title, dialogue, to.language),
        question_id=notice.question_id,
        reply_id=notice.reply_id,
        author_id=notice.author_id,
        wordings=tuple(reading.nearest_with_language(notice.texts, each, source) for each in to.languages)
        if notice.texts
        else (),
        details=notice.details,
        zone=reader.zone or dialogue.timezone,
    )
