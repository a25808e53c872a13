"""A dialogue's Summary as it is kept, with its Background: of the dialogue's file, until someone writes another."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.versions import Versioned
from bot.models import Dialogue, Summary


async def of_dialogue(session: AsyncSession, dialogue_id: int) -> Summary:
    """What is kept of a dialogue's Summary besides its key points."""
    kept = await session.scalar(
        select(Summary).where(Summary.dialogue_id == dialogue_id).execution_options(populate_existing=True)
    )
    if kept is not None:
        return kept
    nothing: dict[str, dict[str, str]] = {
        "background": {},
        "background_versions": {},
        "background_earlier": {},
        "background_asked": {},
    }
    return Summary(dialogue_id=dialogue_id, issue=0, **nothing)


async def keep(session: AsyncSession, dialogue_id: int) -> Summary:
    """The same, to be changed."""
    kept = await of_dialogue(session, dialogue_id)
    session.add(kept)
    return kept


async def write_background(session: AsyncSession, dialogue: Dialogue, *, text: str, language: str) -> None:
    """Replace the Background in one language; the others keep what they show until then."""
    await session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    kept = await keep(session, dialogue.id)
    before = Versioned.of_background(kept, authored_background(dialogue))
    before.reworded(language, text.strip()).put_on_background(kept)


def authored_background(dialogue: Dialogue) -> dict[str, str]:
    """Until a moderator writes another: what members read before the dialogue, in each language that has a part of it."""
    parts = (dialogue.summary, dialogue.concept_note)
    return {
        tag: "\n\n".join(part[tag] for part in parts if part.get(tag))
        for tag in dialogue.languages
        if any(part.get(tag) for part in parts)
    }
