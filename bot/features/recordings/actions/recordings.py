"""Recordings of a dialogue's questions, and its concept note as a document: which there are, in which languages, and of which wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.authoring import Recording, fingerprint, written_recording
from bot.core import rights, wordings
from bot.core.messages import Content, File
from bot.core.rights import NotPermitted, Right
from bot.ledger import outbox
from bot.models import Act, Dialogue, LogEntry, Person, Question

LONGEST = timedelta(minutes=10)  # of a recording: whoever pays for data by the megabyte gets it, too
LARGEST = 20_000_000  # bytes of a document; Bot API, getFile: what is larger, nobody else could be given by the bot
SPOKEN = ("voice", "audio")
DOCUMENTS = (".pdf", ".doc", ".docx", ".odt")


class NoRecording(Exception):
    """What was sent is no recording, or no document in a form that people can open."""


class LastsTooLong(Exception):
    """The recording lasts longer than LONGEST."""


class TooLarge(Exception):
    """The document is larger than LARGEST."""


REFUSED = (NoRecording, LastsTooLong, TooLarge)


@dataclass(frozen=True)
class Spoken:
    """A question (`number`, `title`), or the concept note where it has no id, and how it stands with its files by language.

    `languages` are those one can be in. One is `stale` if it says another wording, `refused` if Telegram didn't take it.
    """

    question_id: int | None
    number: int
    title: str
    languages: tuple[str, ...]
    there: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recordings:
    """All of a dialogue: its questions, and then the concept note."""

    dialogue_id: int
    title: str
    all: tuple[Spoken, ...]

    def of(self, question_id: int | None) -> Spoken:
        """The files of one question, or of the concept note."""
        found = next((each for each in self.all if each.question_id == question_id), None)
        if found is None:
            raise NotPermitted(Right.SCHEDULE)
        return found


async def recordings(session: AsyncSession, person: Person, dialogue_id: int) -> Recordings:
    """What a moderator's dialogue has; raises NotPermitted."""
    await rights.membership(session, person, dialogue_id, Right.SCHEDULE)
    dialogue = await session.get_one(Dialogue, dialogue_id, options=[selectinload(Dialogue.questions)])
    note = Spoken(
        question_id=None,
        number=0,
        title="",
        languages=tuple(dialogue.languages),
        there=tuple(dialogue.note_files),
        refused=_refused(dialogue, dialogue.note_files),
    )
    questions = tuple(_spoken(dialogue, question, person.language) for question in dialogue.questions)
    return Recordings(dialogue.id, wordings.in_language(dialogue.title, dialogue, person.language), (*questions, note))


def _spoken(dialogue: Dialogue, question: Question, language: str) -> Spoken:
    files = {tag: told["file_id"] for tag, told in question.spoken.items()}
    return Spoken(
        question_id=question.id,
        number=question.number,
        title=wordings.heading(question, dialogue, language),
        languages=tuple(tag for tag in dialogue.languages if tag in question.text),
        there=tuple(files),
        stale=tuple(
            tag for tag, told in question.spoken.items() if told["of"] != fingerprint(question.text.get(tag, ""))
        ),
        refused=_refused(dialogue, files),
    )


def _refused(dialogue: Dialogue, files: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(tag for tag, file_id in files.items() if file_id in dialogue.refused_files)


async def dialogue_of(session: AsyncSession, question_id: int) -> int:
    """The dialogue that a question belongs to; raises NotPermitted where there is none."""
    dialogue_id = await session.scalar(select(Question.dialogue_id).where(Question.id == question_id))
    if dialogue_id is None:
        raise NotPermitted(Right.SCHEDULE)
    return dialogue_id


def check(content: Content, *, spoken: bool) -> File:
    """The recording, or the document, that a message is; raises NoRecording, LastsTooLong or TooLarge."""
    file = content.file
    if file is None or file.file_id is None:
        raise NoRecording
    if spoken:
        if file.kind not in SPOKEN:
            raise NoRecording
        if timedelta(seconds=file.duration or 0) > LONGEST:
            raise LastsTooLong
        return file
    if file.kind != "document" or not (file.file_name or "").lower().endswith(DOCUMENTS):
        raise NoRecording
    if (file.size or 0) > LARGEST:
        raise TooLarge
    return file


@dataclass(frozen=True)
class Where:
    """What a file is of: a question of a dialogue or, without one, its concept note; and in which language."""

    dialogue_id: int
    question_id: int | None
    language: str


async def keep(session: AsyncSession, person: Person, where: Where, content: Content, *, now: datetime) -> str:
    """Keep a recording of a question, or the concept note as a document; returns what the dialogue file calls it.

    A recording says the wording of this moment. Raises NotPermitted, NoRecording, LastsTooLong or TooLarge.
    """
    dialogue, question = await _changing(session, person, where, now=now)
    file = check(content, spoken=question is not None)
    file_id = file.file_id or ""
    # Telegram may have refused it for a while alone: whoever sends it again wants it tried again.
    dialogue.refused_files = [each for each in dialogue.refused_files if each != file_id]
    if question is None:
        dialogue.note_files = {**dialogue.note_files, where.language: file_id}
        return file_id
    told = Recording.model_validate(
        {"kind": file.kind, "file_id": file_id, "of": fingerprint(question.text[where.language])}
    )
    question.spoken = {**question.spoken, where.language: told.model_dump()}
    return written_recording(told)


async def take_away(session: AsyncSession, person: Person, where: Where, *, now: datetime) -> None:
    """Have nobody get a recording, or the document, any more; raises NotPermitted."""
    dialogue, question = await _changing(session, person, where, now=now)
    if question is None:
        dialogue.note_files = {tag: each for tag, each in dialogue.note_files.items() if tag != where.language}
    else:
        question.spoken = {tag: each for tag, each in question.spoken.items() if tag != where.language}


async def _changing(
    session: AsyncSession, person: Person, where: Where, *, now: datetime
) -> tuple[Dialogue, Question | None]:
    """The dialogue, locked, and the question, for one who may change them; it is logged that they do."""
    member = await rights.membership(session, person, where.dialogue_id, Right.SCHEDULE)
    await outbox.lock(session, where.dialogue_id)
    loaded = [selectinload(Dialogue.questions)]
    dialogue = await session.get_one(Dialogue, where.dialogue_id, options=loaded, populate_existing=True)
    question = next((each for each in dialogue.questions if each.id == where.question_id), None)
    offered = dialogue.languages if question is None else question.text
    if (question is None) != (where.question_id is None) or where.language not in offered:
        raise NotPermitted(Right.SCHEDULE)
    session.add(LogEntry(dialogue_id=dialogue.id, actor_id=member.id, act=Act.RECORDED, done_at=now))
    return dialogue, question
