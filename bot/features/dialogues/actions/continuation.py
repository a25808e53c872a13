"""The questions for further discussion become the next dialogue's file."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import DialogueFile
from bot.authoring.dialogue_file import FileQuestion
from bot.features.dialogues.actions import files
from bot.features.summary.actions.contents import Material

PAUSE = timedelta(weeks=4)  # between the dialogues, as a proposal
SLUG_LENGTH = 40


class NothingFurther(Exception):
    """The Summary has no question for further discussion."""


async def next_file(session: AsyncSession, material: Material) -> DialogueFile:
    """A dialogue like this one, weeks later, with these questions; raises NothingFurther."""
    further = material.points.get(None, [])
    if not further:
        raise NothingFurther
    before = await files.export_file(session, material.dialogue.slug)
    questions = tuple(FileQuestion(text=dict(point.texts)) for point in further)
    return before.model_copy(
        update={
            "slug": f"{before.slug[: SLUG_LENGTH - 2]}-2",
            "starts": before.finishes.replace(hour=before.starts.hour, minute=before.starts.minute) + PAUSE,
            "ends": None,
            "questions": questions,
        }
    )
