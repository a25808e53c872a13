"""The chapters of an outline become the texts of a dialogue: its title, its concept note, questions with what helps to begin, sources."""

import re
from collections.abc import Collection, Sequence

from bot.authoring.faults import Code
from bot.authoring.manuscripts import tongues
from bot.authoring.manuscripts.blocks import Block, Shape, joined
from bot.authoring.manuscripts.entries import Findings
from bot.authoring.manuscripts.openings import QUESTION_MARKS
from bot.authoring.manuscripts.outlines import ChapterFound, LanguagePart, Sorting

_ADDRESS = re.compile(r"https?://\S+[^\s.,;)>\]]")
_AROUND = re.compile(r"^[\s:–—,-]+|[\s:–—,(<-]*[)>]?\s*$")
_TYPED_NUMBER = re.compile(r"^\s*(?:\d{1,2}|[A-Za-z])\s*[.)]\s+")
_NOTHING = frozenset("-–—")


def take(outline: Sorting, expected: Collection[str], findings: Findings) -> list[str]:
    """Take the texts of all parts; returns their languages in the order in which they stand."""
    said = [id(part) for part in outline.parts if part.language]
    tongues.recognise(outline.parts, expected)
    parts = [part for part in outline.parts if part.chapters and part.language]
    found = [language for part in parts for language in _languages(part)]
    for number, part in enumerate(parts):
        if any(each.has("title") and each.language == part.language for each in parts[:number]):
            _leave_heading(part, findings)
        for chapter in part.chapters:
            _Taken(part, chapter, findings, found, is_said=id(part) in said).take()
    return list(dict.fromkeys(found))


def _leave_heading(part: LanguagePart, findings: Findings) -> None:
    """Note a heading that seemed to be the title of another language's part, and is only one that nobody knows."""
    if part.chapters[0].key == "title":
        title = part.chapters[0].body[0]
        findings.note(Code.HEADING_NOT_UNDERSTOOD, title.at, value=title.words)
        part.chapters[:] = [chapter for chapter in part.chapters if chapter.key not in {"title", "summary"}]


def _languages(part: LanguagePart) -> list[str]:
    return [language for chapter in part.chapters if (language := chapter.language or part.language)]


class _Taken:
    """One chapter, as it is taken."""

    def __init__(
        self, part: LanguagePart, chapter: ChapterFound, findings: Findings, others: Sequence[str], *, is_said: bool
    ) -> None:
        self._chapter, self._findings, self._others = chapter, findings, others
        self._language = chapter.language or part.language or ""
        self._is_said = is_said or chapter.language is not None
        self._part = part

    def take(self) -> None:
        """Take the chapter's texts."""
        chapter = self._chapter
        for block in chapter.body:
            if not block.links or not _ADDRESS.fullmatch(block.words):
                self._check(block)
        if chapter.key == "sources":
            self._take_sources()
        elif chapter.key != "questions":
            if chapter.body:
                at = chapter.body[0].at
                text = joined(chapter.body)
                self._add((chapter.key,), _one_line(text) if chapter.key == "title" else text, at)
        elif chapter.number is None:
            self._take_all_questions()
        else:
            self._take_question(chapter.number, chapter.heading, chapter.body, chapter.at, chapter.prompts_from)

    def _check(self, block: Block) -> None:
        tongues.check(block.words, self._language, self._others, block.at, self._findings, is_said=self._is_said)

    def _add(self, path: tuple[str | int, ...], text: str, at: int) -> None:
        self._findings.add(path, text, at, self._language)

    def _take_question(self, number: int, heading: str, body: list[Block], at: int, prompts_from: int | None) -> None:
        """A question: with a text below its heading, that is the title; else it is the question itself."""
        text, prompts = _parted(body, prompts_from)
        if text and heading:
            self._add(("questions", number, "title"), heading, at)
        if text or heading:
            self._add(("questions", number, "text"), joined(text) if text else heading, text[0].at if text else at)
        for index, prompt in enumerate(prompts):
            if prompt.words not in _NOTHING:
                self._add(("questions", number, "prompts", index), prompt.markdown, prompt.at)

    def _take_all_questions(self) -> None:
        """Questions under one heading: each item of a list, or each paragraph that asks, is one."""
        asked: list[list[Block]] = []
        top = min((block.level for block in self._chapter.body if block.is_listed), default=0)
        for block in self._chapter.body:
            if (block.is_listed and block.level == top) or (
                not block.is_listed and (block.words.endswith(QUESTION_MARKS) or _TYPED_NUMBER.match(block.words))
            ):
                asked.append([block])
            elif asked:
                asked[-1].append(block)
            else:
                self._findings.note(Code.STRAY_TEXT, block.at)
        taken = {each.number for each in self._part.chapters if each.key == "questions" and each.number is not None}
        first = max((number + 1 for number in taken if number is not None), default=0)
        for number, (question, *below) in enumerate(asked, start=first):
            text = _TYPED_NUMBER.sub("", question.markdown)
            own = Block(text, question.words, Shape.TEXT, 0, question.at)
            self._take_question(number, "", [own, *below], question.at, None)

    def _take_sources(self) -> None:
        for number, block in enumerate(self._chapter.body):
            title, address = _source(block)
            if not address:
                self._findings.note(Code.SOURCE_WITHOUT_ADDRESS, block.at)
                continue
            self._add(("sources", number, "title"), title or address, block.at)
            self._findings.add(("sources", number, "url"), address, block.at)


def _parted(body: list[Block], prompts_from: int | None) -> tuple[list[Block], list[Block]]:
    """The text, and what helps to begin: below its own heading, else the list at the end."""
    if prompts_from is not None:
        return body[:prompts_from], body[prompts_from:]
    end = len(body)
    while end and body[end - 1].is_listed:
        end -= 1
    return body[:end], body[end:]


def _source(block: Block) -> tuple[str, str]:
    """The title and the address of an entry of the reading list: a link, or an address that is written out."""
    if len(block.links) == 1 and block.links[0][0].strip() == block.words:
        return block.words, block.links[0][1]
    found = _ADDRESS.search(block.words)
    address = found[0] if found else ""
    title = _AROUND.sub("", block.words.replace(address, "")) if address else block.words
    return title, block.links[0][1] if block.links else address


def _one_line(text: str) -> str:
    return " ".join(text.replace("\\\n", " ").split())
