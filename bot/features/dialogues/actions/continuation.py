"""The questions for further discussion become the next dialogue's file."""

import re
from datetime import timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import DialogueFile
from bot.authoring.dialogue_file import FileQuestion
from bot.authoring.reading import LONGEST_TITLE
from bot.features.dialogues.actions import files
from bot.features.summary.actions.contents import Material
from bot.models import Dialogue

PAUSE = timedelta(weeks=4)  # between the dialogues, as a proposal
SLUG_LENGTH = 40


class NothingFurther(Exception):
    """The Summary has no question for further discussion."""


async def _free(session: AsyncSession, slug: str) -> str:
    """A slug that no dialogue has: the same with the next number."""
    stem = re.sub(r"-\d+$", "", slug)
    taken = set(await session.scalars(select(Dialogue.slug)))
    return next(
        free for number in count(2) if (free := f"{stem[: SLUG_LENGTH - len(str(number)) - 1]}-{number}") not in taken
    )


def _counted(title: str) -> str:
    """The title with the next number, so that nobody takes one dialogue for the other."""
    found = re.search(r" \((\d+)\)$", title)
    stem, number = (title[: found.start()], int(found[1])) if found else (title, 1)
    return f"{stem[: LONGEST_TITLE - 8]} ({number + 1})"


async def next_file(session: AsyncSession, material: Material) -> DialogueFile:
    """A dialogue like this one, weeks later, with its questions for further discussion; raises NothingFurther."""
    further = material.points.get(None, [])
    if not further:
        raise NothingFurther
    questions = tuple(FileQuestion(text=dict(point.texts)) for point in further)
    return await _like(session, await files.export_file(session, material.dialogue.slug), questions)


async def like(session: AsyncSession, slug: str) -> DialogueFile:
    """A dialogue like this one, weeks later, with the same questions. Raises NoSuchDialogue."""
    before = await files.export_file(session, slug)
    questions = tuple(
        each.model_copy(update={"opens": None, "closes": None, "spoken": None}) for each in before.questions
    )
    return await _like(session, before, questions)


async def _like(session: AsyncSession, before: DialogueFile, questions: tuple[FileQuestion, ...]) -> DialogueFile:
    return before.model_copy(
        update={
            "slug": await _free(session, before.slug),
            "title": {tag: _counted(title) for tag, title in before.title.items()},
            "starts": before.finishes.replace(hour=before.starts.hour, minute=before.starts.minute) + PAUSE,
            "ends": None,
            "questions": questions,
            "events": (),
        }
    )
