"""How a test's world stood when a scene was over that many tests begin with: played once by a worker, then put back as it was.

On PostgreSQL, and where the world already differs when the scene begins, it is played again.
"""

import copy
import functools
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from world import World

from bot.sandbox import Group, Phone, Sandbox
from bot.sandbox.bot_api import Request
from bot.sandbox.chats import Chat
from bot.sandbox.world import Person, Tap

Scene = Callable[..., Awaitable[object]]
_PLAYED: dict[Hashable, "Snapshot"] = {}


@dataclass(frozen=True)
class Seen:
    """A phone or a group, by its id."""

    kind: type
    id: int


@dataclass(frozen=True)
class Snapshot:
    """All that the sandbox and the database held, and what the scene returned."""

    returned: object
    now: datetime
    chats: dict[int, Chat]
    people: dict[int, Person]
    callbacks: dict[str, Tap]
    last_number: int
    last_update_id: int
    requests: list[Request]
    profile: dict[str, Any]
    files: dict[str, Any]
    database: Path


def scene(play: Scene) -> Scene:
    """Have a fixture (of `world` and more; it returns a phone, a group or what can be copied) played once by each worker."""

    @functools.wraps(play)
    async def played(*, world: World, **others: Any) -> object:
        if world.database.engine.dialect.name != "sqlite":
            return await play(world=world, **others)
        key = (play.__module__, play.__qualname__, _standing(world))
        if key not in _PLAYED:
            returned = await play(world=world, **others)
            _PLAYED[key] = await _keep(world, returned)
            return returned
        return await _put_back(world, _PLAYED[key])

    return played


def _standing(world: World) -> Hashable:
    """What tells apart worlds in which a scene begins."""
    state = _state(world.sandbox)
    return world.clock.now(), len(world.sandbox.requests), tuple(state.chats), repr(state.bot)


async def _keep(world: World, returned: object) -> Snapshot:
    await world.settle()
    file = Path(tempfile.mkdtemp(prefix="scene-")) / "scene.db"
    await _in_turn(world, None, file)
    state = _state(world.sandbox)
    return copy.deepcopy(
        Snapshot(
            returned=Seen(type(returned), _id(returned)) if isinstance(returned, Phone | Group) else returned,
            now=world.clock.now(),
            chats=state.chats,
            people=state.people,
            callbacks=state.callbacks,
            last_number=state.last_number,
            last_update_id=state.updates._last_id,
            requests=world.sandbox.requests,
            profile=vars(state.profile),
            files=state.files._files,
            database=file,
        )
    )


def _id(one: Phone | Group) -> int:
    return one.user_id if isinstance(one, Phone) else one.id


async def _put_back(world: World, kept: Snapshot) -> object:
    # Again a copy: what one test changes, the next must not find.
    kept, state = copy.deepcopy(kept), _state(world.sandbox)
    for chat_id, chat in kept.chats.items():
        _resemble(state.chats.setdefault(chat_id, chat), chat)
    for user_id, person in kept.people.items():
        _resemble(state.people.setdefault(user_id, person), person)
    state.callbacks.update(kept.callbacks)
    state.last_number = kept.last_number
    state.updates._last_id = kept.last_update_id
    vars(state.profile).update(kept.profile)
    state.files._files.update(kept.files)
    world.sandbox.requests[:] = kept.requests
    world.clock.advance_to(kept.now)
    await _in_turn(world, kept.database, None)
    await world.settle()
    return _again(world.sandbox, kept.returned) if isinstance(kept.returned, Seen) else kept.returned


def _again(sandbox: Sandbox, seen: "Seen") -> Phone | Group:
    state = _state(sandbox)
    if seen.kind is Group:
        return Group(state, state.chats[seen.id])
    return sandbox._phones.setdefault(seen.id, Phone(state, state.people[seen.id]))


def _resemble(one: Any, other: Any) -> None:
    for field in fields(other):
        setattr(one, field.name, getattr(other, field.name))


def _state(sandbox: Sandbox) -> Any:
    return sandbox._world


async def _in_turn(world: World, source: Path | None, target: Path | None) -> None:
    """Copy a database into the world's, or out of it, while nobody else writes."""
    async with world.database.engine.connect() as connection:
        lent: Any = (await connection.get_raw_connection()).driver_connection
        await lent._execute(_copy, source or lent._conn, target or lent._conn)


def _copy(source: Path | sqlite3.Connection, target: Path | sqlite3.Connection) -> None:
    opened = [sqlite3.connect(each) if isinstance(each, Path) else each for each in (source, target)]
    opened[0].backup(opened[1])
    for each, given in zip(opened, (source, target), strict=True):
        if each is not given:
            each.close()
