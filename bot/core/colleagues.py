"""Which languages the others on the team read, so that a moderator knows whom to ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.models import Member, Person


@dataclass(frozen=True)
class Reading:
    """A language (BCP 47) that a moderator doesn't read, and the names of those on the team who do; None for one without."""

    language: str
    names: tuple[str | None, ...]


async def reading(session: AsyncSession, reader: Member, person: Person, language: str) -> Reading | None:
    """Who else of those who decide about replies reads a language; None where the reader does themselves.

    One reads the language one has the bot in, and those one chose to translate from.
    """
    if _subtag(language) in _read_by(reader, person.language):
        return None
    others = await session.execute(
        select(Member, Person.language)
        .join(Member.person)
        .where(Member.dialogue_id == reader.dialogue_id, Member.id != reader.id, rights.holds(Right.JUDGE))
        .order_by(Member.id)
    )
    names = tuple(other.team_name for other, has in others if _subtag(language) in _read_by(other, has))
    return Reading(language, names)


async def unread(session: AsyncSession, dialogue_id: int, languages: Sequence[str]) -> tuple[str, ...]:
    """Those of the languages (BCP 47) that nobody reads who decides about replies."""
    team = await session.execute(
        select(Member, Person.language)
        .join(Member.person)
        .where(Member.dialogue_id == dialogue_id, rights.holds(Right.JUDGE))
    )
    read = {subtag for member, has in team for subtag in _read_by(member, has)}
    return tuple(tag for tag in languages if _subtag(tag) not in read)


def _read_by(member: Member, language: str) -> set[str]:
    return {_subtag(language), *map(_subtag, member.translates_from or ())}


def _subtag(language: str) -> str:
    return language.partition("-")[0]
