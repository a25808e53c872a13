"""A project of REFI-QDA (.qdpx): replies as sources, themes and key points as codes, and the words they stand on as selections."""

import shutil
import zipfile
from array import array
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from markupsafe import Markup

from bot import markup
from bot.features.exports.actions.coding import Codebook, ThemeCode
from bot.features.exports.reports.neighbours import Voice
from bot.paper import cells

NAMESPACE = "urn:QDA-XML:project:1.0"
MADE_BY = "vdialogue"
NAME = 80  # characters of a source or a selection in a list


class QdaProject:
    """A zip archive that takes replies in their order, and is complete once it is left.

    Positions count characters (code points) from 0, as in the texts that lie in the archive, whose lines end with a line feed alone.
    What comes of the sources is gathered beside the archive meanwhile: a dialogue may be larger than memory.
    """

    def __init__(self, path: Path, slug: str, title: str, codebook: Codebook) -> None:
        self.rows = 0
        self._slug, self._title, self._codebook = slug, title, codebook
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        self._sources = TemporaryFile("w+b")  # noqa: SIM115 - until the project is left
        self._cases: dict[str, array[int]] = {}
        self._by_question: dict[int, array[int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._archive, self._sources:
            if kind is None:
                self._write_project()

    def write(self, voices: Iterable[Voice]) -> None:
        """Add some replies."""
        for voice in voices:
            self.rows += 1
            self._archive.writestr(f"sources/{self._guid('reply', voice.number)}.txt", voice.text)
            self._by_question.setdefault(voice.question, array("q")).append(voice.number)
            if not voice.is_anonymous:
                self._cases.setdefault(voice.name, array("q")).append(voice.number)
            self._sources.write(self._source(voice).encode())

    def _source(self, voice: Voice) -> Markup:
        guid = self._guid("reply", voice.number)
        return Markup(
            '<TextSource guid="{guid}" name="{name}" plainTextPath="internal://{guid}.txt" {made}>\n{selections}</TextSource>\n'
        ).format(
            guid=guid,
            name=_name(f"R{voice.number} {voice.name}"),
            made=self._made(voice.replied_at),
            selections=Markup("").join(self._selections(voice)),
        )

    def _selections(self, voice: Voice) -> Iterator[Markup]:
        if voice.theme:
            theme = ThemeCode(voice.question, voice.theme)
            yield self._selection(voice, theme, 0, len(voice.text))
        for coded in self._codebook.spans.get(voice.number, ()):
            yield self._selection(voice, coded.code, coded.start, coded.end)

    def _selection(self, voice: Voice, code: ThemeCode, start: int, end: int) -> Markup:
        place = f"{voice.number}/{code.question}/{code.name}"
        return Markup(
            '<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" endPosition="{end}" {made}>'
            '<Coding guid="{coding}" {made}><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>\n'
        ).format(
            guid=self._guid("selection", place),
            name=_name(voice.text[start:end]),
            start=start,
            end=end,
            made=self._made(voice.replied_at),
            coding=self._guid("coding", place),
            code=self._code_guid(code),
        )

    def _write_project(self) -> None:
        with self._archive.open("project.qde", "w", force_zip64=True) as project:
            for part in (self._head(), *self._codes(), *self._cases_told(), Markup("<Sources>\n")):
                project.write(part.encode())
            self._sources.seek(0)
            shutil.copyfileobj(self._sources, project)
            for part in (Markup("</Sources>\n"), *self._sets(), Markup("</Project>\n")):
                project.write(part.encode())

    def _head(self) -> Markup:
        return Markup(
            '<?xml version="1.0" encoding="utf-8"?>\n<Project name="{}" origin="{}" creatingUserGUID="{}" xmlns="{}">\n'
            '<Users><User guid="{}" name="{}"/></Users>\n'
        ).format(_name(self._title), MADE_BY, self._user, NAMESPACE, self._user, MADE_BY)

    def _codes(self) -> Iterator[Markup]:
        yield Markup("<CodeBook><Codes>\n")
        for number, title in self._codebook.questions.items():
            yield Markup('<Code guid="{}" name="{}" isCodable="false">\n').format(
                self._guid("question", number), _name(f"{number}. {title}")
            )
            for code in (*self._codebook.themes, *self._codebook.points):
                if code.question == number:
                    yield self._code(code)
            yield Markup("</Code>\n")
        yield Markup("</Codes></CodeBook>\n")

    def _code(self, code: ThemeCode) -> Markup:
        """A code; of the same name none stands twice, since some programs know codes by name alone."""
        namesakes = [each for each in self._codebook.themes if each.name == code.name]
        label = f"{code.name} ({code.question})" if len(namesakes) > 1 else f"{code.name} {code.sentence}".strip()
        told = (
            Markup("<Description>{}</Description>").format(cells.printable(code.sentence))
            if code.sentence
            else Markup("")
        )
        return Markup('<Code guid="{}" name="{}" isCodable="true">{}</Code>\n').format(
            self._code_guid(code), _name(label), told
        )

    def _cases_told(self) -> Iterator[Markup]:
        """Who said what, as they chose to be named; an anonymous reply belongs to nobody."""
        if not self._cases:
            return
        yield Markup("<Cases>\n")
        for name, numbers in self._cases.items():
            yield Markup('<Case guid="{}" name="{}">').format(self._guid("case", name), _name(name))
            yield from (Markup('<SourceRef targetGUID="{}"/>').format(self._guid("reply", each)) for each in numbers)
            yield Markup("</Case>\n")
        yield Markup("</Cases>\n")

    def _sets(self) -> Iterator[Markup]:
        """The replies of each question."""
        if not self._by_question:
            return
        yield Markup("<Sets>\n")
        for question, numbers in sorted(self._by_question.items()):
            title = f"{question}. {self._codebook.questions.get(question, '')}"
            yield Markup('<Set guid="{}" name="{}">').format(self._guid("set", question), _name(title))
            yield from (Markup('<MemberSource targetGUID="{}"/>').format(self._guid("reply", each)) for each in numbers)
            yield Markup("</Set>\n")
        yield Markup("</Sets>\n")

    def _made(self, at: datetime) -> Markup:
        moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Markup('creatingUser="{}" creationDateTime="{}"').format(self._user, moment)

    @property
    def _user(self) -> UUID:
        return self._guid("user", MADE_BY)

    def _code_guid(self, code: ThemeCode) -> UUID:
        return self._guid("code", f"{code.question}/{code.name}")

    def _guid(self, kind: str, key: object) -> UUID:
        """Made of what it names in this export alone, so that it leads to no account."""
        return uuid5(NAMESPACE_URL, f"{MADE_BY}/{self._slug}/{kind}/{key}")


def _name(text: str) -> str:
    return markup.excerpt(" ".join(cells.printable(text).split()), NAME)
