"""A dialogue as it is running, as a file would say it: with the times to which questions were moved in the chat; and whose clocks it is read by."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import places
from bot.authoring import DialogueFile
from bot.core import counting, schedule
from bot.features.dialogues.actions import files
from bot.models import Dialogue, Member, Person

FAR_AWAY = ("America/Los_Angeles", "Pacific/Auckland")  # where nobody has said yet where they live


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


async def far_zones(session: AsyncSession, slug: str, file: DialogueFile) -> tuple[str, ...]:
    """The zones of the members farthest west and farthest east; of a dialogue that has none elsewhere, two far away."""
    zones = await session.scalars(
        select(Person.timezone)
        .join(Member, Member.person_id == Person.id)
        .join(Dialogue, Dialogue.id == Member.dialogue_id)
        .where(Dialogue.slug == slug, counting.without_role(), Member.joined_at.is_not(None), Member.left_at.is_(None))
        .where(Person.timezone.is_not(None), Person.timezone != file.timezone)
        .distinct()
    )
    return farthest([zone for zone in zones if zone is not None], file)


def farthest(zones: list[str], file: DialogueFile) -> tuple[str, ...]:
    """The westernmost and the easternmost of some zones when a dialogue begins; of none, two far away."""
    begins = schedule.instant(file.starts, file.timezone)
    ordered = sorted(zones or FAR_AWAY, key=lambda zone: (places.offset(zone, begins), zone))
    return tuple(dict.fromkeys((ordered[0], ordered[-1])))
