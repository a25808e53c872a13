"""What stands on the form of a draft: row by row a cell in each language, with what is missing and what is wrong there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.authoring import Code, Content, Fault
from bot.features.drafts.actions import contents, fields, pages, values
from bot.features.drafts.actions.fields import DraftField
from bot.features.drafts.actions.pages import Asks

Faults = Mapping[DraftField, Sequence[Fault]]
MORE_ON_MESSAGE = frozenset({Code.MESSAGE_TOO_LONG})
ON_FORM_ALONE = frozenset({*values.SECTIONS.values(), "sources"}) - {"days"}
"""The sections that are no page of the wizard."""


@dataclass(frozen=True)
class FormCell:
    """A field as the form shows it; `lacks` if there is a text in other languages and none here."""

    field: DraftField
    text: str
    seen: str
    lacks: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def is_moment(self) -> bool:
        """Whether it is a day with a clock."""
        return not self.field.language and contents.key_of(self.field.place) in values.CLOCKS


@dataclass(frozen=True)
class FormRow:
    """A text in each language that its reader writes, beside the `source` (language, words) where that is another's to write."""

    place: str
    cells: tuple[FormCell, ...]
    source: tuple[str, str] | None = None


@dataclass(frozen=True)
class Item:
    """A question, a live event or an entry of the reading list: what tells it apart, its texts, and its values."""

    name: str
    index: int
    anchor: str
    rows: tuple[FormRow, ...]
    values: Mapping[str, FormCell]

    @property
    def has_more(self) -> bool:
        """Whether it says more than its first text."""
        texts = (cell for row in self.rows[1:] for cell in row.cells)
        return any(cell.text for cell in (*texts, *self.values.values()))

    @property
    def has_details(self) -> bool:
        """Whether a live event says more than what it is, when, where and for how long."""
        texts = (cell for row in self.rows[2:] for cell in row.cells)
        said = (cell for key, cell in self.values.items() if key not in {"starts", "link", "lasts"})
        return any(cell.text for cell in (*texts, *said))


def placed(content: Content, faults: Sequence[Fault]) -> Faults:
    """The faults by the field in which each can be mended."""
    found: dict[DraftField, list[Fault]] = defaultdict(list)
    for fault in faults:
        found[_field_of(content, fault)].append(fault)
    return found


def _field_of(content: Content, fault: Fault) -> DraftField:
    place, languages = fault.place, contents.languages(content)
    if fault.code is Code.MISSING_KEY:
        place = ".".join(filter(None, (place, str(fault.params["key"]))))
    elif fault.code in MORE_ON_MESSAGE:
        place = f"{place.partition('.')[0]}.text"
    head, _, tail = place.rpartition(".")
    tag = tail.partition("[")[0]
    if head and tag in languages:
        return DraftField(head, tag)
    tag = str(fault.params.get("language", ""))
    if tag in languages:
        return DraftField(place, tag)
    first = DraftField(place, languages[0] if languages else "")
    return first if fields.is_field(content, first) else DraftField(place)


def cell(content: Content, field: DraftField, faults: Faults) -> FormCell:
    """One field."""
    text = fields.said(content, field)
    there = contents.texts(content, field.place) if field.language else {}
    return FormCell(
        field,
        text,
        fields.seen(content, field),
        lacks=bool(there) and field.language not in there and field.place not in pages.LABELS,
        faults=tuple(faults.get(field, ())),
    )


def row(content: Content, place: str, faults: Faults, only: str | None = None) -> FormRow:
    """A text in all languages; with `only` one in that language, beside the source."""
    languages, there = contents.languages(content), contents.texts(content, place)
    cells = tuple(cell(content, DraftField(place, tag), faults) for tag in languages if only in {None, tag})
    source = next(((tag, there[tag]) for tag in languages if tag in there and tag != only), None)
    return FormRow(place, cells, source if only else None)


def items(content: Content, name: str, faults: Faults) -> list[Item]:
    """All questions, all live events, or the whole reading list."""
    found = []
    for index in range(len(contents.listed(content, name))):
        item = f"{name}[{index}]"
        rows = tuple(row(content, f"{item}.{key}", faults) for key in values.ITEM_TEXTS[name])
        said = {key: cell(content, DraftField(f"{item}.{key}"), faults) for key in values.ITEM_VALUES[name]}
        found.append(Item(item, index, fields.anchor(content, item), rows, said))
    return found


def to_translate(content: Content, language: str) -> list[FormRow]:
    """All texts that there are in other languages, for who writes this one."""
    rows = [row(content, place, {}, language) for place in contents.every_text_place(content)]
    return [each for each in rows if each.source is not None]


def text_pages() -> list[str]:
    """The pages that are one text in each language, without the Summary's labels."""
    return [each.word for each in pages.PAGES if each.asks is Asks.TEXT and each.needed]


def section_id(name: str) -> str:
    """The name under which a browser finds a question or a live event."""
    return name.replace("[", "-").replace("]", "")


def anchor_id(name: str) -> str:
    """Where the form keeps what tells a question or a live event apart."""
    return f"anchor-{section_id(name)}"


def section_of(fault: Fault) -> str:
    """The section of the form in which a fault can be mended."""
    lacks = fault.code is Code.MISSING_KEY and not fault.place
    place = str(fault.params["key"]) if lacks else fault.place
    top = place.partition(".")[0]
    sections = {**values.SECTIONS, **{each.partition(".")[0]: section for each, section in values.SECTIONS.items()}}
    if place in sections or top in sections:
        return sections.get(place) or sections[top]
    if top.startswith("sources"):
        return section_id(top)
    page = pages.page_of_fault(place)
    if page in pages.LABELS:
        return "document"
    return {"zone": "days", "more": "form"}.get(page, section_id(page.partition(".")[0]))
