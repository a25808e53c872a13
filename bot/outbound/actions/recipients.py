"""Who a delivery goes to, a member or a room, and what it brings, in their language."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.core import questions, rights, schedule, wordings
from bot.core.questions import AskedQuestion
from bot.core.rights import Right
from bot.database import run
from bot.ledger.letters import Letter, Owed, Told
from bot.models import Dialogue, Group, Kind, Member, Notice, Person, Question, Room


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


class Content(NamedTuple):
    """What deliveries of one claim bring: dialogues, their numbers of questions, questions and notices, by id.

    `asked` holds questions as they are read in a language, which is the same for many.
    """

    dialogues: dict[int, Dialogue]
    totals: dict[int, int]
    questions: dict[int, Question]
    notices: dict[int, Notice]
    asked: dict[tuple[int, str], AskedQuestion]

    def read(self, question_id: int, language: str, zone: str) -> AskedQuestion:
        """A question for a reader of `language` in `zone`."""
        question = self.questions[question_id]
        dialogue, total = self.dialogues[question.dialogue_id], self.totals[question.dialogue_id]
        key = (question_id, language)
        if key not in self.asked:
            self.asked[key] = questions.asked(dialogue, question, language=language, zone=zone, total=total)
        return replace(self.asked[key], zone=zone, closes_at=schedule.closes_at(dialogue, question, zone))


# Built once: a claim is made thirty times a second and more, and to build a statement costs as much as to run it.
MEMBER, PERSON, ROOM, GROUP = (model.__table__ for model in (Member, Person, Room, Group))
_MEMBERS = (
    select(
        MEMBER.c.id,
        PERSON.c.telegram_id,
        PERSON.c.language,
        PERSON.c.timezone,
        case((PERSON.c.unreachable_since.is_not(None), func.coalesce(PERSON.c.unreachable_reason, "unreachable"))),
        PERSON.c.paused_until,
        MEMBER.c.joined_at.is_not(None) & MEMBER.c.left_at.is_(None),
        MEMBER.c.reminders,
        MEMBER.c.role,
        MEMBER.c.removed_at.is_not(None),
    )
    .join(PERSON, PERSON.c.id == MEMBER.c.person_id)
    .where(MEMBER.c.id.in_(bindparam("ids", expanding=True)))
)
_ROOMS = (
    select(
        ROOM.c.id,
        func.coalesce(ROOM.c.channel_id, GROUP.c.chat_id),
        ROOM.c.languages,
        case((ROOM.c.channel_id.is_(None), ROOM.c.thread_id)),  # a channel has no topics
        case(
            (GROUP.c.unlinked_at.is_not(None) | ROOM.c.retired_at.is_not(None), "unlinked"),
            (GROUP.c.silent_since.is_not(None), func.coalesce(GROUP.c.silent_reason, "silent")),
        ),
    )
    .join(GROUP, GROUP.c.id == ROOM.c.group_id)
    .where(ROOM.c.id.in_(bindparam("ids", expanding=True)))
)
_OF_DIALOGUE = aliased(Question)
_QUESTIONS = (
    select(
        Question,
        Dialogue,
        select(func.count(_OF_DIALOGUE.id)).where(_OF_DIALOGUE.dialogue_id == Dialogue.id).scalar_subquery(),
    )
    .join(Dialogue, Dialogue.id == Question.dialogue_id)
    .where(Question.id.in_(bindparam("ids", expanding=True)))
)
_DIALOGUES = select(Dialogue).where(Dialogue.id.in_(bindparam("ids", expanding=True)))
_NOTICES = select(Notice).where(Notice.id.in_(bindparam("ids", expanding=True)))


async def readers(session: AsyncSession, owed: Collection[Owed]) -> dict[int, Reader]:
    """Who reads each of these deliveries, by the delivery's id."""
    members = await _members(session, {one.member_id for one in owed if one.member_id is not None})
    rooms = await _rooms(session, {one.room_id for one in owed if one.room_id is not None})
    return {one.id: rooms[one.room_id] if one.member_id is None else members[one.member_id] for one in owed}


async def _members(session: AsyncSession, ids: Collection[int]) -> dict[int | None, Reader]:
    if not ids:
        return {}
    rows = await run(session, _MEMBERS, {"ids": list(ids)})
    return {
        row[0]: Reader(
            chat_id=row[1],
            languages=(row[2],),
            zone=row[3],
            unreachable=row[4],
            paused_until=row[5],
            takes_part=row[6],
            reminders=row[7],
            rights=frozenset() if row[9] else rights.rights_of(row[8]),
        )
        for row in rows
    }


async def _rooms(session: AsyncSession, ids: Collection[int]) -> dict[int | None, Reader]:
    if not ids:
        return {}
    rows = await run(session, _ROOMS, {"ids": list(ids)})
    return {row[0]: Reader(row[1], tuple(row[2]), None, row[3], row[4]) for row in rows}


async def contents(session: AsyncSession, owed: Collection[Owed]) -> Content:
    """What these deliveries bring; dialogues and questions are few, whatever the number of deliveries."""
    content = Content({}, {}, {}, {}, {})
    if ids := {one.question_id for one in owed if one.question_id is not None}:
        for question, dialogue, total in await session.execute(_QUESTIONS, {"ids": list(ids)}):
            content.questions[question.id] = question
            content.dialogues[dialogue.id], content.totals[dialogue.id] = dialogue, total
    if ids := {one.dialogue_id for one in owed} - content.dialogues.keys():
        dialogues = await session.scalars(_DIALOGUES, {"ids": list(ids)})
        content.dialogues.update({dialogue.id: dialogue for dialogue in dialogues})
    if ids := {one.notice_id for one in owed if one.notice_id is not None}:
        notices = await session.scalars(_NOTICES, {"ids": list(ids)})
        content.notices.update({notice.id: notice for notice in notices})
    return content


def letter(owed: Owed, reader: Reader, content: Content, *, whole: bool = False) -> Letter:
    """What goes out for one delivery."""
    dialogue = content.dialogues[owed.dialogue_id]
    languages = reader.languages or (dialogue.source_language,)
    return Letter(
        owed.id, owed.kind, reader.chat_id, languages, owed.member_id, owed.room_id, reader.thread_id,
        paid=owed.paid, message_id=owed.message_id, **_brought(owed, reader, languages, content, whole=whole),
    )  # fmt: skip


def _brought(owed: Owed, reader: Reader, languages: Sequence[str], content: Content, *, whole: bool) -> dict[str, Any]:
    dialogue = content.dialogues[owed.dialogue_id]
    if owed.kind is Kind.DIGEST:
        return {"digest_id": owed.digest_id}
    if owed.kind is Kind.NOTICE:
        return {"notice": _told(content.notices[owed.notice_id or 0], languages, dialogue, reader)}
    if owed.question_id is None:
        return {"note": questions.note(dialogue, languages[0])}
    zone = reader.zone or dialogue.timezone
    first, *others = [content.read(owed.question_id, each, zone) for each in languages]
    return {"asked": first, "asked_too": tuple(others), "whole": whole}


def _told(notice: Notice, languages: Sequence[str], dialogue: Dialogue, reader: Reader) -> Told:
    source = dialogue.source_language
    return Told(
        notice_id=notice.id,
        kind=notice.kind,
        dialogue_id=dialogue.id,
        dialogue_title=wordings.in_language(dialogue.title, dialogue, languages[0]),
        question_id=notice.question_id,
        reply_id=notice.reply_id,
        author_id=notice.author_id,
        wordings=tuple(wordings.nearest_with_language(notice.texts, each, source) for each in languages)
        if notice.texts
        else (),
        details=notice.details,
        zone=reader.zone or dialogue.timezone,
    )
