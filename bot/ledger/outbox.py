"""The outbox: the one way into the ledger. What the bot owes is written down with what it follows from, once for each reader."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Label, Select, SQLColumnExpression, bindparam, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Insert, insert, run
from bot.models import Delivery, Dialogue, State

GIVEN_UP = (State.DROPPED, State.UNREACHABLE)
UNSENT = (State.PLANNED, *GIVEN_UP)
WENT_OUT = Delivery.state.in_([State.SENDING, State.SENT, State.UNCERTAIN]) | Delivery.again
"""Whether a delivery has arrived, or may have; as a condition."""

_COLUMNS = Delivery.__table__.c
_LOCK = select(Dialogue.id).where(Dialogue.id == bindparam("dialogue")).with_for_update(key_share=True)
_ABOUT = {"kind", *(column.key for column in _COLUMNS if column.foreign_keys)}


async def owe(session: AsyncSession, **delivery: object) -> int:
    """Owe one delivery, given by the ledger's columns; returns 1, or 0 if it was owed already.

    A column that isn't named has its default. What is owed already, to the same reader and about the same, stays as it
    is: nothing is ever owed twice.
    """
    return await _add(session, insert(session, Delivery).values(**delivery))


async def owe_all(session: AsyncSession, rows: Select[Any]) -> int:
    """Owe what a SELECT of `columns` finds, by one statement, on the same terms; returns how many weren't owed before."""
    return await _add(session, insert(session, Delivery).from_select(rows.selected_columns.keys(), rows))


def columns(**values: object) -> list[Label[Any]]:
    """What to select for `owe_all`: values or expressions, by the ledger's columns."""
    return [
        (value if isinstance(value, SQLColumnExpression) else literal(value, _COLUMNS[name].type)).label(name)
        for name, value in values.items()
    ]


async def _add(session: AsyncSession, rows: Insert) -> int:
    added = await session.execute(rows.on_conflict_do_nothing(), execution_options={"preserve_rowcount": True})
    return added.rowcount  # type: ignore[attr-defined,no-any-return]  # an INSERT's result has it


async def owe_again(session: AsyncSession, *, states: Collection[State], **delivery: object) -> None:
    """Owe one delivery; if it is owed already, and in one of these states, it is planned anew as it is given here."""
    await owe(session, **delivery)
    same = [getattr(Delivery, name) == value for name, value in delivery.items() if name in _ABOUT]
    changes = {name: value for name, value in delivery.items() if name not in _ABOUT}
    await session.execute(
        update(Delivery).where(*same, Delivery.state.in_(states)).values(state=State.PLANNED, reason=None, **changes)
    )


async def lock(session: AsyncSession, dialogue_id: int) -> None:
    """Hold off all others who plan a question of a dialogue, or bring a reader to it, until this transaction ends.

    So either the plan of a question sees whoever joins, or they see the plan.
    """
    # It lets foreign keys through: who has just joined holds such a lock on the dialogue already, and two of them
    # would wait for each other.
    if session.get_bind().dialect.name == "postgresql":
        await run(session, _LOCK, {"dialogue": dialogue_id})
    else:
        await session.connection()  # on SQLite all that write take turns anyway, once they have begun
