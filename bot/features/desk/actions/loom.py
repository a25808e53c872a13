"""The loom: a Summary's key points as rows, its languages as columns, each cell with what is missing, stale or different in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights, wordings
from bot.core.rights import Right, rights_of
from bot.core.versions import Versioned
from bot.core.wordings import Opened
from bot.features.desk.actions import reading
from bot.features.desk.actions.threads import LoomThread
from bot.features.key_points.actions import amendments, footing
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.key_points.actions.points import Point
from bot.features.summary.actions import consultation, contents, parts, publication, translators
from bot.features.summary.actions.consultation import OpenObjection
from bot.features.summary.actions.contents import Material
from bot.features.summary.actions.parity import Difference, Part
from bot.features.summary.actions.publication import Compared
from bot.features.summary.actions.waivers import Waived
from bot.models import Dialogue, Member, Person

TITLE = "title"


@dataclass(frozen=True)
class CellMark:
    """A difference from the source language, and who let it stand."""

    difference: Difference
    waived: Waived | None = None


@dataclass(frozen=True)
class ChangedWording:
    """A wording in a `language` that another one doesn't keep up with: how it read `before`, and reads `now`."""

    language: str
    before: str
    now: str


@dataclass(frozen=True)
class LoomCell:
    """A wording in a language, empty for none; `opened` is what a form that changes it carries.

    It is `wanting` where it is missing, or behind another, and translators were asked for it at a moment (`asked`). What was
    `reworded` is told as far as it is known.
    """

    language: str
    text: str
    opened: Opened
    is_wanting: bool = False
    asked: datetime | None = None
    reworded: ChangedWording | None = None


@dataclass(frozen=True)
class Row:
    """A thread in all languages, the source first; a key point with its `state` (amendments.state_of) and what is held against it."""

    thread: LoomThread
    cells: tuple[LoomCell, ...]
    point: Point | None = None
    state: str = ""
    objections: tuple[OpenObjection, ...] = ()


@dataclass(frozen=True)
class LoomChapter:
    """The rows of a question, or (number 0) those for further discussion; `place` is where marks on all of it stand."""

    number: int
    place: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Loom:
    """A Summary as it is woven; `marks` by place and language, `events` (id, title) are those that a key point may come from.

    The reader words it in the languages that are `own`; in those that are `askable` there are others to be asked for a wording.
    """

    member: Member
    material: Material
    title: str
    zone: str
    languages: tuple[str, ...]
    parts: tuple[Row, ...]
    labels: tuple[Row, ...]
    chapters: tuple[LoomChapter, ...]
    compared: Compared
    marks: Mapping[str, Mapping[str, Sequence[CellMark]]] = field(default_factory=dict)
    events: Sequence[tuple[int, str]] = ()
    own: tuple[str, ...] = ()
    askable: frozenset[str] = frozenset()

    @property
    def rights(self) -> frozenset[Right]:
        """What the reader may do in this dialogue."""
        return rights_of(self.member.role)

    @property
    def is_woven(self) -> bool:
        """Whether the reader writes the Summary, and doesn't only translate it."""
        return Right.SUMMARISE in self.rights

    @property
    def rows(self) -> Iterator[Row]:
        """All rows."""
        yield from self.parts
        yield from self.labels
        for chapter in self.chapters:
            yield from chapter.rows

    def row(self, thread: LoomThread) -> Row:
        """One row; raises NoSuchKeyPoint."""
        found = next((row for row in self.rows if row.thread == thread), None)
        if found is None:
            raise NoSuchKeyPoint(thread)
        return found

    def row_at(self, place: str) -> Row | None:
        """The row of a name; None where a place is that of no row."""
        return next((row for row in self.rows if row.thread.name == place), None)

    def wanting(self, language: str) -> list[tuple[Row, LoomCell]]:
        """What is missing or behind in a language."""
        return [(row, cell) for row in self.rows for cell in row.cells if cell.language == language and cell.is_wanting]

    @property
    def lacking(self) -> list[str]:
        """The languages in which something is missing or behind."""
        return [tag for tag in self.languages if self.wanting(tag)]

    @property
    def asked_of_reader(self) -> list[tuple[Row, LoomCell]]:
        """What is missing or behind in the reader's own languages, and asked for."""
        return [(row, cell) for tag in self.own for row, cell in self.wanting(tag) if cell.asked]


async def open_loom(session: AsyncSession, person: Person, slug: str, right: Right = Right.SUMMARISE) -> Loom:
    """The Summary as it is woven now, for who has a right. Raises NoSuchDialogue or NotPermitted.

    Who only translates it isn't told what was said against it.
    """
    member = await reading.reader_of(session, person, slug, right)
    weaves = rights.may(member, Right.SUMMARISE)
    material = await contents.gather(session, slug)
    compared = await publication.compare(session, material)
    objections = await consultation.to_be_read(session, member, person) if weaves else []
    dialogue = material.dialogue
    askable = await translators.to_be_asked(session, member, dialogue) if weaves else {}
    return Loom(
        member=member,
        material=material,
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        zone=wordings.zone_of(person, dialogue),
        languages=tuple(dialogue.languages),
        parts=(_row(LoomThread.background(), dialogue, material.background),),
        labels=tuple(
            _row(LoomThread.of_label(name), dialogue, Versioned(dialogue.labels.get(name, {}), {}), is_label=True)
            for name in parts.LABELS
        ),
        chapters=tuple(_chapters(material, person.language, objections)),
        compared=compared,
        marks=_marks(material, compared),
        events=await footing.events(session, dialogue, language=person.language),
        own=translators.languages(member, person, dialogue),
        askable=frozenset(askable),
    )


def _chapters(material: Material, language: str, objections: Sequence[OpenObjection]) -> Iterator[LoomChapter]:
    dialogue = material.dialogue
    places = [
        (question.id, question.number, wordings.heading(question, dialogue, language))
        for question in dialogue.questions
    ]
    for question_id, number, heading in [*places, (None, 0, "")]:
        points = material.points.get(question_id, ())
        rows = tuple(_point(point, dialogue, objections) for point in points)
        yield LoomChapter(number, place_of_question(number), heading, rows)


def _point(point: Point, dialogue: Dialogue, objections: Sequence[OpenObjection]) -> Row:
    row = _row(LoomThread.point(point.key_point_id), dialogue, point.versioned)
    against = tuple(each for each in objections if each.key_point_id == point.key_point_id)
    return Row(row.thread, row.cells, point, amendments.state_of(point.texts), against)


def _row(thread: LoomThread, dialogue: Dialogue, worded: Versioned, *, is_label: bool = False) -> Row:
    newest = wordings.newest(worded.texts, worded.versions)
    cells = []
    for tag in dialogue.languages:
        text, asked = worded.texts.get(tag, ""), worded.asked.get(tag)
        cells.append(
            LoomCell(
                tag,
                text,
                Opened(wordings.mark_of(text), newest),
                is_wanting=worded.is_wanting(tag) and not is_label,  # the bot has a word of its own for each
                asked=datetime.fromisoformat(asked) if asked else None,
                reworded=_reworded(worded, tag, dialogue.source_language),
            )
        )
    return Row(thread, tuple(cells))


def _reworded(worded: Versioned, language: str, source: str) -> ChangedWording | None:
    """What was changed since a wording was made from the source; or in it, where the source has fallen behind."""
    for changed, beside in ((source, language), (language, source)):
        before = worded.read_then(changed, beside)
        if before is not None:
            return ChangedWording(changed, before, worded.texts[changed])
    return None


def place_of_question(number: int) -> str:
    """Where marks stand that belong to a question, and to none of its key points."""
    return f"question-{number}"


def place_of(material: Material, difference: Difference) -> str:
    """Where a difference is shown: the name of a row, of a question, or the title."""
    match difference.part:
        case Part.TITLE:
            return TITLE
        case Part.BACKGROUND:
            return LoomThread.background().name
        case Part.HEADING | Part.POINTS:
            return place_of_question(difference.number)
        case Part.POINT | Part.FURTHER:
            question_id = next(
                (each.id for each in material.dialogue.questions if each.number == difference.number), None
            )
            return LoomThread.point(material.points[question_id][difference.index - 1].key_point_id).name


def _marks(material: Material, compared: Compared) -> dict[str, dict[str, list[CellMark]]]:
    found: dict[str, dict[str, list[CellMark]]] = {}
    marks = [CellMark(each) for each in compared.open] + [CellMark(each, waived) for each, waived in compared.standing]
    for mark in marks:
        of_place = found.setdefault(place_of(material, mark.difference), {})
        of_place.setdefault(mark.difference.language, []).append(mark)
    return found
