"""What is chosen by a tap: languages, clock, day, rhythm, how people take part, and the questions in their order."""

import re
from datetime import datetime
from functools import cache

from bot import i18n
from bot.authoring import Content, forms
from bot.authoring.faults import Malformed
from bot.authoring.languages import language_tag
from bot.features.drafts.actions import contents, pages, templates

MOST_LANGUAGES = 12
SHORT_TAG = 3  # letters; what is longer in CLDR's list are languages of regions

_BETWEEN = re.compile(r"[,;\n،、，]+")


class NoSuchChoice(Exception):
    """No page offers this value."""


class HasTexts(Exception):
    """In this language (a tag) something is written already, at `count` places."""

    def __init__(self, language: str, count: int) -> None:
        super().__init__(f"{count} in {language}")
        self.language, self.count = language, count


def page_of(key: str) -> str:
    """The page to which one comes after a choice: the clock is chosen on the way to the days."""
    if key == "timezone":
        return "days"
    found = next((each.word for each in pages.PAGES if key in each.keys), None)
    if found is None:
        raise NoSuchChoice
    return found


def choose(content: Content, key: str, value: str, *, now: datetime) -> Content:
    """A draft in which a key has a value; a language is put in, or taken out. Raises NoSuchChoice, or Malformed."""
    match key:
        case "languages":
            return choose_language(content, language_tag(value))
        case "timezone":
            return choose_zone(content, forms.timezone(value), now=now)
        case "every":
            return _in_rhythm(content, forms.written_period(forms.period(value)))
    if value not in pages.OPTIONS.get(key, ()):
        raise NoSuchChoice
    return contents.choose(content, key, value)


def choose_language(content: Content, tag: str) -> Content:
    """Put a language in, or take it out. Raises HasTexts where words would go with it."""
    chosen = contents.languages(content)
    if tag not in chosen:
        return {**content, "languages": [*chosen, tag][:MOST_LANGUAGES]}
    if len(chosen) == 1:
        return content  # without any, nobody could say what a text is in
    written = contents.written_in(content, tag)
    if written:
        raise HasTexts(tag, len(written))
    return {**content, "languages": [each for each in chosen if each != tag]}


def named_languages(text: str) -> list[str]:
    """The tags of languages that are typed, by tag or name, with commas between; none if one of them isn't known."""
    found = []
    for word in filter(None, (each.strip() for each in _BETWEEN.split(text))):
        try:
            found.append(language_tag(word))
        except Malformed:
            tag = _tags_by_name().get(word.casefold())
            if tag is None:
                return []
            found.append(tag)
    return list(dict.fromkeys(found))


@cache
def _tags_by_name() -> dict[str, str]:
    """The languages by the names that they have in each language that the bot speaks, and in themselves."""
    tags = {tag for each in i18n.locale_of(i18n.SOURCE).languages if len(tag := str(each)) <= SHORT_TAG}
    named = {i18n.endonym(tag).casefold(): tag for tag in sorted(tags)}
    for spoken in i18n.LANGUAGES:
        named |= {name.casefold(): tag for tag, name in i18n.locale_of(spoken).languages.items() if tag in tags}
    return named | {each.endonym.casefold(): each.tag for each in i18n.LANGUAGES.values()}


def drop_language(content: Content, tag: str) -> Content:
    """Take a language out, with all that is written in it."""
    for place in contents.written_in(content, tag):
        content = contents.put(content, place, {tag: None})
    return {**content, "languages": [each for each in contents.languages(content) if each != tag]}


def choose_zone(content: Content, zone: str, *, now: datetime) -> Content:
    """By whose clock all is; a draft that had none begins on a Monday that lies ahead."""
    starts = content.get("starts") or templates.moment(templates.mondays(zone, now=now)[0])
    return {**content, "timezone": zone, "starts": starts}


def _in_rhythm(content: Content, every: str) -> Content:
    """Another rhythm; an end that was written for the old one goes."""
    return {key: value for key, value in content.items() if key != "ends"} | {"every": every}


def begin_at(content: Content, starts: datetime) -> Content:
    """The first day; an end that was written moves along."""
    changed = {**content, "starts": templates.moment(starts)}
    file = contents.provisional(content)
    if file is not None and file.ends is not None:
        changed["ends"] = templates.moment(file.ends + (starts - file.starts))
    return changed


def add_question(content: Content) -> Content:
    """One question more, at the end."""
    return {**content, "questions": [*content.get("questions", ()), {}]}


def drop_question(content: Content, index: int) -> Content:
    """One question less."""
    questions = list(content.get("questions", ()))
    return {**content, "questions": questions[:index] + questions[index + 1 :]}


def put_earlier(content: Content, index: int) -> Content:
    """A question changes places with the one before it; each keeps its words, the times stay where they were."""
    questions = list(content.get("questions", ()))
    if 0 < index < len(questions):
        before, after = questions[index - 1], questions[index]
        questions[index - 1], questions[index] = _with_times(after, before), _with_times(before, after)
    return {**content, "questions": questions}


def _with_times(words: Content, times: Content) -> Content:
    kept = {key: value for key, value in words.items() if key not in {"opens", "closes"}}
    return kept | {key: times[key] for key in ("opens", "closes") if key in times}
