"""The pages of the wizard, in their order: what of the file each fills, and how it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import get_args

from bot.authoring import dialogue_file, keys


class Asks(Enum):
    """How a page is filled."""

    LANGUAGES = "languages"
    TEXT = "text"
    """A text in each language, typed."""
    DAYS = "days"
    ZONE = "zone"
    QUESTIONS = "questions"
    EVENTS = "events"
    """Live events, each typed in one message."""
    OPTIONS = "options"
    """One of a few values for each of its keys."""
    MORE = "more"
    """Nothing itself: leads to pages that aren't on the way."""


@dataclass(frozen=True)
class Sheet:
    """A page of the wizard; `word` is the key of the file that it fills, if it is one, and stands in buttons.

    `keys` are all that it fills. Pages `on_the_way` come one after the other, the others are gone to. A text that isn't
    `needed` may lack any language.
    """

    word: str
    keys: tuple[str, ...]
    asks: Asks
    on_the_way: bool = True
    needed: bool = True


LABELS = tuple(f"labels.{key}" for key in keys.LABELS)
PAGES = (
    Sheet("languages", ("languages",), Asks.LANGUAGES),
    Sheet("title", ("title",), Asks.TEXT),
    Sheet("days", ("starts", "ends", "every"), Asks.DAYS),
    Sheet("zone", ("timezone",), Asks.ZONE, on_the_way=False),
    Sheet("questions", ("questions",), Asks.QUESTIONS),
    Sheet("concept_note", ("concept_note", "sources"), Asks.TEXT),
    Sheet("people", ("moderation", "names", "admission"), Asks.OPTIONS),
    Sheet("more", (), Asks.MORE, on_the_way=False),
    Sheet("summary", ("summary",), Asks.TEXT, on_the_way=False),
    Sheet("rules", ("rules",), Asks.TEXT, on_the_way=False),
    Sheet("events", ("events",), Asks.EVENTS, on_the_way=False),
    Sheet("document", tuple(f"document.{key}" for key in keys.DOCUMENT), Asks.OPTIONS, on_the_way=False),
    *(Sheet(label, (label,), Asks.TEXT, on_the_way=False, needed=False) for label in LABELS),
)
"""A key of the file that is one text, or one of a few values, needs a row here (and its words in texts/names.py), and no more."""

CHECK = "check"
QUESTION_TEXTS = ("text", "title", "prompts", "follow_up")
"""The texts of a question, the one that it needs first."""
EVENT_TEXTS = ("title", "about", "notes")
"""The texts of a live event, the one that it needs first."""
SOURCE_TEXTS = ("title",)
"""The text of an entry of the reading list."""
IN_LINES = frozenset({"prompts"})
"""The texts that are lists: each line is an item."""
OPTIONS: dict[str, tuple[str, ...]] = {
    "moderation": get_args(dialogue_file.Moderation),
    "names": get_args(dialogue_file.Names),
    "admission": get_args(dialogue_file.Admission),
    "document.dates": get_args(dialogue_file.Dates),
    "document.strength": get_args(dialogue_file.Shown),
    "document.method": get_args(dialogue_file.Shown),
    "document.quotes": get_args(dialogue_file.Shown)[::-1],
}
"""The values of each, the usual one first."""

_BY_WORD = {page.word: page for page in PAGES}


def page(place: str) -> Sheet | None:
    """The page on which a place is filled; None for what isn't one, such as the check."""
    return _BY_WORD.get("questions" if place.startswith("questions[") else place)


def page_of_fault(place: str) -> str:
    """Where what is amiss at a place of the file (as a fault names it) can be mended."""
    top, _, rest = place.partition(".")
    if top.startswith("questions["):
        key = rest.partition(".")[0].partition("[")[0]
        return f"{top}.{key}" if key in QUESTION_TEXTS else f"{top}.text" if not key else "questions"
    key = top.partition("[")[0]
    part = f"{key}.{rest.partition('.')[0]}"
    return next((each.word for each in PAGES if {key, part} & {each.word, *each.keys}), "more")


def way() -> Iterator[str]:
    """The pages that come one after the other, up to the check."""
    yield from (each.word for each in PAGES if each.on_the_way)
    yield CHECK


def aside() -> tuple[str, ...]:
    """The pages that the page of more leads to."""
    return tuple(
        each.word
        for each in PAGES
        if not each.on_the_way and each.needed and each.asks in {Asks.TEXT, Asks.OPTIONS, Asks.EVENTS}
    )


def after(place: str, questions: int, first_open: int | None = None) -> str:
    """The page that follows: questions come one by one, from the first that is open."""
    if place.startswith("questions["):
        number = int(place[len("questions[") : place.index("]")])
        if number + 1 < questions and place.endswith(".text"):
            return f"questions[{number + 1}].text"
        return following("questions") if place.endswith(".text") else f"questions[{number}].text"
    follows = following(place)
    if follows == "questions" and first_open is not None:
        return f"questions[{first_open}].text"
    return follows


def following(place: str) -> str:
    """The page after one on the way; from one that isn't, back to where it was gone to, or to the check."""
    if place in LABELS:
        return "document"
    found = list(way())
    return found[found.index(place) + 1] if place in found[:-1] else CHECK
