"""Files that Telegram keeps, named in a dialogue file by Telegram's ids: recordings of questions (voice), the concept note as a document."""

import hashlib
import re
from typing import Any, TypeVar

from bot.authoring.dialogue_file import Recording, RecordingKind
from bot.authoring.faults import Code, Malformed
from bot.authoring.forms import Form
from bot.authoring.section import Section
from bot.authoring.wordings import Wordings

# Bot API: file_id is an "identifier for this file, which can be used to download or reuse the file". Its form is told nowhere.
_ID = r"[A-Za-z0-9_-]{10,250}"
_FILE = re.compile(_ID)
T = TypeVar("T")
_RECORDING = re.compile(rf"(?:(voice|audio):)?({_ID})(?:#([0-9a-f]{{8}}))?")


def fingerprint(text: str) -> str:
    """What tells one wording of a question from another, whatever its white space: eight hexadecimal digits."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def written_recording(recording: Recording) -> str:
    """A recording as "voice:AwACAgQ…#1f0a9c3b": what it was sent as, Telegram's id of it, and which wording it says."""
    return f"{recording.kind}:{recording.file_id}#{recording.of}"


def take_files(section: Section, key: str, wordings: Wordings) -> None:
    """Read ids of documents, by language; a language without one is no fault."""
    _take(section, key, wordings, _file_id)


def take_recordings(question: Section, wordings: Wordings) -> None:
    """Read the recordings of a question, whose texts are read already; one that doesn't say of which wording it is, is of this one.

    One that says another wording is noted: members get the text alone.
    """
    _take(question, "spoken", wordings, _recording)
    texts: dict[str, str] = question.values.get("text", {})
    for language, told in question.values.get("spoken", {}).items():
        now = fingerprint(texts[language]) if language in texts else ""
        told["of"] = told["of"] or now
        if told["of"] != now or not now:
            node = question.node_of("spoken")
            question.ledger.warn(Code.STALE_RECORDING, question.at("spoken"), node, language=language)


def _take(section: Section, key: str, wordings: Wordings, form: Form[T]) -> None:
    wordings.take_each(section, key, form)
    if not section.values.get(key):
        section.values.pop(key, None)  # what is named by nobody is left as it is


def _file_id(text: str) -> str:
    if not _FILE.fullmatch(text):
        raise Malformed(Code.FILE_ID, value=text)
    return text


def _recording(text: str) -> dict[str, Any]:
    match = _RECORDING.fullmatch(text)
    if not match:
        raise Malformed(Code.FILE_ID, value=text)
    kind: RecordingKind = "audio" if match[1] == "audio" else "voice"
    return {"kind": kind, "file_id": match[2], "of": match[3] or ""}
