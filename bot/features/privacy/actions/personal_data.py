"""All that is kept of a person, to be given to them: found by the marks that stand in the models, and nobody else's words.

Beginning with the person, each row brings along those that are its own: a membership its replies, a reply its earlier
states.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, RowMapping, Table, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import wordings
from bot.features.menu import actions as menu_actions
from bot.models import Base, Dialogue, InboxUpdate, Member, Person, Published
from bot.models.personal import Owner, owner_by, why_kept

REPEATED = frozenset({"quote", "external_reply"})  # in a message as Telegram has it: what it repeats of another

Told = dict[str, object]
TABLES: Sequence[Table] = Base.metadata.sorted_tables
_PERSON, _INBOX, _PUBLISHED = (Base.metadata.tables[model.__tablename__] for model in (Person, InboxUpdate, Published))


class Link(NamedTuple):
    """A column that leads to whose row it is, the column it leads to, and how the owner is told of such rows."""

    column: Column[Any]
    leads_to: Column[Any]
    owner: Owner

    def told(self) -> list[Column[Any]]:
        """The columns of such a row that its owner is told."""
        only = self.owner.only
        return [each for each in personal_columns(self.column.table) if only is None or each.name in only]


def personal_columns(table: Table) -> list[Column[Any]]:
    """The columns of a table that are personal, in their order."""
    return [column for column in table.columns if why_kept(column)]


def links_to(table: Table) -> Iterator[Link]:
    """What leads to a row of this table as its owner: foreign keys and, without one, the number of a person's account."""
    for column in (column for other in TABLES for column in other.columns):
        owner = owner_by(column)
        if owner is not None:
            leads_to = next((key.column for key in column.foreign_keys), _PERSON.c.telegram_id)
            if leads_to.table is table:
                yield Link(column, leads_to, owner)


def reasons() -> dict[str, dict[str, str]]:
    """By table and column, to what end that is kept which is personal."""
    found = {table.name: {each.name: why_kept(each) or "" for each in personal_columns(table)} for table in TABLES}
    return {name: whys for name, whys in found.items() if whys}


async def portrait(session: AsyncSession, person: Person, *, now: datetime) -> Told:
    """All that is kept of a person, as JSON-ready values; moments in ISO 8601, UTC. What there is nothing of is left out."""
    ((_, told),) = await _rows(session, personal_columns(_PERSON), _PERSON.c.id == person.id)
    subject = menu_actions.menu_of(person.telegram_id)
    menus = await _rows(session, personal_columns(_PUBLISHED), _PUBLISHED.c.subject == subject)
    menu = {"command_menu": [menu for _, menu in menus]} if menus else {}
    return {"exported_at": now.isoformat()} | told | menu | {"why_it_is_kept": reasons()}


@dataclass(frozen=True)
class Titles:
    """The titles of a person's dialogues, and the number and title of each question of these, in their language."""

    dialogues: Mapping[int, str]
    questions: Mapping[int, tuple[int, str]]


async def titles(session: AsyncSession, person: Person) -> Titles:
    """What stands behind the ids in a portrait."""
    found = await session.scalars(
        select(Dialogue)
        .where(Dialogue.id.in_(select(Member.dialogue_id).where(Member.person_id == person.id)))
        .options(selectinload(Dialogue.questions))
    )
    dialogues = found.all()
    return Titles(
        {each.id: wordings.in_language(each.title, each, person.language) for each in dialogues},
        {
            question.id: (question.number, wordings.in_language(question.title, each, person.language))
            for each in dialogues
            for question in each.questions
        },
    )


async def _rows(
    session: AsyncSession, columns: Sequence[Column[Any]], condition: ColumnElement[bool]
) -> list[tuple[RowMapping, Told]]:
    """The rows of the columns' table, each with what is told of it: these columns, and the rows that are its own."""
    table = columns[0].table
    rows = (await session.execute(select(table).where(condition).order_by(*table.primary_key))).mappings().all()
    told: list[Told] = [{each.name: _plain(each, row[each]) for each in columns} for row in rows]
    for link in links_to(table):
        owners = select(link.leads_to).where(condition)
        own: dict[object, list[Told]] = {}
        for row, one in await _rows(session, link.told(), link.column.in_(owners)):
            own.setdefault(row[link.column], []).append(one)
        for row, one in zip(rows, told, strict=True):
            if row[link.leads_to] in own:
                one[link.owner.told_as] = own[row[link.leads_to]]
    return list(zip(rows, told, strict=True))


def _plain(column: Column[Any], value: object) -> object:
    if column is _INBOX.c.raw:
        return without_others(json.loads(str(value) or "{}"))
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime | time) else value


def without_others(update: dict[str, object]) -> dict[str, object]:
    """An update as Telegram sent it, but for what it repeats: of a message within a message, or a tap, the number stays."""
    return {kind: _own(content) if isinstance(content, dict) else content for kind, content in update.items()}


def _own(content: dict[str, object]) -> dict[str, object]:
    return {name: _shortened(value) for name, value in content.items() if name not in REPEATED}


def _shortened(value: object) -> object:
    if isinstance(value, list):
        return [_shortened(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {"message_id": value["message_id"]} if "message_id" in value else _own(value)
