"""What a paragraph opens: a part of the dialogue (Background, Question 2), a language, or nothing, since it is a text itself."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.authoring.manuscripts import labels, terms, vocabulary
from bot.authoring.manuscripts.blocks import TITLE_LEVEL, Block, Shape
from bot.authoring.manuscripts.labels import Path
from bot.authoring.manuscripts.vocabulary import language_named

QUESTION_MARKS = ("?", "؟", "\N{FULLWIDTH QUESTION MARK}")
LONGEST_OPENING = 200
_LABELLED = re.compile(r"\s*([^:：\n]{1,60}?)\s*[:：]\s*(.*)", re.DOTALL)
_NUMBERED_LABEL = re.compile(r"\s*([^\W\d]+\s*\d{1,2})\s*[.)–—-]\s*(.+)", re.DOTALL)
_AS_LINES = frozenset({"title", "summary", "concept_note", "rules"})
_SETTINGS = frozenset({"slug", "languages", "timezone", "starts", "ends", "every"})


class OpeningKind(Enum):
    """What is opened."""

    LANGUAGE = auto()
    TEXT = auto()  # of the dialogue: title, summary, concept note, rules
    QUESTION = auto()
    PROMPTS = auto()
    ALL_QUESTIONS = auto()
    ALL_SOURCES = auto()
    SETTINGS = auto()
    SETTING = auto()  # one of them, in a line
    OF_SUMMARY = auto()  # what belongs to a Summary, and comes of the dialogue
    UNKNOWN = auto()  # a heading that says something else


@dataclass(frozen=True)
class Opening:
    """What is opened, with what stands behind it in the same line. `key` is a text or setting of the dialogue, `number` a question's."""

    kind: OpeningKind
    block: Block
    key: str = ""
    number: int | None = None
    language: str | None = None
    rest: str = ""

    @property
    def level(self) -> int:
        """The level of the heading; of a line that is none as deep as can be."""
        return self.block.level if self.block.shape is Shape.HEADING else _DEEPEST


_DEEPEST = 9
_KINDS = {
    terms.ALL_QUESTIONS: OpeningKind.ALL_QUESTIONS,
    terms.ALL_SOURCES: OpeningKind.ALL_SOURCES,
    terms.SETTINGS: OpeningKind.SETTINGS,
    terms.TEXTS: OpeningKind.SETTINGS,
    terms.KEY_POINTS: OpeningKind.OF_SUMMARY,
    terms.FURTHER: OpeningKind.OF_SUMMARY,
    "prompts": OpeningKind.PROMPTS,
    **dict.fromkeys(_AS_LINES, OpeningKind.TEXT),
}


def opening(block: Block) -> Opening | None:
    """What a paragraph opens; None for a text."""
    if block.is_listed or block.shape is Shape.QUOTE:
        return None
    is_heading = block.shape is Shape.HEADING
    if len(block.words) > LONGEST_OPENING and not is_heading:
        return _labelled(block)
    found = _language(block) or _named(block) or _labelled(block)
    if found or not (is_heading or block.stands_out):
        return found
    if block.words.endswith(QUESTION_MARKS):
        return Opening(OpeningKind.QUESTION, block, rest=block.words)
    if block.level == TITLE_LEVEL and is_heading:
        return Opening(OpeningKind.TEXT, block, "title", rest=block.words)
    return Opening(OpeningKind.UNKNOWN, block) if is_heading else None


def _language(block: Block) -> Opening | None:
    language = language_named(block.words)
    # A word of two letters may be one of the text.
    is_marked = block.shape is Shape.HEADING or block.stands_out or len(block.words) > len("zho")
    return Opening(OpeningKind.LANGUAGE, block, language=language) if language and is_marked else None


def _named(block: Block) -> Opening | None:
    """A line that is nothing but the name of a part."""
    for key in vocabulary.meanings(block.words):
        if key in _KINDS:
            return Opening(_KINDS[key], block, key)
        if key == "questions":
            return Opening(OpeningKind.QUESTION, block)
    path = labels.read(block.words)
    return _question(block, path, "") if path else None


def _labelled(block: Block) -> Opening | None:
    """A line that begins with the name of a part, behind which its text begins."""
    for pattern in (_LABELLED, _NUMBERED_LABEL):
        found = pattern.fullmatch(block.words)
        path = labels.read(found[1]) if found else None
        if found is None or path is None or not found[2]:
            continue
        if path[0] == "questions":
            return _question(block, path, _behind(block, found[2]))
        if len(path) == 1 and path[0] in _AS_LINES:
            return Opening(OpeningKind.TEXT, block, str(path[0]), rest=_behind(block, found[2]))
        if len(path) == 1 and path[0] in _SETTINGS:
            return Opening(OpeningKind.SETTING, block, str(path[0]), rest=found[2])
    return None


def _question(block: Block, path: Path, rest: str) -> Opening | None:
    if path[0] != "questions" or path[-1] not in {"text", "title"}:
        return None
    return Opening(OpeningKind.QUESTION, block, str(path[-1]), int(path[1]), rest=rest)


def _behind(block: Block, words: str) -> str:
    """What stands behind the label, as Markdown; of a heading or a line that is bold as a whole the words alone."""
    found = _LABELLED.fullmatch(block.markdown)
    if found is None or found[2].startswith("*") or block.stands_out or block.shape is Shape.HEADING:
        return words
    return found[2].strip()
