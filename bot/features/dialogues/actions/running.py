"""A dialogue as it is running, as a file would say it: with the times to which questions were moved in the chat."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.authoring import DialogueFile
from bot.features.dialogues.actions import files
from bot.models import Dialogue


async def as_it_runs(session: AsyncSession, slug: str) -> DialogueFile:
    """The dialogue's file, each question at its time of today; raises NoSuchDialogue."""
    file = await files.export_file(session, slug)
    dialogue = await session.scalar(
        select(Dialogue).where(Dialogue.slug == slug).options(selectinload(Dialogue.questions))
    )
    assert dialogue is not None, "it was just exported"
    questions = tuple(
        written.model_copy(update={"opens": question.opens, "closes": question.closes})
        for written, question in zip(file.questions, dialogue.questions, strict=True)
    )
    return file.model_copy(update={"questions": questions})
