"""A dialogue file becomes a dialogue, or changes one that is going on; and a dialogue becomes a file again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.authoring import DialogueFile, DigestRhythm, FileQuestion, Labels, Recording, Retention, Source
from bot.core.dialogues import NoSuchDialogue
from bot.features.dialogues.actions import calendar, document, merging, recordings
from bot.features.dialogues.actions.calendar import Phase
from bot.features.dialogues.actions.merging import Merged, Times
from bot.features.events.actions import programme
from bot.features.questions.actions import deliveries, periods
from bot.ledger import outbox
from bot.models import Admission, Delivery, Dialogue, Kind, Moderation, Names, Question, SendAt, State


@dataclass(frozen=True)
class Imported:
    """A dialogue that was made from a file, or changed by one; `entrance` is what the link to join ends in.

    One that was entered as `finished` nobody joins.
    """

    dialogue_id: int
    slug: str
    entrance: str
    created: bool
    moderated_before: bool
    finished: bool


async def import_file(
    session: AsyncSession, file: DialogueFile, *, now: datetime, as_finished: bool = False
) -> Imported:
    """Make a dialogue from a file, or bring the one of the same slug up to it.

    Texts and future times change; a posted question keeps its place, its opening and its replies, and what members
    were shown of it is to be edited. Raises what merging.merge does; then nothing was changed. `as_finished` enters a new
    dialogue whose last question has closed as one that took place elsewhere; it is that until its file says otherwise.
    """
    dialogue = await find(session, file.slug)
    created = dialogue is None
    if dialogue is None:
        merged = merging.as_written(file)
        dialogue = Dialogue(slug=file.slug, created_at=now, questions=[])
        session.add(dialogue)
    else:
        merged = await merging.merge(session, dialogue, file, now=now)
    reminder, zone = dialogue.reminder, dialogue.timezone or file.timezone
    _describe(dialogue, file)
    is_over = calendar.calendar(file.timezone, merged.times, now=now).phase is Phase.OVER
    was_finished = as_finished if created else dialogue.entered_at is not None
    dialogue.entered_at = (dialogue.entered_at or now) if is_over and was_finished else None
    await _arrange_questions(session, dialogue, file, merged)
    periods.write_down(dialogue)
    if reminder != dialogue.reminder:
        for question in dialogue.questions:
            await deliveries.unplan(session, question, Kind.REMINDER)
    await session.flush()
    await programme.bring_up(session, dialogue, file.events, zone_before=zone, now=now)
    return Imported(
        dialogue.id,
        dialogue.slug,
        dialogue.entrance,
        created,
        moderated_before=dialogue.moderation is Moderation.BEFORE,
        finished=dialogue.entered_at is not None,
    )


async def find(session: AsyncSession, slug: str) -> Dialogue | None:
    """A dialogue with its questions, locked; None if there is none of this name."""
    dialogue_id = await session.scalar(select(Dialogue.id).where(Dialogue.slug == slug))
    if dialogue_id is None:
        return None
    await outbox.lock(session, dialogue_id)  # before anything is read: a question may just be planned
    return await session.get(Dialogue, dialogue_id, options=[selectinload(Dialogue.questions)], populate_existing=True)


def _describe(dialogue: Dialogue, file: DialogueFile) -> None:
    dialogue.languages = list(file.languages)
    dialogue.timezone = file.timezone
    dialogue.starts, dialogue.ends, dialogue.every = file.starts, file.ends, file.every
    dialogue.send_at = SendAt(file.send_at)
    dialogue.quiet_from, dialogue.quiet_until = file.quiet_hours or (None, None)
    dialogue.moderation = Moderation(file.moderation)
    dialogue.names = Names(file.names)
    dialogue.admission = Admission(file.admission)
    dialogue.reminder = file.reminder
    dialogue.digest_every = file.digest.every if file.digest else None
    dialogue.digest_at = file.digest.at if file.digest else None
    dialogue.digest_day = file.digest.day if file.digest else None
    _keep_for(dialogue, file.retention)
    if file.document is not None:
        document.write_down(dialogue, file.document)
    dialogue.title, dialogue.summary = file.title, file.summary
    dialogue.concept_note, dialogue.rules = file.concept_note, file.rules
    if file.concept_note_file is not None:
        dialogue.note_files = dict(file.concept_note_file)
    dialogue.labels = file.labels.model_dump(exclude_defaults=True)
    dialogue.sources = [source.model_dump() for source in file.sources]


def _keep_for(dialogue: Dialogue, retention: Retention) -> None:
    if dialogue.dialogue_kept != retention.dialogue:
        dialogue.expiry_told_at = None  # what its people were told no longer holds
    dialogue.identities_kept, dialogue.files_kept = retention.identities, retention.files
    dialogue.dialogue_kept = retention.dialogue


async def _arrange_questions(session: AsyncSession, dialogue: Dialogue, file: DialogueFile, merged: Merged) -> None:
    recorded = recordings.by_wording(dialogue)
    for unwanted in list(dialogue.questions[len(file.questions) :]):
        dialogue.questions.remove(unwanted)
    for index, (written, times) in enumerate(zip(file.questions, merged.times, strict=True)):
        if index < len(dialogue.questions):
            question = dialogue.questions[index]
            shown, posted = _as_shown(question), await deliveries.is_posted(session, question)
            question.spoken = recordings.of(question, written, recorded)
            _write(question, written, times, file)
            await _plan_anew(session, question, posted=posted, changed=_as_shown(question) != shown)
        else:
            question = Question(position=index)
            question.spoken = recordings.of(question, written, recorded)
            _write(question, written, times, file)
            dialogue.questions.append(question)


async def _plan_anew(session: AsyncSession, question: Question, *, posted: bool, changed: bool) -> None:
    """Have a question that nobody got sent as it is now, and one that members have edited where they see it."""
    if not posted:
        await deliveries.unplan(session, question, Kind.QUESTION, Kind.REMINDER)
    elif changed:
        await deliveries.unplan(session, question, Kind.REMINDER)
        await session.execute(
            update(Delivery)
            .where(Delivery.question_id == question.id, Delivery.state == State.SENT)
            .where(Delivery.kind.in_([Kind.QUESTION, Kind.RECORDING]))
            .values(stale=True)
        )


def _as_shown(question: Question) -> tuple[object, ...]:
    return question.title, question.text, question.prompts, question.closes


def _write(question: Question, written: FileQuestion, times: Times, file: DialogueFile) -> None:
    question.title, question.text = written.title, written.text
    question.prompts = {language: list(prompts) for language, prompts in written.prompts.items()}
    question.follow_up = dict(written.follow_up)
    question.opens_as_written, question.closes_as_written = written.opens, written.closes
    question.opens_in_file = file.question_opens(question.position)
    question.closes_in_file = file.question_closes(question.position)
    question.opens, question.closes = times.opens, times.closes


async def export_file(session: AsyncSession, slug: str) -> DialogueFile:
    """A dialogue as its file; importing it changes nothing. Raises NoSuchDialogue."""
    dialogue = await session.scalar(
        select(Dialogue).where(Dialogue.slug == slug).options(selectinload(Dialogue.questions))
    )
    if dialogue is None:
        raise NoSuchDialogue(slug)
    quiet = (dialogue.quiet_from, dialogue.quiet_until)
    return DialogueFile(
        slug=dialogue.slug,
        languages=tuple(dialogue.languages),
        timezone=dialogue.timezone,
        starts=dialogue.starts,
        ends=dialogue.ends,
        every=dialogue.every,
        send_at=dialogue.send_at.value,
        quiet_hours=quiet if quiet[0] is not None and quiet[1] is not None else None,
        moderation=dialogue.moderation.value,
        names=dialogue.names.value,
        admission=dialogue.admission.value,
        reminder=dialogue.reminder,
        digest=_rhythm(dialogue),
        retention=Retention(
            identities=dialogue.identities_kept, files=dialogue.files_kept, dialogue=dialogue.dialogue_kept
        ),
        document=document.style(dialogue),
        title=dialogue.title,
        summary=dialogue.summary,
        concept_note=dialogue.concept_note,
        concept_note_file=dialogue.note_files or None,
        rules=dialogue.rules,
        labels=Labels(**dialogue.labels),
        questions=tuple(_written(question) for question in dialogue.questions),
        events=await programme.written(session, dialogue.id),
        sources=tuple(Source(**source) for source in dialogue.sources),
    )


def _rhythm(dialogue: Dialogue) -> DigestRhythm | None:
    if dialogue.digest_every is None or dialogue.digest_at is None:
        return None
    return DigestRhythm.model_validate(
        {"every": dialogue.digest_every, "at": dialogue.digest_at, "day": dialogue.digest_day}
    )


def _written(question: Question) -> FileQuestion:
    return FileQuestion(
        title=question.title,
        text=question.text,
        prompts={language: tuple(prompts) for language, prompts in question.prompts.items()},
        follow_up=question.follow_up,
        spoken={language: Recording(**recording) for language, recording in question.spoken.items()} or None,
        opens=question.opens_as_written,
        closes=question.closes_as_written,
    )


@dataclass(frozen=True)
class Listed:
    """A dialogue in a list: `opens` and `closes` are the wall clocks of its first and last question in `zone`."""

    slug: str
    title: str
    languages: tuple[str, ...]
    questions: int
    opens: datetime
    closes: datetime
    zone: str


async def list_dialogues(session: AsyncSession) -> list[Listed]:
    """All dialogues, the earliest first; titles in their source language."""
    dialogues = await session.scalars(select(Dialogue).options(selectinload(Dialogue.questions)).order_by(Dialogue.id))
    return [
        Listed(
            slug=dialogue.slug,
            title=dialogue.title[dialogue.source_language],
            languages=tuple(dialogue.languages),
            questions=len(dialogue.questions),
            opens=dialogue.questions[0].opens,
            closes=max(question.closes for question in dialogue.questions),
            zone=dialogue.timezone,
        )
        for dialogue in dialogues
    ]
