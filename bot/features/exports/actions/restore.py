"""An export is restored in another installation: the dialogue, and every record as it stood."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import JSON, Column, Enum, func, inspect, select, update
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import DialogueFile
from bot.features.dialogues.actions import files
from bot.features.events.actions import programme
from bot.features.exports.actions.records import POINTED_TO, TABLES, Carried, Given, Record, name_of
from bot.models import Dialogue, Member, Naming, Person, Question, Reply, Role
from bot.models.base import Base, UtcDateTime

BATCH = 500
_TABLES = {table.record: table for table in TABLES}

Line = tuple[int, Record]  # its number in the file, from 1
Voice = tuple[str, int]  # what a member stands for: author 1, moderator 2, …


class AlreadyThere(Exception):
    """The installation has a dialogue of this slug: an export is brought in once."""


class NotAnExport(Exception):
    """A file is no export in lines of JSON, or a damaged one; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(frozen=True)
class Stranger:
    """Who is to stand for an author as they were named, or for someone of whom nothing is known."""

    naming: Naming = Naming.ANONYMOUS
    name: str | None = None
    quotable: bool = False


@dataclass(frozen=True)
class Understood:
    """A record as a row: its columns, the voices behind some of them, and for a response the number of its parent."""

    values: Mapping[str, Any]
    voices: Mapping[str, Voice]
    parent: int | None


class Restorer:
    """Brings records in one after the other. Whoever they speak of takes no part, and nothing can reach them."""

    def __init__(
        self,
        session: AsyncSession,
        dialogue: Dialogue,
        questions: dict[int, int],
        events: dict[int, int],
        *,
        stranger: int,
        now: datetime,
    ) -> None:
        self._session, self._now = session, now
        self._dialogue_id, self._language = dialogue.id, dialogue.source_language
        self._next_stranger = stranger
        self._ids: defaultdict[str, dict[int, int]] = defaultdict(dict)  # of what there is, by its number
        self._ids["question"], self._ids["event"] = questions, events
        self._kept: Counter[str] = Counter()
        self._awaited: dict[Voice, Stranger] = {}
        self._members: dict[Voice, int] = {}
        self._taps: Counter[tuple[object, ...]] = Counter()
        self._moved: dict[str, Any] = {}  # columns of the dialogue that once were a record's

    async def take(self, lines: Iterable[Line]) -> int:
        """Keep records, each after all it points to; returns how many of them are replies. Raises NotAnExport."""
        replies = 0
        for name, run in groupby(lines, key=lambda line: str(line[1].get("record"))):
            while some := list(islice(run, BATCH)):
                first_line = some[0][0]
                if name not in _TABLES:
                    raise NotAnExport(first_line)
                try:
                    await self._keep(_TABLES[name], some)
                except (StatementError, OverflowError):  # what no database holds, or holds twice
                    raise NotAnExport(first_line) from None
                replies += len(some) if name == "reply" else 0
        return replies

    async def _keep(self, table: Carried, lines: Sequence[Line]) -> None:
        first = self._kept[table.record] + 1
        understood = [self._understand(table, line, number) for number, line in enumerate(lines, start=first)]
        await self._meet({voice for one in understood for voice in one.voices.values()})
        rows: list[Any] = [
            table.model(**one.values, **{column: self._members[voice] for column, voice in one.voices.items()})
            for one in understood
        ]
        self._session.add_all(rows)
        await self._session.flush()
        numbers = {number: inspect(row).identity[0] for number, row in enumerate(rows, start=first)}
        if self._moved:
            await self._session.execute(update(Dialogue).where(Dialogue.id == self._dialogue_id).values(self._moved))
            self._moved.clear()
        self._kept[table.record] += len(rows)
        if table.record in POINTED_TO:
            self._ids[table.record] |= numbers
        for one, row in zip(understood, rows, strict=True):
            if one.parent is not None:
                row.parent_id = self._ids[table.record][one.parent]
        await self._session.flush()
        self._session.expunge_all()

    def _understand(self, table: Carried, line: Line, number: int) -> Understood:
        try:
            return self._read(table, line[1], number)
        except (KeyError, TypeError, ValueError):
            raise NotAnExport(line[0]) from None

    def _read(self, table: Carried, record: Record, number: int) -> Understood:
        left = {name: value for name, value in record.items() if name != "record"}
        values, voices, parent = self._given(table, number), dict[str, Voice](), None
        for column, target in table.pointers.items():
            if target == "stranger":
                voices[column] = self._tap(table, record)
                continue
            if column in table.later and name_of(column) not in left:
                continue
            pointed = left.pop(name_of(column))
            if target == table.record and pointed is not None:
                parent = _earlier(pointed, number)
            elif target == "moderator" and pointed is not None:
                voices[column] = ("moderator", int(pointed))
            else:
                values[column] = _checked(table.model, column, pointed and self._ids[target][pointed])
        if table.model is Reply:
            values["signature"] = left["author"]
            voices["member_id"] = self._author(left, number)
        written = [column for column in table.columns if column in left or not _came_later(table, column)]
        values |= {column: _checked(table.model, column, left.pop(column)) for column in written}
        self._moved |= {
            column: _checked(Dialogue, column, left.pop(column)) for column in table.moved if column in left
        }
        if left:
            raise ValueError("a field that isn't known here")
        return Understood(values, voices, parent)

    def _given(self, table: Carried, number: int) -> dict[str, Any]:
        special = {Given.NUMBER: number, Given.NOW: self._now}
        values = {
            column: special[value] if isinstance(value, Given) else value for column, value in table.given.items()
        }
        if "dialogue_id" in inspect(table.model).columns:
            values["dialogue_id"] = self._dialogue_id
        return values

    def _tap(self, table: Carried, record: Record) -> Voice:
        """Someone who hasn't tapped here yet: the second stranger is whoever tapped second, wherever that was."""
        place = (table.record, record.get("question"), record["reply"])
        self._taps[place] += 1
        return ("stranger", self._taps[place])

    def _author(self, left: Record, number: int) -> Voice:
        """The author of a reply, by their number; for each anonymous one somebody else."""
        name, author, quotable = left.pop("author"), left.pop("author_number"), left.pop("quotable")
        voice = ("anonymous", number) if author is None else ("author", int(author))
        if not (name is None or isinstance(name, str)) or not (quotable is None or isinstance(quotable, bool)):
            raise TypeError("no author")
        self._awaited[voice] = Stranger(Naming(left["naming"]), name, bool(quotable and name))
        return voice

    async def _meet(self, voices: Collection[Voice]) -> None:
        """Make members of those whom nobody stands for yet."""
        new = {voice: self._awaited.get(voice, Stranger()) for voice in sorted(voices) if voice not in self._members}
        self._awaited.clear()
        persons = [self._person() for _ in new]
        self._session.add_all(persons)
        await self._session.flush()
        members = [self._member(person.id, one) for person, one in zip(persons, new.values(), strict=True)]
        self._session.add_all(members)
        await self._session.flush()
        self._members |= {voice: member.id for voice, member in zip(new, members, strict=True)}

    def _person(self) -> Person:
        self._next_stranger -= 1  # no account of Telegram has a negative id
        return Person(
            telegram_id=self._next_stranger,
            language=self._language,
            unreachable_since=self._now,
            unreachable_reason="came with an export",
        )

    def _member(self, person_id: int, stranger: Stranger) -> Member:
        return Member(
            dialogue_id=self._dialogue_id,
            person_id=person_id,
            role=Role.MEMBER,
            naming=stranger.naming,
            display_name=stranger.name if stranger.naming is Naming.NAME else None,
            pseudonym=stranger.name if stranger.naming is Naming.PSEUDONYM else None,
            reminders=False,
            quotable=stranger.quotable,
        )


def _earlier(pointed: int, number: int) -> int:
    if not 0 < pointed < number:
        raise ValueError("a response comes after what it responds to")
    return pointed


def _came_later(table: Carried, name: str) -> bool:
    """Whether a column has a value of its own where an export, written before there was such a column, lacks it."""
    return name in table.later or inspect(table.model).columns[name].server_default is not None


def _checked(model: type[Base], name: str, value: Any) -> Any:
    """A value as its column holds it; raises TypeError or ValueError for one that it doesn't."""
    column: Column[Any] = inspect(model).columns[name]
    if value is None and column.nullable:
        return None
    match column.type:
        case UtcDateTime():
            return _moment(value)
        case Enum():
            return column.type.enum_class(value)  # type: ignore[misc]  # all of ours have a class
        case JSON():
            kinds: tuple[type, ...] = (dict, list)
        case _:
            kinds = (column.type.python_type,)
    if not isinstance(value, kinds):
        raise TypeError(f"no value of {name}")
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment must be aware")
    return moment


async def begin(session: AsyncSession, file: DialogueFile, *, now: datetime) -> Restorer:
    """Make the dialogue of an export, ready to take its records; raises AlreadyThere."""
    if await session.scalar(select(Dialogue.id).where(Dialogue.slug == file.slug)) is not None:
        raise AlreadyThere(file.slug)
    imported = await files.import_file(session, file, now=now)
    dialogue = await session.get_one(Dialogue, imported.dialogue_id)
    positions = await session.execute(
        select(Question.position, Question.id).where(Question.dialogue_id == imported.dialogue_id)
    )
    questions = {position + 1: question_id for position, question_id in positions}
    standing = await programme.standing(session, imported.dialogue_id)
    events = {number: event.id for number, event in enumerate(standing, start=1)}
    lowest = await session.scalar(select(func.min(Person.telegram_id))) or 0
    return Restorer(session, dialogue, questions, events, stranger=min(lowest, 0), now=now)
