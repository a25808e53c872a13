"""Someone who has left a trace wherever there can be one: a row of theirs in every table that has anything of a person."""

import json
from datetime import time, timedelta
from typing import Any

from planting import MONDAY
from sqlalchemy import JSON, Boolean, Column, Enum, Integer, Interval, LargeBinary, Time, insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.features.menu import actions as menu_actions
from bot.models import Base
from bot.models.base import Impersonal, UtcDateTime, WallClock
from bot.models.personal import owner_by

Ids = dict[str, Any]  # by table, of one row
IMPERSONAL = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if issubclass(mapper.class_, Impersonal)}
EMPTY = {
    ("delivery", "room_id"),
    ("notice", "reply_id"),
    ("dialogue_draft", "dialogue_id"),  # all who organise a dialogue write the same
}  # it has one reader; what a moderator announces is of no reply


async def leave(session: AsyncSession, telegram_id: int, *, among: Ids, other: Ids | None = None) -> Ids:
    """Leave a row in each table: of impersonal ones only in those that aren't in `among` yet, where its id is added.

    Every word in a personal one ends with "of" and the account's number. Where a row has to do with a second person,
    that is the `other`. Returns the ids of the rows that are not shared.
    """
    own: Ids = {}
    for table in Base.metadata.sorted_tables:
        shared = table.name in IMPERSONAL
        if shared and table.name in among:
            continue
        ids = own | among
        values = {each.name: _value(each, telegram_id, ids, ids | (other or {})) for each in table.columns}
        known = {name: value for name, value in values.items() if value is not None}
        key = await session.scalar(insert(table).values(known).returning(*table.primary_key))
        (among if shared else own)[table.name] = key
    return own


def _value(column: Column[Any], telegram_id: int, ids: Ids, with_other: Ids) -> object:
    table = column.table.name
    for key in column.foreign_keys:
        owner = owner_by(column)
        second = owner is not None and owner.only is not None and not column.primary_key
        return None if (table, column.name) in EMPTY else (with_other if second else ids).get(key.column.table.name)
    words = f"{table}.{column.name} of {telegram_id}"
    known = {
        "id": None,
        "timezone": "UTC",
        "language": f"x-{telegram_id}",
        "counted_language": f"x-{telegram_id}",
        "subject": menu_actions.menu_of(telegram_id),
        "raw": json.dumps({"update_id": 1, "message": {"message_id": 1, "text": words}}),
    }
    return known[column.name] if column.name in known else _of_type(column, telegram_id, words)


def _of_type(column: Column[Any], number: int, words: str) -> object:
    kind = column.type
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(kind.enums[0])
    values: dict[type, object] = {
        UtcDateTime: MONDAY,
        WallClock: MONDAY.replace(tzinfo=None),
        Time: time(8),
        Interval: timedelta(hours=1),
        Integer: number,
        Boolean: True,
        LargeBinary: words.encode(),
        JSON: {"words": words},
    }
    return next((value for each, value in values.items() if isinstance(kind, each)), words)
