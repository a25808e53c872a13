"""What has been kept for as long as a dialogue's file says is let go: step by step, each in a transaction of its own.

And what was erased is erased again, where an older backup has brought it back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.backups.erasures import Erasures, Extent
from bot.core.retention import KeptFor
from bot.database import Database
from bot.features.privacy.actions import after_restore, anonymisation, deletion, expiry
from bot.features.privacy.actions.expiry import Expiry
from bot.models import Attachment, Member, Person, Reply

A_DAY = timedelta(days=1)

Step = Callable[[AsyncSession], Awaitable[int | bool]]


@dataclass(frozen=True)
class LetGo:
    """What went of a dialogue: of how many members it is no longer kept who they are, of how many replies the files, all of it."""

    slug: str
    identities: int
    files: int
    whole: bool


async def let_go(database: Database, clock: Callable[[], datetime]) -> list[LetGo]:
    """Let go all whose time has passed; returns what went. Broken off at any point, it is gone on with the next time."""
    async with database.readers() as session:
        due = [(each, each.goes(clock())) for each in await expiry.expiries(session)]
    gone = [await _let_go_of(database, clock, each, goes) for each, goes in due if goes is not None]
    return [each for each in gone if each.identities or each.files or each.whole]


async def overdue(session: AsyncSession, *, now: datetime) -> int:
    """Of how many dialogues something is still there that should have been let go a day ago."""
    due = [(each, each.goes(now - A_DAY)) for each in await expiry.expiries(session)]
    return sum([await _is_there(session, each, goes) for each, goes in due if goes is not None])


async def _is_there(session: AsyncSession, of: Expiry, goes: KeptFor) -> bool:
    known = exists().where(Member.person_id == Person.id, anonymisation.still_known(of.dialogue_id))
    shown = exists().where(Reply.id == Attachment.reply_id, anonymisation.still_shown(of.dialogue_id))
    looked_for = [goes.identities is not None and known, goes.files is not None and shown]
    there = [bool(await session.scalar(select(one))) for one in looked_for if one is not False]
    return goes.dialogue is not None or any(there)


async def _let_go_of(database: Database, clock: Callable[[], datetime], of: Expiry, goes: KeptFor) -> LetGo:
    if goes.dialogue is not None:
        await _repeat(database, lambda session: deletion.delete_some(session, of.dialogue_id))
        return LetGo(of.slug, 0, 0, whole=True)
    identities = files = 0
    if goes.identities is not None:
        identities = await _repeat(
            database, lambda session: anonymisation.forget_identities(session, of.dialogue_id, now=clock())
        )
    if goes.files is not None:
        files = await _repeat(database, lambda session: anonymisation.forget_files(session, of.dialogue_id))
    return LetGo(of.slug, identities, files, whole=False)


async def _repeat(database: Database, step: Step) -> int:
    """Do a step until there is no more to do; returns what the steps come to."""
    total, some = 0, 1
    while some:
        begun = time.monotonic()
        async with database.sessions.begin() as session:
            some = int(await step(session))
        total += some
        await asyncio.sleep(time.monotonic() - begun)  # as long as the others waited: now they write
    return total


async def erase_again(database: Database, erasures: Erasures, *, now: datetime) -> int:
    """Do all erasures again that a backup has undone; returns how many. Before anybody is served."""
    listed = await asyncio.to_thread(erasures.all)
    again = 0
    for each in listed:
        if each.scope is Extent.PERSON:
            async with database.sessions.begin() as session:
                again += await after_restore.erase_again(session, each, now=now)
    for author_id in after_restore.refused(listed):
        async with database.sessions.begin() as session:
            again += await after_restore.refuse_again(session, author_id, now=now)
    if again:
        await database.scrub()
    return again
