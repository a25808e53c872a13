"""Recordings that were sent to the bot outlast a file that doesn't name them, each with the wording it says."""

from collections.abc import Mapping
from typing import Any

from bot.authoring import FileQuestion, fingerprint
from bot.models import Dialogue, Question

ByWording = Mapping[tuple[str, str], dict[str, Any]]
"""Recordings by their language and the fingerprint of what they say."""


def by_wording(dialogue: Dialogue) -> ByWording:
    """All of a dialogue, before a file changes its questions, which are loaded."""
    return {(tag, told["of"]): told for question in dialogue.questions for tag, told in question.spoken.items()}


def of(question: Question, written: FileQuestion, before: ByWording) -> dict[str, Any]:
    """What is recorded of a question as it is written now: as the file says; else as it was, wherever its wording has moved to."""
    if written.spoken is not None:
        return {tag: recording.model_dump() for tag, recording in written.spoken.items()}
    here = question.spoken or {}
    found = {tag: before.get((tag, fingerprint(text))) or here.get(tag) for tag, text in written.text.items()}
    return {tag: told for tag, told in found.items() if told is not None}
