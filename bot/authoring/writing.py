"""A dialogue becomes a file again, as a person would write it: keys in the documented order, texts in blocks."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from bot.authoring import forms
from bot.authoring.dialogue_file import (
    DialogueFile,
    DigestRhythm,
    DocumentStyle,
    FileEvent,
    FileQuestion,
    Labels,
    Retention,
    Source,
)
from bot.authoring.recordings import written_recording

_NO_FOLDING = 1 << 20  # columns: a paragraph stays one line, as its author wrote it


def write(dialogue: DialogueFile) -> str:
    """The dialogue as YAML; reading it gives an equal dialogue."""
    stream = StringIO()
    yaml().dump(written(dialogue), stream)
    return stream.getvalue()


def yaml() -> YAML:
    """What writes a dialogue file."""
    made = YAML()
    made.width = _NO_FOLDING
    made.indent(mapping=2, sequence=4, offset=2)
    return made


def written(dialogue: DialogueFile) -> dict[str, Any]:
    """What the file says, key by key, each value in the form in which it stands there."""
    zone = dialogue.timezone
    return _said(
        slug=dialogue.slug,
        languages=_inline_list(dialogue.languages),
        timezone=zone,
        starts=_moment(dialogue.starts, zone),
        ends=_moment(dialogue.ends, zone),
        every=forms.written_period(dialogue.every),
        send_at=dialogue.send_at,
        quiet_hours=_quoted(forms.written_quiet_hours(dialogue.quiet_hours)) if dialogue.quiet_hours else forms.NONE,
        moderation=dialogue.moderation,
        names=dialogue.names,
        admission=dialogue.admission,
        reminder=forms.written_period(dialogue.reminder) if dialogue.reminder else forms.NONE,
        digest=_digest(dialogue.digest) if dialogue.digest else forms.NONE,
        retention=_retention(dialogue.retention),
        document=_document(dialogue.document) if dialogue.document else None,
        title=_texts(dialogue.title),
        summary=_texts(dialogue.summary),
        concept_note=_texts(dialogue.concept_note),
        concept_note_file=dict(dialogue.concept_note_file or {}),
        rules=_texts(dialogue.rules),
        labels=_labels(dialogue.labels),
        questions=[_question(question, zone) for question in dialogue.questions],
        events=[_event(event, zone) for event in dialogue.events],
        sources=[_source(source) for source in dialogue.sources],
    )


def _question(question: FileQuestion, zone: str) -> dict[str, Any]:
    return _said(
        title=_texts(question.title),
        text=_texts(question.text),
        prompts={language: list(map(_text, prompts)) for language, prompts in question.prompts.items()},
        follow_up=_texts(question.follow_up),
        spoken={language: written_recording(recording) for language, recording in (question.spoken or {}).items()},
        opens=_moment(question.opens, zone),
        closes=_moment(question.closes, zone),
    )


def _event(event: FileEvent, zone: str) -> dict[str, Any]:
    return _said(
        title=_texts(event.title),
        starts=_moment(event.starts, zone),
        lasts=forms.written_period(event.lasts),
        link=event.link,
        languages=_inline_list(event.languages),
        speakers=list(event.speakers),
        about=_texts(event.about),
        recording=event.recording,
        notes=_texts(event.notes),
    )


def _source(source: Source) -> dict[str, Any]:
    return {"title": _texts(source.title), "url": source.url}


def _digest(digest: DigestRhythm) -> CommentedMap:
    at = _quoted(forms.written_clock(digest.at))
    written = CommentedMap(_said(every=forms.written_period(digest.every), at=at, day=digest.day))
    written.fa.set_flow_style()
    return written


def _retention(retention: Retention) -> CommentedMap:
    written = CommentedMap({key: forms.written_kept(length) for key, length in retention})
    written.fa.set_flow_style()
    return written


def _document(style: DocumentStyle) -> CommentedMap:
    written = CommentedMap(dict(style))
    written.fa.set_flow_style()
    return written


def _labels(labels: Labels) -> dict[str, Any]:
    return _said(**{key: _texts(texts) for key, texts in labels})


def _said(**values: Any) -> dict[str, Any]:
    """The values without those that say nothing."""
    return {key: value for key, value in values.items() if value not in (None, {}, [])}


def _moment(wall: datetime | None, zone: str) -> str | None:
    return forms.written_moment(wall, zone) if wall else None


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: _text(text) for language, text in texts.items()}


def _text(text: str) -> str:
    return LiteralScalarString(f"{text}\n") if "\n" in text else text


def _quoted(text: str) -> DoubleQuotedScalarString:
    """In quotes, which other YAML tools need: they read 17:00 as a number in base sixty."""
    quoted: DoubleQuotedScalarString = DoubleQuotedScalarString(text)
    return quoted


def _inline_list(items: Iterable[str]) -> CommentedSeq:
    written = CommentedSeq(items)
    written.fa.set_flow_style()
    return written
