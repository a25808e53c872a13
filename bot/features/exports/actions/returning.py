"""A file of another tool is read: Talk to the City's report, Polis's statements, Sensemaker's opinions, each as claims with quotes."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, Field, JsonValue, ValidationError

from bot import i18n, markup
from bot.features.proposals.actions.claims import Claim, Tool
from bot.insight import languages as insight

LARGEST = 20_000_000  # bytes; Bot API, getFile: "bots can download files of up to 20MB in size"
READING_SECONDS = 10.0  # of a processor
SEPARATORS = ",;\t"
MOST_HEADINGS = 8  # of a table, told to whoever sent it
LONGEST_HEADING = 40  # characters
REJECTED = "-1"  # Polis, moderated: 1 accepted, 0 nobody looked, -1 rejected


@dataclass(frozen=True)
class Returned:
    """What a tool's file claims; nothing, where it is a file of that tool with nothing in it that can be used."""

    tool: Tool
    claims: tuple[Claim, ...]

    @property
    def quotes(self) -> int:
        """How many quotes it has."""
        return sum(len(claim.quotes) for claim in self.claims)


class ForeignKind(StrEnum):
    """What a file is that none of these tools made."""

    NO_TEXT = "no text"
    BROKEN = "broken"
    OTHER_DATA = "other data"
    OTHER_TABLE = "other table"


@dataclass(frozen=True)
class Foreign:
    """A file that none of these tools made: broken in a `line` (JSON), or with these headings (a table)."""

    what: ForeignKind
    line: int = 0
    headings: tuple[str, ...] = ()


class _Quote(BaseModel):
    text: str


class _ReportedClaim(BaseModel):
    title: str
    quotes: list[_Quote]
    similar: list["_ReportedClaim"] = Field(default=[], alias="similarClaims")


class _Subtopic(BaseModel):
    claims: list[_ReportedClaim]


class _Topic(BaseModel):
    subtopics: list[_Subtopic]


class _Report(BaseModel):
    topics: list[_Topic]


def read(content: bytes, languages: Sequence[str] = (), own: str = i18n.SOURCE) -> Returned | Foreign:
    """What a file claims, for a dialogue in these languages of which `own` is the first; what it is else, if it is of none of these tools."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Foreign(ForeignKind.NO_TEXT)
    found = _report(text) if text.lstrip()[:1] in {"{", "["} else _table(text)
    if isinstance(found, Foreign):
        return found
    tool, claims = found
    told = [
        Claim(text, _language(text, languages, own), tuple(quotes)) for text, quotes in claims.items() if text.strip()
    ]
    return Returned(tool, tuple(told))


def _language(text: str, languages: Sequence[str], own: str) -> str:
    if not languages:
        return own
    found = insight.detect(text, own=own, expected=languages)
    return i18n.negotiate(found, languages, "") or found


def _report(text: str) -> tuple[Tool, dict[str, list[str]]] | Foreign:
    """Talk to the City's report (version 0.2), as its server keeps it or as it is downloaded."""
    try:
        report = _Report.model_validate(_unwrapped(json.loads(text)))
    except json.JSONDecodeError as error:
        return Foreign(ForeignKind.BROKEN, line=error.lineno)
    except (ValueError, ValidationError, RecursionError):
        return Foreign(ForeignKind.OTHER_DATA)
    claims = [claim for topic in report.topics for subtopic in topic.subtopics for claim in subtopic.claims]
    gathered: dict[str, list[str]] = {}
    for claim in claims:
        gathered.setdefault(claim.title, []).extend(_quotes(claim))
    return Tool.T3C, gathered


def _unwrapped(value: JsonValue) -> JsonValue:
    """What stands in ["v0.2", …] and in {"data": …}, as often as it does."""
    while True:
        match value:
            case [str(), inner]:
                value = inner
            case {"data": inner}:
                value = inner
            case _:
                return value


def _quotes(claim: _ReportedClaim) -> Iterator[str]:
    yield from (quote.text for quote in claim.quotes)
    for each in claim.similar:
        yield from _quotes(each)


def _table(text: str) -> tuple[Tool, dict[str, list[str]]] | Foreign:
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        rows = [
            {(name or "").strip().lower(): cell or "" for name, cell in row.items() if isinstance(cell, str)}
            for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error:
        return Foreign(ForeignKind.NO_TEXT)
    headings = [name.strip() for name in next(csv.reader([head], delimiter=separator), [])]
    columns = {name.lower() for name in headings}
    if "opinion" in columns and columns & {"quote", "representative_text"}:
        return Tool.SENSEMAKER, _opinions(rows)
    if columns & {"comment-body", "comment_text"}:
        return Tool.POLIS, _statements(rows)
    shown = (markup.excerpt(name, LONGEST_HEADING) for name in headings[:MOST_HEADINGS] if name)
    return Foreign(ForeignKind.OTHER_TABLE, headings=tuple(shown))


def _opinions(rows: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    """Sensemaker's opinions, each with what it was found in; those it found nowhere else are no claim."""
    gathered: dict[str, list[str]] = {}
    for row in rows:
        quote = row.get("quote") or row.get("representative_text") or ""
        if quote and row.get("opinion", "").strip().lower() != "other":
            gathered.setdefault(row.get("opinion", ""), []).append(quote)
    return gathered


def _statements(rows: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    """Polis's statements that its moderators didn't reject: each is its own quote."""
    statements = [
        row.get("comment-body") or row.get("comment_text") or "" for row in rows if row.get("moderated") != REJECTED
    ]
    return {statement: [statement] for statement in statements}
