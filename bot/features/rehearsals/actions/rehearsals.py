"""A rehearsal is begun, goes on message by message, and ends or is stopped; nobody has two at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import DialogueFile
from bot.core import prompts
from bot.database import insert
from bot.models import Awaiting, Person, Rehearsal


class AlreadyRehearsing(Exception):
    """A rehearsal of this person's is going on."""


@dataclass(frozen=True)
class Playing:
    """A rehearsal that is going on: to whom (their chat and language), in which language, and how many messages went out."""

    rehearsal_id: int
    chat_id: int
    team_language: str
    file: DialogueFile
    language: str
    position: int


async def begin(session: AsyncSession, person: Person, file: DialogueFile, *, language: str, now: datetime) -> None:
    """Begin a rehearsal; what its audience writes meanwhile is asked about. Raises AlreadyRehearsing."""
    begun = await session.scalar(
        insert(session, Rehearsal)
        .values(person_id=person.id, file=file.model_dump(mode="json"), language=language, position=0, begun_at=now)
        .on_conflict_do_nothing()
        .returning(Rehearsal.id)
    )
    if begun is None:
        raise AlreadyRehearsing
    prompts.ask(person, Awaiting.REHEARSAL, now=now)


async def playing(session: AsyncSession) -> Sequence[Playing]:
    """All rehearsals that are going on, the longest first."""
    rows = await session.execute(
        select(Rehearsal, Person).join(Person, Person.id == Rehearsal.person_id).order_by(Rehearsal.id)
    )
    return [
        Playing(
            rehearsal_id=rehearsal.id,
            chat_id=person.telegram_id,
            team_language=person.language,
            file=DialogueFile.model_validate(rehearsal.file),
            language=rehearsal.language,
            position=rehearsal.position,
        )
        for rehearsal, person in rows
    ]


async def advance(session: AsyncSession, playing: Playing, *, by: int = 1) -> bool:
    """Count a message that is about to go out, or (-1) one that certainly did not; false if the rehearsal was stopped meanwhile."""
    counted = await session.scalar(
        update(Rehearsal)
        .where(Rehearsal.id == playing.rehearsal_id)
        .values(position=Rehearsal.position + by)
        .returning(Rehearsal.id)
    )
    return counted is not None


async def end(session: AsyncSession, chat_id: int) -> bool:
    """End the rehearsal of whoever has this chat; false if there is none. What they write is taken as ever again."""
    person = await session.scalar(select(Person).where(Person.telegram_id == chat_id))
    if person is None:
        return False
    if person.awaiting is Awaiting.REHEARSAL:
        prompts.await_nothing(person)
    ended = await session.scalar(delete(Rehearsal).where(Rehearsal.person_id == person.id).returning(Rehearsal.id))
    return ended is not None
