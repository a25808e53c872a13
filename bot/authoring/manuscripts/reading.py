"""A manuscript is read: a Word file, a workbook or a plain text, as people write them, becomes a dialogue or its faults."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from operator import attrgetter

from bot.authoring import forms
from bot.authoring.faults import Code, Fault, Malformed, Unreadable
from bot.authoring.languages import language_tag
from bot.authoring.likeness import looks_like_file
from bot.authoring.manuscripts import chapters, grids, packages, tongues, vocabulary
from bot.authoring.manuscripts.blocks import Block, Documented, TableBlock
from bot.authoring.manuscripts.entries import Entry, Findings, tree
from bot.authoring.manuscripts.openings import OpeningKind, opening
from bot.authoring.manuscripts.outlines import Sorting
from bot.authoring.manuscripts.paragraphs import paragraphs
from bot.authoring.mapping import Content, grown_from
from bot.authoring.reading import Read, read, read_tree
from bot.authoring.source import decoded
from bot.authoring.tree import grown

_LEAST_LINES = 2
_OPENINGS = 2  # that make a plain text look like a dialogue; one may be a coincidence


def read_any(content: bytes) -> Read:
    """Read a dialogue as it comes: a dialogue file, a Word file, a workbook, or a text in which the parts have headings.

    Nothing that it contains raises an exception.
    """
    if packages.is_office(content):
        return _office(content)
    try:
        text = decoded(content)
    except Unreadable:
        return read(content)
    if looks_like_file(text) or not looks_like_manuscript(text):
        return read(text)
    return _read(lambda findings: _document(paragraphs(text, findings), findings))


def looks_like_manuscript(text: str) -> bool:
    """Whether a text has several lines that name parts of a dialogue, a question among them."""
    if text.count("\n") < _LEAST_LINES or not vocabulary.may_ask(text):
        return False
    found = [each for block in paragraphs(text, Findings()) if (each := opening(block))]
    asks = any(
        each.kind is OpeningKind.ALL_QUESTIONS or (each.kind is OpeningKind.QUESTION and each.number is not None)
        for each in found
    )
    named = [each for each in found if each.kind not in {OpeningKind.UNKNOWN, OpeningKind.LANGUAGE}]
    return asks and len(named) >= _OPENINGS


def found_in(source: bytes | str) -> Content | None:
    """What a file says under the keys of a dialogue file, however much is wrong with it; None where that can't be told.

    A Word file, a workbook and a text with headings say it, too.
    """
    if isinstance(source, bytes) and packages.is_office(source):
        return read_any(source).mapping
    try:
        text = decoded(source)
    except Unreadable:
        return None
    if looks_like_manuscript(text) and not looks_like_file(text):
        return read_any(text.encode()).mapping
    root, _ = grown(text.replace("\r\n", "\n").replace("\r", "\n"))
    return grown_from(root) if root else None


def _office(content: bytes) -> Read:
    try:
        package = packages.opened(content)
    except Unreadable as refused:
        return Read(None, [refused.fault], [])
    # Each brings libraries with it that the bot starts without.
    from bot.authoring.manuscripts import documents, workbooks  # noqa: PLC0415

    if package.is_workbook:
        return _read(lambda findings: workbooks.read(content, findings))
    return _read(lambda findings: _document(documents.read(content, findings), findings))


def _read(take: Callable[[Findings], Sequence[str]]) -> Read:
    findings = Findings()
    try:
        languages = take(findings)
    except Unreadable as refused:
        return Read(None, [refused.fault], [])
    except Exception:  # noqa: BLE001 - whatever the libraries stumble over in a file that somebody made, by hand or by a program
        return Read(None, [Fault(Code.DAMAGED, "", 0, 0)], [])
    _complete(findings, languages)
    if not findings.entries:
        return Read(None, findings.faults or [Fault(Code.NOTHING_UNDERSTOOD, "", 0, 0)], [])
    _check_tables(findings)
    root = tree(findings)
    outcome = read_tree(root)
    if any(entry.path == ("starts",) for entry in findings.entries):
        findings.faults = [fault for fault in findings.faults if fault.code is not Code.DATES_LEFT_OUT]
    errors = [*(fault for fault in findings.faults if not fault.is_warning), *outcome.errors]
    warnings = [*(fault for fault in findings.faults if fault.is_warning), *outcome.warnings]
    dialogue = outcome.dialogue if not errors else None
    return Read(dialogue, _in_order(errors, findings), _in_order(warnings, findings), grown_from(root))


def _in_order(faults: list[Fault], findings: Findings) -> list[Fault]:
    ordered = sorted(faults, key=attrgetter("line"))
    return [replace(each, spot=findings.spots[each.line - 1]) if each.line else each for each in ordered]


def _document(blocks: Sequence[Documented], findings: Findings) -> list[str]:
    tables = [block for block in blocks if isinstance(block, TableBlock)]
    columns = [language for table in tables for language in grids.languages(table.rows)]
    for table in tables:
        if any(table.rows) and not grids.read(table.rows, findings):
            findings.note(Code.TABLE_NOT_UNDERSTOOD, table.at)
    outline = Sorting(findings)
    outline.take([block for block in blocks if isinstance(block, Block)])
    found = chapters.take(outline, _listed(findings) or columns, findings)
    return list(dict.fromkeys([*columns, *found]))


def _listed(findings: Findings) -> list[str]:
    """The languages that the settings name."""
    tags = []
    for entry in findings.entries:
        if entry.path == ("languages",):
            for word in re.split(r"[\s,;/،、]+", entry.text):
                with suppress(Malformed):
                    tags.append(language_tag(word))
    return tags


def _complete(findings: Findings, languages: Sequence[str]) -> None:
    """What follows from the rest, where the settings don't say it: the languages are those of the texts, the short name is the title's."""
    said = {entry.path for entry in findings.entries}
    if not languages and (only := tongues.of_texts(findings)):
        languages = [only]
    if ("languages",) not in said and languages:
        findings.entries.append(Entry(("languages",), ", ".join(languages), 0))
    titles = {entry.language: entry.text for entry in findings.entries if entry.path == ("title",)}
    order = _listed(findings)
    title = titles.get(order[0] if order else None) or titles.get(None)
    if ("slug",) not in said and title and (slug := _slug(title)):
        findings.entries.append(Entry(("slug",), slug, 0))


def _slug(title: str) -> str:
    try:
        return forms.slug(title)
    except Malformed as malformed:
        return str(malformed.params["suggestion"])


def _check_tables(findings: Findings) -> None:
    """Look at the texts of tables, whose column says their language."""
    others = list(dict.fromkeys(entry.language for entry in findings.entries if entry.language))
    checked = {fault.line for fault in findings.faults}
    for entry in findings.entries:
        spot = findings.spots[entry.at - 1] if entry.at else None
        if spot and (spot.cell or spot.table) and entry.language and entry.at not in checked:
            tongues.check(entry.text, entry.language, others, entry.at, findings, is_said=True)
