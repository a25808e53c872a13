"""What a form of a page asks for is done in one transaction, and told on the page as it then stands (flash message)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.core import wordings
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import NotPermitted, Right, rights_of
from bot.features.desk.actions import reading
from bot.features.desk.pages.frame import Inside, Visit
from bot.models import Member, Person

MOST_DIGITS = 18  # what the database holds


@dataclass(frozen=True)
class DeedNote:
    """What is told above a page, plain text; `undo` is where a form with these `fields` takes it back, if it can be."""

    words: str
    warns: bool = False
    undo: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)


Deed = Callable[[AsyncSession, Person], Awaitable[DeedNote]]
"""Acts, and says what has come of it."""


@dataclass(frozen=True)
class Entered:
    """Through which membership someone visits a dialogue, and what all its pages show of it."""

    reader: Member
    inside: Inside

    @property
    def dialogue_id(self) -> int:
        """The dialogue's."""
        return self.reader.dialogue_id


async def done(visit: Visit, deed: Deed) -> DeedNote:
    """Do it; what the domain refuses is told in its words. Raises NotPermitted, or NoSuchDialogue."""
    try:
        async with visit.person() as (session, person):
            note = await deed(session, person)
    except (NotPermitted, NoSuchDialogue, web.HTTPException):
        raise
    except Exception as error:
        refusal = visit.desk.refuse(visit.t, error)
        if refusal is None:
            raise
        return DeedNote(markup.visible(refusal), warns=True)
    visit.desk.wake()
    return note


async def enter(visit: Visit, session: AsyncSession, person: Person, right: Right) -> Entered:
    """Into the dialogue that the address names. Raises NoSuchDialogue or NotPermitted."""
    slug = visit.request.match_info["slug"]
    reader = await reading.reader_of(session, person, slug, right)
    title = wordings.in_language(reader.dialogue.title, reader.dialogue, person.language)
    return Entered(reader, Inside(slug, title, rights_of(reader.role)))


def number(text: str) -> int | None:
    """A number as an address or a form has it; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
