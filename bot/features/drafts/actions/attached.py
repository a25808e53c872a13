"""A recording of a question, or the concept note as a document, that comes to its page: the draft names it, in a language."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring import Content, Recording, fingerprint, written_recording
from bot.core import messages
from bot.core.messages import File
from bot.features.drafts.actions import contents, drafts, typed
from bot.features.drafts.actions.typed import ToPlace
from bot.features.recordings.actions import recordings
from bot.models import Person


def place_for(place: str) -> str | None:
    """Where a file is named that comes to a page; None where there is no place for any."""
    number = contents.question_of(place)
    if number is not None:
        return contents.place_of(number, "spoken") if contents.key_of(place) == "text" else None
    return "concept_note_file" if place == "concept_note" else None


def named(content: Content, place: str) -> tuple[str, ...]:
    """The languages in which what is on a page has been recorded, or is there as a document."""
    where = place_for(place)
    return tuple(contents.texts(content, where)) if where is not None else ()


def check(waiting: ToPlace) -> File:
    """The recording or document that is held; raises recordings.REFUSED."""
    file = waiting.file
    said = messages.Content(file.kind if file else "text", "", file)
    return recordings.check(said, spoken=contents.question_of(waiting.place) is not None)


async def take(
    session: AsyncSession, person: Person, waiting: ToPlace, language: str, *, now: datetime, despite: bool
) -> str:
    """Name it in the draft; returns the place. Raises recordings.REFUSED or WrittenMeanwhile."""
    file, where = check(waiting), place_for(waiting.place)
    assert where is not None, "it was asked for"
    hand = await drafts.hand(session, person, waiting.hand_id, author=False)
    name = file.file_id or ""
    if contents.question_of(waiting.place) is not None:
        said = contents.texts(hand.draft.content, waiting.place).get(language, "")
        told = Recording.model_validate({"kind": file.kind, "file_id": name, "of": fingerprint(said)})
        name = written_recording(told)
    changed = contents.put(hand.draft.content, where, {language: name})
    await drafts.change(session, hand, changed, f"{where}:{language}", now=now, despite=despite)
    await typed.put_down(session, person, waiting.held_id)
    return where
