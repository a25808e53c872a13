"""The records of an export: what belongs to a dialogue is taken along table by table, so that another installation can have it as it was.

Rows come as records: plain values under the names of their columns, with numbers in place of ids. What members may not
read isn't in them, and nothing leads from a record to an account; docs/exports.md says what is left behind, and why.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import authors, visibility
from bot.features.events.actions import programme
from bot.features.exports.actions.numbers import Numbers
from bot.features.exports.actions.replies import roughly
from bot.models import (
    Attachment,
    Audience,
    Base,
    Dialogue,
    Flag,
    Group,
    KeyPoint,
    LogEntry,
    Naming,
    Notice,
    NoticeKind,
    Question,
    Reply,
    Room,
    Rung,
    Summary,
    Support,
    Theme,
    ThemeReply,
    Translation,
    Visibility,
    Waiver,
)

PAGE = 500  # rows in memory at a time

Record = dict[str, Any]


class Given(StrEnum):
    """What a column that was left behind gets where a record is brought in."""

    NUMBER = "the number of the record"
    NOW = "the moment it is brought in"


@dataclass(frozen=True)
class Carried:
    """A table whose rows come along as records of a name.

    `columns` come as they are. `pointers` say what a column points to: records of that name by their number, a
    `moderator` by a number of their own, or a `stranger`, of whom nothing is told. `given` is for columns that can't
    be empty and were left behind. What has `moved` is the dialogue's own by now, and stands here in exports from before; what came
    `later` doesn't.
    """

    record: str
    model: type[Base]
    columns: tuple[str, ...]
    pointers: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, object] = field(default_factory=dict)
    only: ColumnElement[bool] | None = None
    moved: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    def is_kept_without(self, column: str) -> bool:
        """Whether a row makes sense without what this column points to, as it does when that is erased."""
        (key,) = inspect(self.model).columns[column].foreign_keys
        return key.ondelete == "SET NULL"


TABLES = (
    Carried(
        "reply",
        Reply,
        (
            *("kind", "text", "language", "language_source", "late", "replied_at", "kept_at", "edited_at"),
            *("featured_at", "naming", "as_moderator"),
        ),
        {"question_id": "question", "parent_id": "reply"},
        {"audience": Audience.MEMBERS, "visibility": Visibility.SHOWN, "message_id": Given.NUMBER},
        only=visibility.to_members(),
    ),
    Carried(
        "attachment",
        Attachment,
        ("kind", "mime_type", "size", "duration"),
        {"reply_id": "reply"},
        {"message_id": Given.NUMBER},
    ),
    Carried(
        "translation", Translation, ("language", "text", "origin", "service", "translated_at"), {"reply_id": "reply"}
    ),
    Carried(
        "rung",
        Rung,
        ("kind", "tapped_at"),
        {"question_id": "question", "reply_id": "reply", "member_id": "stranger"},
    ),
    Carried("flag", Flag, ("flagged_at", "looked_at"), {"reply_id": "reply", "member_id": "stranger"}),
    Carried("theme", Theme, ("name", "method", "made_from", "created_at", "accepted_at"), {"question_id": "question"}),
    Carried(
        "theme_reply",
        ThemeReply,
        ("decided", "placed_at"),
        {"reply_id": "reply", "theme_id": "theme", "decided_by_id": "moderator"},
    ),
    Carried(
        "key_point",
        KeyPoint,
        ("position", "text", "versions", "strength", "created_at", "consulted_at", "basis"),
        {"question_id": "question", "event_id": "event"},
        later=("basis", "event_id"),
    ),
    Carried(
        "support",
        Support,
        ("start", "end", "span", "chosen_at"),
        {"key_point_id": "key_point", "reply_id": "reply"},
    ),
    Carried(
        "summary",
        Summary,
        (
            *("background", "background_versions"),
            *("issue", "published_at", "followed_up_at"),
        ),
        moved=("with_quotes", "with_strength"),
    ),
    Carried("waiver", Waiver, ("difference", "waived_at"), {"member_id": "moderator"}),
    Carried(
        "notice",
        Notice,
        ("kind", "texts", "details", "created_at", "cancelled_at"),
        {"question_id": "question", "author_id": "moderator"},
        only=Notice.kind.in_([NoticeKind.ANNOUNCEMENT, NoticeKind.NUDGE]),
    ),
    Carried("group", Group, ("title", "linked_at", "told_at"), {}, {"chat_id": Given.NUMBER, "unlinked_at": Given.NOW}),
    Carried(
        "room",
        Room,
        ("languages", "wants_topic", "reopens", "told_at"),
        {"group_id": "group"},
        {"retired_at": Given.NOW},
    ),
    Carried(
        "log_entry",
        LogEntry,
        ("act", "role", "reason", "done_at"),
        {"actor_id": "moderator", "reply_id": "reply"},
    ),
)
"""In this order a record comes after all that it points to."""

POINTED_TO = frozenset(target for table in TABLES for target in table.pointers.values())
"""The names of the records whose numbers stand in others: those of the rest needn't be remembered."""


class Carrier:
    """Takes one dialogue (its questions loaded) along. Numbers count the records of a name from 1, oldest first."""

    def __init__(self, session: AsyncSession, dialogue: Dialogue) -> None:
        self._session, self._dialogue_id = session, dialogue.id
        self._numbers: defaultdict[str, Numbers] = defaultdict(Numbers)
        self._questions = {question.id: question.number for question in dialogue.questions}
        self._events: dict[int, int] = {}
        self._moderators: dict[int, int] = {}
        self._authors: dict[tuple[int, Naming, str], int] = {}

    async def records(self) -> AsyncIterator[list[Record]]:
        """All that comes along, some hundred records at a time, each with its name under "record"."""
        events = await programme.standing(self._session, self._dialogue_id)
        self._events = {event.id: number for number, event in enumerate(events, start=1)}
        for table in TABLES:
            found = await self._session.stream_scalars(
                _rows(table, self._dialogue_id).execution_options(yield_per=PAGE)
            )
            async for rows in found.partitions():
                yield [record for row in rows if (record := self._record(table, row)) is not None]

    def _record(self, table: Carried, row: Any) -> Record | None:
        record: Record = {"record": table.record}
        for column, target in table.pointers.items():
            if target == "stranger":
                continue
            number = self._number(target, getattr(row, column))
            if number is None and getattr(row, column) is not None and not _is_kept(table, column):
                return None
            record[name_of(column)] = number
        record |= {column: _plain(getattr(row, column)) for column in table.columns}
        if isinstance(row, Reply):
            record |= self._authorship(row)
        if table.record in POINTED_TO:
            self._numbers[table.record].add(inspect(row).identity[0])
        return record

    def _number(self, target: str, key: int | None) -> int | None:
        if key is None:
            return None
        match target:
            case "question":
                return self._questions.get(key)
            case "event":
                return self._events.get(key)
            case "moderator":  # in the order in which they first appear
                return self._moderators.setdefault(key, len(self._moderators) + 1)
        return self._numbers[target].of(key)

    def _authorship(self, reply: Reply) -> Record:
        """How the author is named, and which of the authors so named they are; of an anonymous one, nothing that ties.

        Neither whether they agreed to be quoted, which may be rare, nor the moment, which may stand beside another reply's.
        """
        author = authors.author_of(reply)
        name = author.name or author.pseudonym
        if not name:
            nothing: Record = {"author": None, "author_number": None, "quotable": None}
            return nothing if author.is_moderator else nothing | _rough_moments(reply)
        number = self._authors.setdefault((reply.member_id, author.naming, name), len(self._authors) + 1)
        return {"author": name, "author_number": number, "quotable": reply.member.quotable}


def _rough_moments(reply: Reply) -> Record:
    moments = {"replied_at": reply.replied_at, "kept_at": reply.kept_at, "edited_at": reply.edited_at}
    return {column: _plain(moment and roughly(moment)) for column, moment in moments.items()}


def name_of(column: str) -> str:
    """What a pointer is called in records: "question" for question_id."""
    return column.removesuffix("_id")


def _is_kept(table: Carried, column: str) -> bool:
    # A response to what isn't exported is one all the same: the reply it responds to is withdrawn or hidden, not erased.
    return table.model is Reply or table.is_kept_without(column)


def _rows(table: Carried, dialogue_id: int) -> Select[Any]:
    """The rows of a table that belong to a dialogue, oldest first; those of replies that stay behind among them."""
    model: Any = table.model
    rows = select(model).order_by(*inspect(model).primary_key)
    if table.only is not None:
        rows = rows.where(table.only)
    if model is Reply:
        rows = rows.options(joinedload(Reply.member))
    if "dialogue_id" in inspect(model).columns:
        return rows.where(model.dialogue_id == dialogue_id)
    owner, column = _OWNERS[model]
    return rows.where(column.in_(select(owner.id).where(owner.dialogue_id == dialogue_id)))


_OWNERS: Mapping[Any, tuple[Any, Any]] = {
    Attachment: (Reply, Attachment.reply_id),
    Translation: (Reply, Translation.reply_id),
    Rung: (Question, Rung.question_id),
    Flag: (Reply, Flag.reply_id),
    ThemeReply: (Reply, ThemeReply.reply_id),
    Support: (KeyPoint, Support.key_point_id),
    Room: (Group, Room.group_id),
}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
