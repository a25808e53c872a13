"""Replies as the tables that other tools read: Talk to the City, Sensemaker, Polis."""

import csv
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from bot import markup
from bot.core.authors import Author
from bot.features.exports.actions.neighbours import LIMITS, Hitch, Neighbour, NeighbourWanted, Preflight, why_not
from bot.features.exports.actions.replies import ExportedReply
from bot.features.exports.reports.tables import TextFile
from bot.features.exports.texts import neighbours as texts
from bot.i18n import Translator, translator
from bot.models import Naming
from bot.paper import cells
from bot.phrases import signatures

# What makes Talk to the City refuse a whole file wherever it stands in a cell (common/csv-security, detectCSVInjection,
# validateCSVStructure): each gets a space where it ends, so that "our data: 40 women" is read and not taken for an attack.
ALARMS = re.compile(
    r"(?:data|javascript|vbscript)(?=:)|power(?=shell)|<(?=script)|,{40}(?=,)|\"{20}(?=\")", re.IGNORECASE
)
CALLS = re.compile(r"(?:cmd(?=\s*\|)|dde(?=\s*\())", re.IGNORECASE)  # a space would not do
BROKEN = "\ufffd"  # would pass for a wrong encoding

# pandas, read_csv: what it takes for no value at all; Sensemaker stops at a row without one.
NO_VALUE = frozenset(
    {
        "#N/A",
        "#N/A N/A",
        "#NA",
        "-1.#IND",
        "-1.#QNAN",
        "-NaN",
        "-nan",
        "1.#IND",
        "1.#QNAN",
        "<NA>",
        "N/A",
        "NA",
        "NULL",
        "NaN",
    }
    | {"None", "n/a", "nan", "null"}
)


@dataclass(frozen=True)
class Voice:
    """A reply as a neighbour gets it: `author` counts those who can be told apart, an anonymous reply being one by itself."""

    number: int
    question: int
    author: int
    name: str
    is_anonymous: bool
    text: str
    replied_at: datetime
    theme: str


class Sieve:
    """Takes the replies that a neighbour would take, in the words and the language that are wanted, and notes what it leaves out."""

    def __init__(self, wanted: NeighbourWanted, t: Translator) -> None:
        self.seen = Preflight(wanted)
        self._t = t
        self._authors: dict[tuple[Naming, str], int] = {}
        self._last = 0

    def sift(self, replies: Iterable[ExportedReply]) -> list[Voice]:
        """The replies that go into the file."""
        return [voice for reply in replies if (voice := self._voice(reply)) is not None]

    def _voice(self, reply: ExportedReply) -> Voice | None:
        wanted = self.seen.wanted
        if wanted.question not in {None, reply.question}:
            return None
        plain, untranslated = _words(reply, wanted)
        text = _guarded(plain, wanted.neighbour)
        refused = why_not(reply, text, wanted.neighbour)
        if refused is not None:
            self.seen.note(refused, reply.number)
            return None
        self.seen.replies += 1
        if untranslated:
            self.seen.note(Hitch.UNTRANSLATED, reply.number)
        advised = LIMITS[wanted.neighbour].advised
        if advised is not None and markup.length(text) > advised:
            self.seen.note(Hitch.LONG, reply.number)
        if text != " ".join(plain.split()) and wanted.neighbour is not Neighbour.QDA:
            self.seen.note(Hitch.REWORDED, reply.number)
        return Voice(
            number=reply.number,
            question=reply.question,
            author=self._author(reply),
            name=self._name(reply),
            is_anonymous=_is_anonymous(reply),
            text=text,
            replied_at=reply.replied_at,
            theme=reply.theme,
        )

    def _author(self, reply: ExportedReply) -> int:
        named = (reply.naming, reply.author)
        known = self._authors.get(named) if reply.author else None
        if known is not None:
            return known
        self._last += 1
        if reply.author:
            self._authors[named] = self._last
        return self._last

    def _name(self, reply: ExportedReply) -> str:
        if _is_anonymous(reply):
            return texts.anonymous(self._t, reply.number)
        who = Author(
            reply.naming,
            reply.author if reply.naming is Naming.NAME else None,
            reply.author if reply.naming is Naming.PSEUDONYM else None,
            is_moderator=reply.as_moderator,
        )
        return signatures.author(self._t, who)


def _is_anonymous(reply: ExportedReply) -> bool:
    return not reply.author and not reply.as_moderator


def _words(reply: ExportedReply, wanted: NeighbourWanted) -> tuple[str, bool]:
    """The words of a reply in the language that is wanted, a translation marked as one; and whether there is none."""
    language = wanted.language
    if wanted.neighbour is Neighbour.QDA:  # the words that codes stand on are those that were written
        return reply.text, False
    if language is None or language == reply.language or not reply.text:
        return reply.text, False
    if (one := reply.translations.get(language)) is None:
        return reply.text, True
    return f"{one.text} {texts.translated_mark(translator(language), reply.language)}", False


def _guarded(text: str, neighbour: Neighbour) -> str:
    """A text that passes the neighbour's checks, and is no formula."""
    if neighbour is Neighbour.QDA:
        return text
    line = cells.quoted(text)
    if neighbour is Neighbour.SENSEMAKER and line in NO_VALUE:
        return f"“{line}”"
    return _unalarming(line) if neighbour is Neighbour.T3C else line


def _unalarming(text: str) -> str:
    spaced = ALARMS.sub(r"\g<0> ", text.replace(BROKEN, "?"))
    return CALLS.sub(r"\g<0> –", spaced)


class VoiceTable(TextFile):
    """CSV in UTF-8 without a byte order mark, which two of the three would take for a part of the first heading."""

    columns: tuple[str, ...]

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8")
        self.rows = 0
        self._lines = csv.writer(self._file)
        self._lines.writerow(self.columns)

    def write(self, voices: Iterable[Voice]) -> None:
        """Add some replies."""
        for voice in voices:
            self._lines.writerow(self._row(voice))
            self.rows += 1

    def _row(self, voice: Voice) -> Sequence[object]:
        raise NotImplementedError


class TalkToTheCity(VoiceTable):
    """One row a reply; who speaks as they chose to be named."""

    columns = ("id", "interview", "comment")

    def _row(self, voice: Voice) -> Sequence[object]:
        return voice.number, _unalarming(cells.quoted(voice.name)), voice.text


class Polis(VoiceTable):
    """Statements nobody has voted on yet: as Polis exports them, and under the one heading that it imports, `comment_text`."""

    columns = (
        *("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"),
        "comment_text",
    )

    def _row(self, voice: Voice) -> Sequence[object]:
        at = voice.replied_at
        told = f"{at:%a %b %d %Y %H:%M:%S} GMT+0000 (Coordinated Universal Time)"
        return int(at.timestamp()), told, voice.number, voice.author, 0, 0, 1, voice.text, voice.text


class Sensemaker(VoiceTable):
    """One row a participant, with all they said: of several rows it would read the first.

    What was said lies beside it until all is known: a dialogue may be larger than memory. An anonymous reply is a participant by itself.
    """

    columns = ("participant_id", "survey_text")

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._said = TemporaryFile("w+b")  # noqa: SIM115 - until the table is left
        self._places: dict[int, array[int]] = {}

    def write(self, voices: Iterable[Voice]) -> None:
        """Add some replies."""
        for voice in voices:
            said = voice.text.encode()
            self._places.setdefault(voice.author, array("q")).extend((self._said.tell(), len(said)))
            self._said.write(said)

    def __exit__(self, *error: object) -> None:
        with self._said:
            for author, places in self._places.items():
                self._lines.writerow((author, "\n\n".join(self._read(places))))
                self.rows += 1
        super().__exit__(*error)

    def _read(self, places: "array[int]") -> Iterator[str]:
        for start, size in zip(places[::2], places[1::2], strict=True):
            self._said.seek(start)
            yield self._said.read(size).decode()


TABLES: dict[Neighbour, type[VoiceTable]] = {
    Neighbour.T3C: TalkToTheCity,
    Neighbour.SENSEMAKER: Sensemaker,
    Neighbour.POLIS: Polis,
}
