"""A move, as its host makes it: the copy while people write, the switch, and the way back."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, inspect

from bot import backups, database
from bot.database import Database, Fit
from bot.database.moves import MoveMark, MoveStanding, mark_of
from bot.moving import fences
from bot.moving.comparing import Round, go_round
from bot.moving.layouts import all_layouts
from bot.moving.postgresql import PostgresqlSide
from bot.moving.refusals import AlreadyMoved, Behind, Differs, NewerDatabase, NotMoved, Occupied, SameDatabase
from bot.moving.sides import CopySide
from bot.moving.sqlite import SqliteSide

ROUNDS = 8
FEW = 200  # rows of change in a round: the next would find as many that have changed meanwhile
MANY = 10_000  # rows of change, of which a database had better know

Tell = Callable[[Round], None]
Gather = Callable[[Database], Awaitable[None]]


@dataclass(frozen=True)
class Relocation:
    """Two databases, and what they say of themselves now."""

    source: CopySide
    target: CopySide
    mark: MoveMark
    arriving: MoveMark

    async def go_round(self) -> Round:
        """Compare all of both, and mend the copy."""
        return await go_round(self.source, self.target, all_layouts())


async def copy(source: Database, target: Database, *, tell: Tell, gather: Gather) -> None:
    """Copy all that there is, and what changes meanwhile, until little differs; may be broken off anywhere, and goes on when it is begun again.

    `gather` has replies found by their words. Raises Behind, NewerDatabase, SameDatabase, Occupied, AlreadyMoved, UnfitRow.
    """
    async with _begun(source, target) as move:
        for _ in range(ROUNDS):
            found = await move.go_round()
            tell(found)
            await move.target.settle()
            if found.changed <= FEW and not found.differing:
                break
        await gather(target)


async def switch(source: Database, target: Database, *, tell: Tell) -> None:
    """Have nobody work on the source any more, copy what differs, and let the bot work on the target; nobody may have the source open.

    Where it was broken off it goes on. Raises what `copy` does, InUse, and Differs or DanglingReferences, after which all
    is as before.
    """
    async with _begun(source, target, goes_on=True) as move:
        if move.mark.standing is MoveStanding.LEAVING:
            await fences.leave(source, move.mark)
        try:
            await _complete(move, tell)
        except Exception:
            await fences.stand(source, replace(move.mark, standing=MoveStanding.LEAVING))
            raise
        # If this fails nobody knows whether it was written: so the source stays left, and the same goes on, or finds that all is moved.
        await fences.stand(target, replace(move.arriving, standing=MoveStanding.ARRIVED))


async def _complete(move: Relocation, tell: Tell) -> None:
    changed = 0
    for _ in range(ROUNDS):
        found = await move.go_round()
        tell(found)
        changed += found.changed
        if not found.differing:
            break
    else:
        raise Differs(found.differing)
    await move.target.fasten(await move.source.highest(all_layouts()))
    if changed > MANY:
        await move.target.settle()


async def take_back(source: Database, target: Database) -> None:
    """Let the bot work on the source again after a switch that didn't come to its end.

    Raises NotMoved, and AlreadyMoved where it did: what was written there since is brought back by a move the other way.
    """
    mark, other = await mark_of(source), await mark_of(target)
    if (
        mark is None
        or other is None
        or mark.standing is not MoveStanding.GONE
        or mark.installation != other.installation
    ):
        raise NotMoved
    if other.standing is MoveStanding.ARRIVED:
        raise AlreadyMoved(_address(target))
    await fences.stand(source, replace(mark, standing=MoveStanding.LEAVING))


@asynccontextmanager
async def _begun(source: Database, target: Database, *, goes_on: bool = False) -> AsyncIterator[Relocation]:
    """A move that may begin, or go on (after the source was left, only where it `goes_on`), with the marks put down."""
    here, there = _address(source), _address(target)
    to, fro = _side(target), _side(source)
    try:
        mark = await _left(source, here, there)
        if mark.standing is MoveStanding.GONE and not (goes_on and await _is_half(target, mark)):
            raise AlreadyMoved(mark.elsewhere)
        await _look_at_target(to, mark, there)
        arriving = MoveMark(MoveStanding.ARRIVING, mark.installation, here)
        await fences.stand(target, arriving)
        await to.loosen()
        yield Relocation(fro, to, mark, arriving)
    finally:
        await to.close()
        await fro.close()


async def _left(source: Database, here: str, there: str) -> MoveMark:
    """What the source says of itself from now on."""
    if here == there:
        raise SameDatabase
    async with source.readers() as session:
        found = await database.fit(session)
    if found is not Fit.CURRENT:
        raise Behind(here) if found is Fit.BEHIND else NewerDatabase(here)
    mark = await mark_of(source)
    if mark is not None and mark.standing is MoveStanding.ARRIVING:
        raise Occupied(here)
    if mark is not None and mark.standing is MoveStanding.GONE:
        return mark
    leaving = MoveMark(MoveStanding.LEAVING, mark.installation if mark else secrets.token_hex(8), there)
    await fences.stand(source, leaving)
    return leaving


async def _is_half(target: Database, source: MoveMark) -> bool:
    mark = await mark_of(target)
    return mark is not None and mark.installation == source.installation and mark.standing is MoveStanding.ARRIVING


async def _look_at_target(target: CopySide, source: MoveMark, there: str) -> None:
    """Make the tables where there are none; raises Occupied, AlreadyMoved, SameDatabase."""
    async with target.database.engine.connect() as connection:
        is_new = not await connection.run_sync(_has_tables)
    if is_new:
        await database.upgrade(target.database)
        return
    async with target.database.readers() as session:
        if await database.fit(session) is not Fit.CURRENT:
            raise Occupied(there)
    mark = await mark_of(target.database)
    if mark is None and await target.is_empty():
        return
    if mark is None or mark.installation != source.installation:
        raise Occupied(there)
    if mark.standing is MoveStanding.ARRIVED:
        raise AlreadyMoved(there)
    if mark.standing is MoveStanding.LEAVING:  # what the source has just said
        raise SameDatabase


def _has_tables(connection: Connection) -> bool:
    return bool(inspect(connection).get_table_names())


def _side(opened: Database) -> CopySide:
    return SqliteSide(opened) if opened.engine.dialect.name == "sqlite" else PostgresqlSide(opened)


def _address(opened: Database) -> str:
    """Where a database is, without its password."""
    file = backups.sqlite_file(str(opened.engine.url))
    if file is not None:
        return str(file.resolve())
    return opened.engine.url.set(drivername="postgresql")._replace(password=None).render_as_string()
