"""Two actions run side by side on PostgreSQL, one statement at a time: every schedule of up to so many switches is tried.

A gate before each statement, and before each commit, lets one action go on at a time. Who waits for a lock of the other
is seen in the database, and passed over until it is free. What comes of it must have come of one action after the other.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.util import await_only

from bot.database import Database

SWITCHES = (
    1  # one does the whole of its work between two statements of the other; each more takes some ten times as long
)
STUCK_SECONDS = 60.0
LOOK_SECONDS = 0.005  # between two looks at whether an action waits for a lock

Watch = psycopg.AsyncConnection[tuple[Any, ...]]
Action = Callable[[Database], Awaitable[object]]
Outcome = tuple[str, str, str]  # what became of the one and of the other, and what then stands in the database
Schedule = tuple[tuple[int, int], ...]  # who goes on, and for how many steps; whoever is left goes on to the end


@dataclass
class Actor:
    """One of the two: at its gate, on its way, or done; `steps` counts the gates it has passed."""

    halted: asyncio.Event = field(default_factory=asyncio.Event)
    leave: asyncio.Event = field(default_factory=asyncio.Event)
    became: str | None = None
    backend: int = 0
    steps: int = 0

    @property
    def done(self) -> bool:
        return self.became is not None

    async def pass_gate(self, backend: int) -> None:
        self.backend = backend
        self.halted.set()
        await self.leave.wait()
        self.leave.clear()
        self.steps += 1

    def go_on(self) -> None:
        self.halted.clear()
        self.leave.set()

    async def act(self, action: Action, database: Database) -> None:
        ACTOR.set(self)
        try:
            self.became = repr(await action(database))
        except DBAPIError as error:
            self.became = type(error.orig).__name__
        except Exception as error:  # noqa: BLE001 - a refusal is an outcome, too
            self.became = type(error).__name__
        self.halted.set()


ACTOR: ContextVar[Actor | None] = ContextVar("ACTOR", default=None)


def put_gates(database: Database) -> None:
    """Have each action stop before all that it asks of the database."""

    def stop(connection: Connection) -> None:
        actor = ACTOR.get()
        if actor is not None:
            lent: Any = connection.connection.dbapi_connection
            await_only(actor.pass_gate(lent.driver_connection.info.backend_pid))

    @event.listens_for(database.engine.sync_engine, "before_cursor_execute")
    def on_statement(connection: Connection, *_: object) -> None:
        stop(connection)

    event.listen(database.engine.sync_engine, "commit", stop)


@dataclass(frozen=True)
class Race:
    """Two actions upon what a database holds; `look` reads what matters of what then stands there."""

    database: Database
    watch: Watch
    actions: tuple[Action, Action]
    look: Callable[[AsyncSession], Awaitable[object]]

    async def outcome(self, schedule: Schedule) -> tuple[Outcome, tuple[int, int]]:
        """What comes of a schedule, and how many steps each action took."""
        await self.watch.execute("SELECT saved.put_back()")
        actors = [Actor(), Actor()]
        async with asyncio.timeout(STUCK_SECONDS), asyncio.TaskGroup() as tasks:
            for actor, action in zip(actors, self.actions, strict=True):
                tasks.create_task(actor.act(action, self.database))
            await self._settle(actors)
            for turn, steps in schedule:
                await self._run(actors, turn, actors[turn].steps + steps)
            for turn in (schedule[-1][0], 1 - schedule[-1][0]):
                await self._run(actors, turn, None)
        async with self.database.sessions() as session:
            stands = repr(await self.look(session))
        return (str(actors[0].became), str(actors[1].became), stands), (actors[0].steps, actors[1].steps)

    async def _run(self, actors: Sequence[Actor], turn: int, until: int | None) -> None:
        """Let one action go on until it has made so many steps; while it waits for the other, the other goes on."""
        actor, other = actors[turn], actors[1 - turn]
        while not actor.done and actor.steps != until:
            free = next((one for one in (actor, other) if one.halted.is_set() and not one.done), None)
            if free is not None:  # else each waits for the other: the database ends one of them
                free.go_on()
            await self._settle(actors)

    async def _settle(self, actors: Sequence[Actor]) -> None:
        """Wait until each action stands at its gate, waits for a lock, or is done."""
        for actor in actors:
            while not actor.halted.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(actor.halted.wait(), LOOK_SECONDS)
                if not actor.halted.is_set() and await self._waits(actor):
                    break

    async def _waits(self, actor: Actor) -> bool:
        found = await self.watch.execute("SELECT cardinality(pg_blocking_pids(%s))", [actor.backend])
        row = await found.fetchone()
        return row is not None and row[0] > 0


# One call of the function puts all rows back: a copy of the database for each schedule would take most of the time.
SAVE = """
CREATE SCHEMA saved;
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE saved.%1$I AS TABLE public.%1$I', one.name);
    END LOOP;
END $$;
CREATE FUNCTION saved.put_back() RETURNS void LANGUAGE plpgsql AS $$ DECLARE one record; BEGIN
    SET LOCAL session_replication_role = replica;  -- references aren't looked at: all of them are whole at the end
    FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%1$I', one.name);
        EXECUTE format('INSERT INTO public.%1$I SELECT * FROM saved.%1$I', one.name);
    END LOOP;
END $$;
"""


@asynccontextmanager
async def races(database: Database) -> AsyncIterator[Callable[..., Race]]:
    """What runs two actions upon the database as it stands, again and again."""
    put_gates(database)
    address = database.engine.url.set(drivername="postgresql").render_as_string()
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as watch:
        await watch.execute(SAVE)
        yield partial(Race, database, watch)


def schedules(steps: tuple[int, int], *, switches: int = SWITCHES) -> Iterator[Schedule]:
    """All schedules of up to so many switches from one action to the other before its end; `steps` is how many each takes."""
    for first in (0, 1):
        yield from _continued(((first, 0),), (steps[first], steps[1 - first]), switches)


def _continued(begun: Schedule, left: tuple[int, int], switches: int) -> Iterator[Schedule]:
    """`left` are the steps of whoever's turn it is, and of the other."""
    yield begun
    if not switches:
        return
    turn = begun[-1][0]
    for some in range(1, left[0]):
        going = (*begun[:-1], (turn, some), (1 - turn, 0))
        yield from _continued(going, (left[1], left[0] - some), switches - 1)


async def differing(race: Race, *, switches: int = SWITCHES) -> list[tuple[Schedule, Outcome]]:
    """The schedules whose outcome neither order of the two actions has."""
    first, steps = await race.outcome(((0, 0),))
    second, others = await race.outcome(((1, 0),))
    serial = {first, second}
    most = (max(steps[0], others[0]), max(steps[1], others[1]))
    tried = [(schedule, (await race.outcome(schedule))[0]) for schedule in schedules(most, switches=switches)]
    return [(schedule, outcome) for schedule, outcome in tried if outcome not in serial]
