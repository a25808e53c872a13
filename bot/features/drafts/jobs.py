"""A draft is read as its file would be (validation), in a process of its own, with what to look at again besides."""

from datetime import datetime

from bot import authoring
from bot.authoring import Content, DialogueFile, Read
from bot.child import Child, TookTooLong
from bot.database import Database
from bot.features.drafts.actions import slugs
from bot.features.rehearsals.actions import homes
from bot.features.rehearsals.actions.warnings import TOLD_OF_FILES, Concern
from bot.features.rehearsals.jobs import concerns

READING_SECONDS = 5.0  # of a processor; an ordinary draft takes some hundredths


async def read(database: Database, child: Child, content: Content) -> Read | None:
    """A draft as its file would be read; None if that takes too long."""
    async with database.readers() as session:
        slug = await slugs.slug_for(session, content)
    try:
        return await child.do(read_content, {**content, "slug": slug}, seconds=READING_SECONDS)
    except TookTooLong:
        return None


def read_content(content: Content) -> Read:
    """A mapping of a dialogue as a value with its faults."""
    return authoring.read_tree(authoring.planted(content))


async def new_concerns(
    database: Database, child: Child, file: DialogueFile, *, language: str, now: datetime
) -> list[Concern]:
    """What to look at again in a draft that can be a dialogue, besides what its check tells."""
    async with database.readers() as session:
        zones = await homes.homes(session, file.slug)
    found = await concerns(child, file, zones=zones, language=language, now=now)
    return [each for each in found if each.snag not in TOLD_OF_FILES]
