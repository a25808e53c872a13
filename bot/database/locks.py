"""Locks (advisory locks): what of several processes is whose, for as long as the connection lasts on which it is held."""

import asyncio
import time
from collections.abc import Collection, Iterable

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.database import lease
from bot.database.engine import Database

_KEY = "hashtextextended(:name, 0)"
_TAKE = text(f"SELECT pg_try_advisory_lock({_KEY})")
_LET_GO = text(f"SELECT pg_advisory_unlock({_KEY})")
_JOIN = text(f"SELECT pg_try_advisory_lock_shared({_KEY})")
_LEAVE = text(f"SELECT pg_advisory_unlock_shared({_KEY})")
_HELD = """
    WITH held AS (
        SELECT pid, mode, (classid::bigint << 32) | objid::bigint AS key FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""
_JOINED = text(f"{_HELD} SELECT count(*) FROM held WHERE mode = 'ShareLock' AND key = {_KEY}")  # noqa: S608 - constants of ours
_ANY_JOINED = text(
    f"""{_HELD} SELECT EXISTS (SELECT 1 FROM held WHERE mode = 'ShareLock'
    AND key IN (SELECT hashtextextended(name, 0) FROM unnest(CAST(:names AS text[])) AS name))"""  # noqa: S608 - the same
)
# All that a connection holds is looked at once: it may be let go of meanwhile.
_HELD_ALONE = text(
    f"""{_HELD} SELECT count(*) FROM (SELECT 1 FROM held GROUP BY pid HAVING bool_or(mode = 'ExclusiveLock' AND key = {_KEY})
    AND NOT bool_or(key = hashtextextended(:name || '{lease.SHARES}', 0))) AS alone"""  # noqa: S608 - the same
)


def programs_of(revision: str) -> str:
    """What processes join that are at work, by the newest revision their program knows."""
    return f"programs of {revision}"


async def any_joined(session: AsyncSession, names: Collection[str]) -> bool:
    """Whether any process has joined one of these names."""
    return bool(await session.scalar(_ANY_JOINED, {"names": list(names)}))


class Locks:
    """What this process holds on PostgreSQL, by its name: locks of one session, which end with its connection, as the lease does (see there).

    A process that stood still believes in nothing it held before it has asked the database again. Where that can't be asked,
    SQLAlchemyError or OSError is raised, and nothing is held any more.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: AsyncConnection | None = None
        self._held: set[str] = set()
        self._joined: set[str] = set()
        self._heard_at = 0.0
        self._turn = asyncio.Lock()

    def holds(self, name: str) -> bool:
        """Whether this process certainly holds it; not while the database has not been heard of for too long."""
        return name in self._held and self.is_certain

    @property
    def is_certain(self) -> bool:
        """Whether the database has been heard of since it would have ended the connection."""
        return time.monotonic() - self._heard_at < lease.SILENCE_SECONDS

    async def take(self, names: Iterable[str], most: int) -> list[str]:
        """Take those that nobody holds, so many at most; returns them."""
        taken: list[str] = []
        for name in names:
            if len(taken) >= most:
                break
            if name not in self._held and await self._ask(_TAKE, name):
                self._held.add(name)
                taken.append(name)
        return taken

    async def let_go(self, name: str) -> None:
        """Let others have it."""
        if name in self._held:
            await self._ask(_LET_GO, name)
            self._held.discard(name)

    async def join(self, name: str) -> None:
        """Be one of those who want something of this name."""
        if name not in self._joined and await self._ask(_JOIN, name):
            self._joined.add(name)

    async def leave(self, name: str) -> None:
        """Be none of them any more."""
        if name in self._joined:
            await self._ask(_LEAVE, name)
            self._joined.discard(name)

    async def joined(self, name: str) -> int:
        """How many processes have joined."""
        return await self._ask(_JOINED, name)

    async def is_held_alone(self, name: str) -> bool:
        """Whether a process holds a lease of this name that knows of no shares, and so does all of the work itself."""
        return bool(await self._ask(_HELD_ALONE, name))

    async def _ask(self, statement: object, name: str) -> int:
        async with self._turn:
            asked_at = time.monotonic()
            try:
                if self._connection is None:
                    self._connection = await lease.watched(self._database)
                found = await self._connection.scalar(statement, {"name": name})  # type: ignore[call-overload]  # text is one
                await self._connection.commit()
            except (SQLAlchemyError, OSError):
                await self._lose()
                raise
            self._heard_at = asked_at
            return int(found)

    async def _lose(self) -> None:
        """With the connection all of it is gone."""
        lost, self._connection = self._connection, None
        self._held.clear()
        self._joined.clear()
        if lost is not None:
            await lease.end(lost)

    async def give_up(self) -> None:
        """Let others have all of it."""
        async with self._turn:
            await self._lose()
