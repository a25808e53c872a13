"""What importing a file would change in the dialogue that is running (diff), to be seen before it is done."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import authoring
from bot.authoring import DialogueFile, FileQuestion
from bot.features.dialogues.actions import calendar, files, merging
from bot.features.dialogues.actions.calendar import Calendar, Phase
from bot.features.dialogues.actions.merging import Merged, Retimed
from bot.features.events.actions import programme
from bot.features.events.actions.programme import ChangedEvent


@dataclass(frozen=True)
class Setting:
    """A line of the file that says something else: `before` and `after` as the file writes it, empty for nothing."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class Reworded:
    """A text that is worded otherwise in some languages: by its key in the file, or the question of a `number`."""

    key: str
    number: int
    languages: tuple[str, ...]


@dataclass(frozen=True)
class More:
    """A question that the file has more, or, if not `added`, no longer has."""

    number: int
    added: bool


Difference = Setting | Reworded | More | Retimed | ChangedEvent


@dataclass(frozen=True)
class Comparison:
    """What importing would do. `key` stands for all of it: it is another as soon as the dialogue or the file is."""

    slug: str
    created: bool
    differences: tuple[Difference, ...]
    calendar: Calendar
    key: str

    @property
    def changes(self) -> tuple[Difference, ...]:
        """The differences that importing would bring in; what was moved in the chat stays."""
        return tuple(each for each in self.differences if not (isinstance(each, Retimed) and each.stays))

    @property
    def enters(self) -> bool:
        """Whether the file is of a dialogue of the past, which is entered as finished."""
        return self.created and self.calendar.phase is Phase.OVER

    @property
    def asks(self) -> bool:
        """Whether someone has to say yes first."""
        if self.created:
            return self.calendar.phase is not Phase.AHEAD
        return bool(self.changes)


async def compare(session: AsyncSession, file: DialogueFile, *, now: datetime) -> Comparison:
    """What importing a file would change now. Raises what merging.merge does."""
    dialogue = await files.find(session, file.slug)
    if dialogue is None:
        merged, differences, before = merging.as_written(file), [], ""
    else:
        merged = await merging.merge(session, dialogue, file, now=now)
        running = await files.export_file(session, file.slug)
        differences = [*_settings(running, file, merged), *_questions(running, file), *merged.retimed]
        differences += programme.differences(running.events, file.events, file.source_language)
        before = authoring.write(running)
    seen = "\0".join((before, authoring.write(file), repr(merged.times)))
    return Comparison(
        slug=file.slug,
        created=dialogue is None,
        differences=tuple(differences),
        calendar=calendar.calendar(file.timezone, merged.times, now=now),
        key=hashlib.sha256(seen.encode()).hexdigest()[:12],
    )


def _settings(running: DialogueFile, file: DialogueFile, merged: Merged) -> Iterator[Difference]:
    """What the file says besides its questions, whose times are told one by one."""
    fitted: dict[str, object] = {"starts": min(file.starts, *(held.opens for held in merged.times))}
    if file.ends is not None:
        fitted["ends"] = max(file.ends, *(held.closes for held in merged.times))
    fitted |= {"document": file.document or running.document}
    fitted |= {"concept_note_file": file.concept_note_file or running.concept_note_file}
    before, after = authoring.written(running), authoring.written(file.model_copy(update=fitted))
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if key in {"slug", "questions", "events"} or one == other:
            continue
        texts = [each for each in (one, other) if isinstance(each, Mapping)]
        if key == "labels":
            yield Reworded(key, 0, tuple(_otherwise_labelled(running, file)))
        elif texts and key not in {"digest", "retention", "document"}:
            yield Reworded(key, 0, _otherwise(one or {}, other or {}))
        else:
            yield Setting(key, *map(_shown, (one, other)))


def _otherwise_labelled(running: DialogueFile, file: DialogueFile) -> Iterable[str]:
    """The languages in which any label differs."""
    pairs = zip(running.labels, file.labels, strict=True)
    return dict.fromkeys(tag for (_, told), (_, asked) in pairs for tag in _otherwise(told, asked))


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case Mapping():
            return ", ".join(f"{key}: {item}" for key, item in value.items())
        case list():
            return ", ".join(item for item in value if isinstance(item, str))
        case _:
            return str(value)


def _questions(running: DialogueFile, file: DialogueFile) -> Iterator[Difference]:
    for number, (one, other) in enumerate(zip(running.questions, file.questions, strict=False), start=1):
        languages = {tag for told, asked in _texts(one, other) for tag in _otherwise(told, asked)}
        if languages:
            yield Reworded("", number, tuple(tag for tag in file.languages if tag in languages))
    both = min(len(running.questions), len(file.questions))
    for number in range(both + 1, max(len(running.questions), len(file.questions)) + 1):
        yield More(number, added=number <= len(file.questions))


def _texts(one: FileQuestion, other: FileQuestion) -> Iterator[tuple[Mapping[str, object], Mapping[str, object]]]:
    yield one.title, other.title
    yield one.text, other.text
    yield one.prompts, other.prompts
    yield one.follow_up, other.follow_up
    yield from [(one.spoken or {}, other.spoken)] if other.spoken is not None else []


def _otherwise(one: Mapping[str, object], other: Mapping[str, object]) -> tuple[str, ...]:
    """The languages in which two texts differ."""
    return tuple(tag for tag in dict.fromkeys((*one, *other)) if one.get(tag) != other.get(tag))
