"""A dialogue file is read: either a dialogue without a fault, or all its faults at once."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from operator import attrgetter
from typing import Any, get_args

from bot.authoring import dialogue_file, events, forms, keys
from bot.authoring.dialogue_file import DialogueFile
from bot.authoring.document import take_labels, take_style
from bot.authoring.faults import Code, Fault, Malformed, Unreadable
from bot.authoring.languages import Languages, language_tag
from bot.authoring.mapping import Content
from bot.authoring.recordings import take_files, take_recordings
from bot.authoring.section import Ledger, Section, scalar, section
from bot.authoring.source import decoded, unreadable_lines
from bot.authoring.timing import check_times
from bot.authoring.tree import MappingNode, Node, ScalarNode, grown
from bot.authoring.wordings import Wordings

MOST_QUESTIONS = 50
SHORTEST_KEPT = timedelta(days=7)  # till the closing message has reached all, and everyone could take something back
SHORTEST_DIALOGUE_KEPT = timedelta(days=30)  # till the Summary is out, and its people were told two weeks before
LONGEST_NOTE = 30_000  # UTF-16 units once rendered; it is split into messages
LONGEST_TITLE = 255
LONGEST_FOLLOW_UP = 1_000
LONGEST_RULES = 600  # they share messages with the invitation, the help, and what was hidden and why
LONGEST_CODE = 3  # letters of a language's code
LONGEST_SUMMARY = 1_000  # it shares its message with the terms of taking part


@dataclass(frozen=True)
class Read:
    """What came of a file: a dialogue if there was no error. Errors and warnings are in file order.

    Of a manuscript there is what it says as a mapping, too, complete or not.
    """

    dialogue: DialogueFile | None
    errors: list[Fault]
    warnings: list[Fault]
    mapping: Content | None = None


def read(source: bytes | str) -> Read:
    """Read a dialogue file (YAML 1.2, UTF-8, at most 1 MiB); nothing that it contains raises an exception."""
    try:
        text = decoded(source)
    except Unreadable as refused:
        return Read(None, [refused.fault], [])
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    ledger = Ledger(text.split("\n"), unreadable_lines(text))
    root = None if ledger.errors else _root(text, ledger)
    return _read(root, ledger)


def read_tree(root: Node) -> Read:
    """Read a dialogue that stands elsewhere than in YAML: lines and columns of its faults are those of the nodes."""
    ledger = Ledger([])
    return _read(_mapping(root, ledger), ledger)


def _read(root: MappingNode | None, ledger: Ledger) -> Read:
    values = _dialogue(Section(ledger, "", root, keys.DIALOGUE)) if root else None
    dialogue = DialogueFile.model_validate(values) if values and not ledger.errors else None
    in_file_order = partial(sorted, key=attrgetter("line", "column"))
    return Read(dialogue, in_file_order(ledger.errors), in_file_order(ledger.warnings))


def _root(text: str, ledger: Ledger) -> MappingNode | None:
    root, faults = grown(text)
    ledger.errors += faults
    root = root or ScalarNode(1, 1, "", is_plain=True)
    if faults and isinstance(root, ScalarNode) and root.is_empty:
        return None
    return _mapping(root, ledger)


def _mapping(root: Node, ledger: Ledger) -> MappingNode | None:
    if isinstance(root, MappingNode):
        return root
    if isinstance(root, ScalarNode) and root.is_empty:
        ledger.errors.append(Fault(Code.EMPTY_FILE, "", 1, 1))
    else:
        ledger.refuse(Code.NOT_A_MAPPING, "", root)
    return None


def _dialogue(section: Section) -> dict[str, Any]:
    section.require("slug", "languages", "timezone", "starts", "title", "questions")
    section.take("slug", forms.slug)
    languages = _languages(section)
    section.take("timezone", forms.timezone)
    moment = partial(forms.moment, zone=section.values.get("timezone"))
    section.take("starts", moment)
    section.take("ends", moment)
    _take_manner(section)
    _take_digest(section)
    _take_retention(section)
    take_style(section)
    wordings = Wordings(section.ledger, languages)
    wordings.take_text(section, "title", limit=LONGEST_TITLE)
    wordings.take_text(section, "summary", limit=LONGEST_SUMMARY)
    wordings.take_text(section, "concept_note", limit=LONGEST_NOTE)
    take_files(section, "concept_note_file", wordings)
    wordings.take_text(section, "rules", limit=LONGEST_RULES)
    take_labels(section, wordings, languages)
    questions = _questions(section, wordings, moment)
    check_times(section, questions)
    section.values["questions"] = tuple(question.values for question in questions)
    section.values["events"] = events.take(section, wordings, moment)
    section.values["sources"] = tuple(_sources(section, wordings))
    return section.values


def _take_manner(section: Section) -> None:
    """How the dialogue runs: its rhythm, and its rules for sending, showing and naming."""
    section.take("every", forms.period)
    section.take("send_at", forms.choice(*get_args(dialogue_file.SendAt)))
    section.take("quiet_hours", forms.or_none(forms.quiet_hours))
    section.take("moderation", forms.choice(*get_args(dialogue_file.Moderation)))
    section.take("names", forms.choice(*get_args(dialogue_file.Names)))
    section.take("admission", forms.choice(*get_args(dialogue_file.Admission)))
    section.take("reminder", forms.or_none(forms.period))


def _languages(section: Section) -> Languages:
    """The languages; where they are faulty, what they were probably meant to be, so that the texts are looked at all the same."""
    tags: list[str] = []
    refused: dict[str, str] = {}
    for place, node in section.items("languages"):
        text = scalar(section.ledger, place, node)
        if text is None:
            continue
        try:
            tag = language_tag(text)
        except Malformed as malformed:
            section.ledger.refuse(malformed.code, place, node, **malformed.params)
            # Of a name or a misspelled tag it is certain what is meant; of two or three letters it isn't.
            tag = refused[text] = str(malformed.params["suggestion"]) if len(text) > LONGEST_CODE else ""
        else:
            if tag in tags:
                section.ledger.refuse(Code.DUPLICATE_LANGUAGE, place, node, language=tag)
        if tag and tag not in tags:
            tags.append(tag)
    section.values["languages"] = tuple(tags)
    return Languages(tuple(tags) or _tags_on_one_line(section), refused)


def _tags_on_one_line(section: Section) -> tuple[str, ...]:
    """What `languages: en, es` means, which is no list; that it isn't is noted already."""
    node = section.node_of("languages")
    words = re.split(r"[\s,;/]+", node.text.strip()) if isinstance(node, ScalarNode) else []
    tags = []
    for word in words:
        with suppress(Malformed):
            tags.append(language_tag(word))
    return tuple(dict.fromkeys(tags))


def _take_digest(dialogue: Section) -> None:
    if "digest" not in dialogue:
        return
    node = dialogue.node_of("digest")
    if isinstance(node, ScalarNode):
        dialogue.take("digest", _no_digest)
        return
    digest = section(dialogue.ledger, "digest", node, keys.DIGEST)
    if digest:
        dialogue.values["digest"] = _digest(digest)


def _no_digest(text: str) -> None:
    if text != forms.NONE:
        raise Malformed(Code.DIGEST_FORM)


def _digest(digest: Section) -> dict[str, Any]:
    digest.take("every", forms.digest_period)
    digest.take("at", forms.clock)
    digest.take("day", forms.weekday)
    every = digest.values.get("every", dialogue_file.WEEK)
    if "day" in digest and every % dialogue_file.WEEK:
        digest.ledger.refuse(Code.DAY_WITHOUT_WEEK, digest.at("day"), digest.node_of("day"))
    return digest.values


def _take_retention(dialogue: Section) -> None:
    if "retention" not in dialogue:
        return
    node = dialogue.node_of("retention")
    if isinstance(node, ScalarNode):
        dialogue.ledger.refuse(Code.RETENTION_FORM, "retention", node)
        return
    retention = section(dialogue.ledger, "retention", node, keys.RETENTION)
    if retention:
        dialogue.values["retention"] = _retention(retention)


def _retention(retention: Section) -> dict[str, Any]:
    retention.take("dialogue", forms.kept_for(SHORTEST_DIALOGUE_KEPT))
    whole = retention.values.get("dialogue", dialogue_file.Retention().dialogue)
    for key in ("identities", "files"):
        retention.take(key, forms.kept_for(SHORTEST_KEPT))
        usual = dialogue_file.YEAR if whole is None else min(dialogue_file.YEAR, whole)
        kept = retention.values.setdefault(key, usual)
        if whole is not None and (kept is None or kept > whole):
            retention.ledger.refuse(Code.KEPT_BEYOND_DIALOGUE, retention.at(key), retention.node_of(key))
        elif kept is None and key == "identities":
            retention.ledger.warn(Code.KEPT_FOR_EVER, retention.at(key), retention.node_of(key))
    return retention.values


def _questions(section: Section, wordings: Wordings, moment: Callable[[str], Any]) -> list[Section]:
    questions = section.sections("questions", keys.QUESTION)
    if len(questions) > MOST_QUESTIONS:
        params = {"count": len(questions), "limit": MOST_QUESTIONS}
        section.ledger.refuse(Code.TOO_MANY_QUESTIONS, "questions", section.node_of("questions"), **params)
        return questions[:0]
    for question in questions:
        question.require("text")
        wordings.take_text(question, "title", limit=LONGEST_TITLE)
        wordings.take_text(question, "text")
        wordings.take_prompts(question, "prompts")
        wordings.check_message(question, "title", "text", "prompts")
        wordings.take_text(question, "follow_up", limit=LONGEST_FOLLOW_UP)
        take_recordings(question, wordings)
        question.take("opens", moment)
        question.take("closes", moment)
    # Where an item is no question at all, the numbers and the rhythm of those after it can't be told.
    return questions if len(questions) == section.count("questions") else []


def _sources(section: Section, wordings: Wordings) -> list[dict[str, Any]]:
    sources = section.sections("sources", keys.SOURCE)
    for source in sources:
        source.require("title", "url")
        wordings.take_text(source, "title", limit=LONGEST_TITLE)
        source.take("url", forms.address)
    return [source.values for source in sources]
