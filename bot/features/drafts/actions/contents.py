"""What a draft says so far: its languages, its texts by place, what is missing in which language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot import authoring, i18n
from bot.authoring import Content
from bot.features.drafts.actions import pages

_ITEM = re.compile(r"(questions|events|sources)\[(\d+)\]\.([a-z_]+)")
_PART = re.compile(r"([a-z_]+)\.([a-z_]+)")


@dataclass(frozen=True)
class Gap:
    """A text that is missing in a language, and how it reads in another."""

    place: str
    language: str
    source_language: str
    source: str


def languages(content: Content) -> tuple[str, ...]:
    """The languages of the dialogue, the source language first."""
    return tuple(content.get("languages", ()))


def listed(content: Content, name: str) -> Sequence[dict[str, Any]]:
    """The questions, live events or entries of the reading list; none where a file says something else there."""
    held = content.get(name)
    return held if isinstance(held, list) else []


def count(content: Content) -> int:
    """How many questions there are, written or not."""
    return len(listed(content, "questions"))


def place_of(number: int, key: str) -> str:
    """The place of a text of a question, counted from 0."""
    return f"questions[{number}].{key}"


def question_of(place: str) -> int | None:
    """Which question a place belongs to, from 0."""
    found = _ITEM.fullmatch(place)
    return int(found[2]) if found and found[1] == "questions" else None


def item_of(place: str) -> tuple[str, int] | None:
    """Which question, live event or entry of the reading list a place belongs to: the list, and the number in it from 0."""
    found = _ITEM.fullmatch(place)
    return (found[1], int(found[2])) if found else None


def key_of(place: str) -> str:
    """The key of the file under which a place stands, in the question, the event or the part of the file if it is of one."""
    item, part = _ITEM.fullmatch(place), _PART.fullmatch(place)
    return item[3] if item else part[2] if part else place


def chosen(content: Content, place: str) -> str:
    """The value of an option; empty where nobody chose."""
    return str(value(content, place) or "")


def value(content: Content, place: str) -> object:
    """What stands at a place, as the file says it; None where nothing does."""
    return _holder(content, place).get(key_of(place))


def choose(content: Content, place: str, value: str | list[str]) -> Content:
    """The same with this value at a place; without it if that is empty."""
    changed, part = deepcopy(content), _PART.fullmatch(place)
    holder = changed.setdefault(part[1], {}) if part else _holder(changed, place)
    holder[key_of(place)] = value
    if not value:
        del holder[key_of(place)]
    if part and not holder:
        del changed[part[1]]
    return changed


def texts(content: Content, place: str) -> Mapping[str, str]:
    """The wordings at a place by language; prompts are lines."""
    held = value(content, place)
    if not isinstance(held, dict):
        return {}
    return {tag: text if isinstance(text, str) else "\n".join(text) for tag, text in held.items()}


def put(content: Content, place: str, wordings: Mapping[str, str | None]) -> Content:
    """The same with these wordings at a place; None takes one away."""
    changed, key = deepcopy(content), key_of(place)
    part = _PART.fullmatch(place)
    holder = changed.setdefault(part[1], {}) if part else _holder(changed, place)
    held = {tag: _in_form(text, key) for tag, text in wordings.items() if text}
    kept = {tag: text for tag, text in (holder.get(key) or {}).items() if tag not in wordings}
    ordered = dict.fromkeys((*languages(content), *kept, *held))
    holder[key] = {tag: (kept | held)[tag] for tag in ordered if tag in kept | held}
    if not holder[key]:
        del holder[key]
    if part and not holder:
        del changed[part[1]]
    return changed


def _in_form(text: str, key: str) -> str | list[str]:
    if key in pages.IN_LINES:
        return [line.strip().removeprefix("- ").removeprefix("• ") for line in text.splitlines() if line.strip()]
    return text


def _holder(content: Content, place: str) -> dict[str, Any]:
    item, part = item_of(place), _PART.fullmatch(place)
    if part:
        held = content.get(part[1])
        return held if isinstance(held, dict) else {}
    if item is None:
        return content
    name, number = item
    items = listed(content, name)
    return items[number] if number < len(items) else {}


def exists(content: Content, place: str) -> bool:
    """Whether there is such a place; of a question or an event that was removed there is none."""
    item = item_of(place)
    return item is None or item[1] < len(listed(content, item[0]))


def text_places(content: Content) -> Iterator[str]:
    """Every place at which there is a text, or has to be one."""
    for page in pages.PAGES:
        if page.asks is pages.Asks.TEXT and (page.word == "title" or texts(content, page.word)):
            yield page.word
    for number in range(count(content)):
        for key in pages.QUESTION_TEXTS:
            place = place_of(number, key)
            if key == "text" or texts(content, place):
                yield place


def every_text_place(content: Content) -> Iterator[str]:
    """The same with the texts of live events and of the reading list, which no page of the wizard asks for in each language."""
    yield from text_places(content)
    for name, keys in (("events", pages.EVENT_TEXTS), ("sources", pages.SOURCE_TEXTS)):
        yield from (f"{name}[{index}].{key}" for index in range(len(listed(content, name))) for key in keys)


def written_in(content: Content, language: str) -> list[str]:
    """The places at which there is a text in a language."""
    return [place for place in every_text_place(content) if language in texts(content, place)]


def gaps(content: Content, language: str | None = None) -> list[Gap]:
    """The texts that are there in some language, and missing in another (or in one)."""
    return [
        gap
        for place in text_places(content)
        if (page := pages.page(place)) is not None and page.needed
        for gap in _gaps_at(content, place)
        if language in {None, gap.language}
    ]


def _gaps_at(content: Content, place: str) -> Iterator[Gap]:
    written = texts(content, place)
    source = next((tag for tag in languages(content) if tag in written), None)
    for tag in languages(content):
        if source is not None and tag not in written:
            yield Gap(place, tag, source, written[source])


def is_complete(content: Content, place: str) -> bool:
    """Whether a text is there in all languages of the dialogue."""
    return bool(languages(content)) and set(languages(content)) <= set(texts(content, place))


def first_open(content: Content) -> int | None:
    """The first question that isn't written in all languages, from 0."""
    return next((each for each in range(count(content)) if not is_complete(content, place_of(each, "text"))), None)


def is_filled(content: Content, word: str) -> bool:
    """Whether a page says something already."""
    found = pages.page(word)
    if found is None or found.asks is pages.Asks.OPTIONS:
        return found is not None
    if found.asks is pages.Asks.QUESTIONS:
        return count(content) > 0 and first_open(content) is None
    return bool(content.get(word)) if word != "days" else "starts" in content


def title_in(content: Content, language: str) -> str:
    """The title in a language, else in the source language, else in any; empty if there is none."""
    titles = texts(content, "title")
    for tag in (language, *languages(content), *titles):
        if tag in titles:
            return titles[tag]
    return ""


def provisional(content: Content) -> authoring.DialogueFile | None:
    """The dialogue with dashes for all texts that are missing, by which its times can be told; None if those are missing or faulty."""
    dash: Content = {i18n.SOURCE: "–"}
    times = _of(content, "timezone", "starts", "ends", "every")
    asked = [_of(one, "opens", "closes") | {"text": dash} for one in content.get("questions") or [{}]]
    told = {"slug": "draft", "languages": [i18n.SOURCE], "title": dash, "questions": asked, **times}
    return authoring.read_tree(authoring.planted(told)).dialogue


def _of(said: Content, *keys: str) -> Content:
    return {key: said[key] for key in keys if key in said}
