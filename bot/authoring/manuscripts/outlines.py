"""The outline of a document: its paragraphs sorted into chapters (a text of the dialogue, or a question), one language after another."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.authoring.faults import Code
from bot.authoring.manuscripts.blocks import Block, Shape
from bot.authoring.manuscripts.entries import Findings
from bot.authoring.manuscripts.openings import Opening, OpeningKind, opening
from bot.authoring.moments import is_dates_alone

LONGEST_TITLE = 255
_LONGEST_FRONT = 4  # paragraphs: a title, dates, what it is about
_LONGEST_UNMARKED_TITLE = 120
_ENDS_OF_SENTENCES = (".", "!", ":", ";", "?", "؟", "。", "…")
_KEYS = {OpeningKind.ALL_QUESTIONS: "questions", OpeningKind.ALL_SOURCES: "sources"}
_SETTINGS, _NOWHERE = (
    "settings",
    "nowhere",
)  # chapters of which nothing is taken: a table stands there; its heading is noted


@dataclass
class ChapterFound:
    """What belongs together under one heading; `language` where that is said of this chapter alone.

    `key` is a text of the dialogue, or "questions" or "sources"; `number` counts questions from 0, None where each item is one.
    """

    key: str
    at: int
    heading: str = ""
    number: int | None = None
    language: str | None = None
    body: list[Block] = field(default_factory=list)
    prompts_from: int | None = None  # where in the body those begin that have a heading of their own


@dataclass
class LanguagePart:
    """The chapters of one language; `language` where the document says which."""

    language: str | None = None
    chapters: list[ChapterFound] = field(default_factory=list)

    def has(self, key: str) -> bool:
        """Whether there is a chapter for a text."""
        return any(chapter.key == key for chapter in self.chapters)


class Sorting:
    """Sorts paragraphs, one after the other; what finds no place is noted."""

    def __init__(self, findings: Findings) -> None:
        self.parts = [LanguagePart()]
        self._findings = findings
        self._chapter: ChapterFound | None = None
        self._level = 0  # of the heading that opened the chapter
        self._all_questions_level: int | None = None  # of the heading above all questions
        self._title_level: int | None = None
        self._has_headings = False  # else bold lines stand for them
        self._passing_over = False  # what belongs to a Summary

    def take(self, blocks: Iterable[Block]) -> None:
        """Sort all paragraphs."""
        blocks = list(blocks)
        self._has_headings = any(block.shape is Shape.HEADING for block in blocks)
        for block in blocks:
            found = opening(block)
            if found is not None and not self._is_of_the_text(found):
                self._open(found)
            else:
                self._keep(block)

    def _is_of_the_text(self, found: Opening) -> bool:
        """Whether what looks like an opening is a line of the text around it."""
        inside = self._chapter is not None and found.block.shape is not Shape.HEADING
        match found.kind:
            case OpeningKind.TEXT:
                return inside and found.rest != "" and self.parts[-1].has(found.key) and not found.block.stands_out
            case OpeningKind.QUESTION:
                # A bold question within the background is one of its lines, unless headings look like that.
                return inside and self._has_headings and found.number is None and self._chapter.key != "questions"  # type: ignore[union-attr]
            case OpeningKind.SETTING:
                return inside and self._chapter.key in {"concept_note", "questions"}  # type: ignore[union-attr]
            case OpeningKind.PROMPTS:
                return self._chapter is None or self._chapter.key != "questions"
            case _:
                return False

    def _open(self, found: Opening) -> None:
        self._passing_over = found.kind is OpeningKind.OF_SUMMARY or (
            self._passing_over and found.kind is OpeningKind.PROMPTS
        )
        match found.kind:
            case OpeningKind.LANGUAGE:
                self._speak(found)
            case OpeningKind.TEXT | OpeningKind.ALL_QUESTIONS | OpeningKind.ALL_SOURCES:
                self._begin(found, ChapterFound(_KEYS.get(found.kind, found.key), found.block.at))
            case OpeningKind.QUESTION:
                self._ask(found)
            case OpeningKind.PROMPTS:
                assert self._chapter is not None
                self._chapter.prompts_from = len(self._chapter.body)
            case OpeningKind.SETTINGS:
                self._chapter = ChapterFound(_SETTINGS, found.block.at)
            case OpeningKind.SETTING:
                self._findings.add((found.key,), found.rest, found.block.at)
            case OpeningKind.OF_SUMMARY:
                self._findings.note(Code.SUMMARY_PART_LEFT_OUT, found.block.at, value=found.block.words)
            case OpeningKind.UNKNOWN:
                self._open_unknown(found)

    def _speak(self, found: Opening) -> None:
        """From here on another language; within a chapter it holds for that alone."""
        chapter = self._chapter
        if chapter is not None and self._is_within(chapter, found):
            heading = "" if chapter.language else chapter.heading
            if not chapter.body and chapter.language is None:
                self.parts[-1].chapters.remove(chapter)
            self._add(ChapterFound(chapter.key, found.block.at, heading, chapter.number, found.language))
            return
        if self.parts[-1].chapters or self.parts[-1].language:
            self.parts.append(LanguagePart())
        self.parts[-1].language = found.language
        self._chapter, self._all_questions_level, self._title_level = None, None, None

    def _is_within(self, chapter: ChapterFound, found: Opening) -> bool:
        """Whether a language is named within a chapter: by a smaller heading, or by a line right below a question's number."""
        if chapter.key not in {"summary", "concept_note", "rules", "questions"}:
            return False
        if found.level > self._level:
            return True
        is_bare = chapter.language is not None or not (chapter.heading or chapter.body)
        return chapter.number is not None and is_bare and found.block.shape is not Shape.HEADING

    def _begin(self, found: Opening, chapter: ChapterFound) -> None:
        """Begin a chapter; where the part has it already, with it a part in another language begins."""
        if chapter.key != "sources" and chapter.number is None and self.parts[-1].has(chapter.key):
            self._begin_part()
        if chapter.key == "title":
            self._title_level = found.level
        self._all_questions_level = found.level if chapter.key == "questions" else None
        if found.rest:
            chapter.body.append(_continued(found))
        self._level = found.level
        self._add(chapter)

    def _begin_part(self) -> None:
        """Begin a part in another language, with the title that stands before where no heading gave it away."""
        front = self._front()
        self.parts.append(LanguagePart())
        self._all_questions_level = None
        if front:
            self._add(ChapterFound("title", front[0].at, body=[_as_text(front[0])]))
            for block in front[1:]:
                self._keep(block)

    def _front(self) -> list[Block]:
        """The lines at the end of the last chapter that belong to the part to come: a bold line, or a short one at the very end."""
        body, keeps = (self._chapter.body, bool(self._chapter.heading)) if self._chapter else ([], True)
        first = 0 if keeps else 1  # of a chapter without a heading something must stay
        ends = range(len(body) - 1, max(first, len(body) - _LONGEST_FRONT) - 1, -1)
        at = next((index for index in ends if body[index].stands_out), None)
        if at is None and len(body) > first and _may_be_title(body[-1]):
            at = len(body) - 1
        front = body[at:] if at is not None else []
        del body[len(body) - len(front) :]
        return front

    def _add(self, chapter: ChapterFound) -> None:
        self.parts[-1].chapters.append(chapter)
        self._chapter = chapter

    def _ask(self, found: Opening) -> None:
        asked = [each.number for each in self.parts[-1].chapters if each.key == "questions" and each.number is not None]
        number = found.number if found.number is not None else max(asked, default=-1) + 1
        if number in asked and found.number is not None and found.key != "title":
            # Its text, where its title stood in a line of its own; or the first again, in another language.
            mine = next(each for each in self.parts[-1].chapters if each.key == "questions" and each.number == number)
            if mine is self._chapter and not mine.body and mine.heading:
                mine.body.append(_continued(found))
                return
            self._begin_part()
        chapter = ChapterFound("questions", found.block.at, found.rest, number)
        self._level = found.level
        self._add(chapter)

    def _open_unknown(self, found: Opening) -> None:
        chapter, part = self._chapter, self.parts[-1]
        asks = chapter is not None and chapter.key == "questions"
        if (not part.has("title") and not asks) or (self._title_level is not None and found.level <= self._title_level):
            if part.has("title"):
                self._begin_part()
            self._begin(found, ChapterFound("title", found.block.at, body=[_as_text(found.block)]))
        elif self._is_below_all_questions(found):
            self._ask(Opening(OpeningKind.QUESTION, found.block, rest=found.block.words))
        elif chapter and chapter.key in {"concept_note", "questions"} and found.level > self._level:
            chapter.body.append(replace(found.block, level=found.level - self._level))
        else:
            self._findings.note(Code.HEADING_NOT_UNDERSTOOD, found.block.at, value=found.block.words)
            self._chapter = ChapterFound(_NOWHERE, found.block.at)

    def _is_below_all_questions(self, found: Opening) -> bool:
        """Whether a heading is a question's own: below that of all questions, and no deeper than the question's before."""
        chapter, above = self._chapter, self._all_questions_level
        if chapter is None or chapter.key != "questions" or above is None or found.level <= above:
            return False
        return chapter.number is None or found.level <= self._level

    def _keep(self, block: Block) -> None:
        if self._passing_over:
            return
        chapter, part = self._chapter, self.parts[-1]
        if chapter is not None and chapter.key in {"title", "summary"} and is_dates_alone(block.words):
            self._findings.note(Code.DATES_LEFT_OUT, block.at)
        elif chapter is not None and chapter.key == "title" and chapter.body:
            # What stands between the title and the first heading says in short what it is about.
            self._add(ChapterFound("summary", block.at, body=[block]))
        elif chapter is not None and chapter.key != _SETTINGS:
            chapter.body.append(block)
        elif (
            chapter is None
            and not part.has("title")
            and not part.chapters
            and len(block.words) <= LONGEST_TITLE
            and not block.is_listed
        ):
            self._add(ChapterFound("title", block.at, body=[_as_text(block) if block.stands_out else block]))
        else:
            self._findings.note(Code.STRAY_TEXT, block.at)


def _may_be_title(block: Block) -> bool:
    """Whether a line could be the title of what comes below it: short, and no sentence."""
    is_short = len(block.words) <= _LONGEST_UNMARKED_TITLE and not block.words.endswith(_ENDS_OF_SENTENCES)
    return block.shape is Shape.TEXT and "\n" not in block.words and (block.stands_out or is_short)


def _as_text(block: Block) -> Block:
    return Block(block.words, block.words, Shape.TEXT, 0, block.at)


def _continued(found: Opening) -> Block:
    return Block(found.rest, found.rest, Shape.TEXT, 0, found.block.at, links=found.block.links)
