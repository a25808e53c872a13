"""In which language an authored text is that was typed, or in which several: by its labels (en: …), its paragraphs, or its words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from bot import i18n
from bot.insight import languages as insight

LONG = 25  # letters, from which on the language of a sentence or a paragraph is believed

_LABEL = re.compile(r"^[*_]*([^\W\d_][\w\- ()]{1,30}?)[*_]*\s?[:：][*_]*(?:\s+|$)", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?。؟！？…])\s+")


@dataclass(frozen=True)
class Heard:
    """What was typed, by language. `strange` is a language that it seems to be in, and the dialogue lacks.

    `mixed` are several that seem to stand in one paragraph. In both cases nobody but its author can say what it is.
    """

    texts: dict[str, str]
    strange: str = ""
    mixed: tuple[str, ...] = ()


def hear(text: str, languages: Sequence[str], *, expected: str, lines: bool = False) -> Heard:
    """What was typed by someone who is asked for a text in `expected`, one of the dialogue's languages.

    Where the text is a single line, several `lines` are one in each language.
    """
    labelled = _by_labels(text, languages)
    if labelled is not None:
        return labelled
    parted = _by_paragraphs(text, languages, expected, lines=lines)
    if parted is not None:
        return Heard(parted)
    mixed = _mixed(text, languages)
    if mixed:
        return Heard({}, mixed=mixed)
    found = _language(text, languages, expected)
    if found not in languages:
        return Heard({}, strange=found)
    return Heard({found: text.strip()})


def _language(text: str, languages: Sequence[str], expected: str) -> str:
    found = insight.detect(text, own=expected, expected=languages)
    served = i18n.negotiate(found, languages, "")
    if served:
        return served
    # Of a few words nobody can tell for certain that they are in a language that wasn't expected.
    return found if sum(map(str.isalpha, text)) >= LONG else expected


def _by_labels(text: str, languages: Sequence[str]) -> Heard | None:
    """The parts that begin with the name or tag of a language; None unless the text begins with one."""
    names = _names(languages)
    found = [(match, tag) for match in _LABEL.finditer(text) if (tag := names.get(match[1].strip().casefold()))]
    if not found or text[: found[0][0].start()].strip():
        return None
    if len(found) == 1:
        found = _in_one_line(text, found, languages)
    ends = [match.start() for match, _ in found[1:]] + [len(text)]
    texts = {tag: text[match.end() : end].strip() for (match, tag), end in zip(found, ends, strict=True)}
    strange = next((tag for tag in texts if tag not in languages), "")
    return Heard({tag: said for tag, said in texts.items() if said and tag in languages}, strange)


def _in_one_line(
    text: str, found: list[tuple[re.Match[str], str]], languages: Sequence[str]
) -> list[tuple[re.Match[str], str]]:
    """Also the tags in the middle of a line, where each stands there once: in Spanish "es:" is a word as well."""
    (_, first) = found[0]
    tags = "|".join(re.escape(tag) for tag in languages if tag != first)
    inside = list(re.finditer(rf"(?<!\S)({tags})[:：]\s+", text)) if tags else []
    if not inside or len({match[1] for match in inside}) < len(inside):
        return found
    return found + [(match, match[1]) for match in inside]


def _names(languages: Sequence[str]) -> dict[str, str]:
    """The languages by all that people call them: tags, their own names, and names in the languages that the bot speaks."""
    names: dict[str, str] = {}
    for tag in dict.fromkeys((*languages, *i18n.LANGUAGES)):
        served = i18n.negotiate(tag, languages, tag)
        called = [tag, i18n.endonym(tag), *(i18n.translator(spoken).language_name(tag) for spoken in i18n.LANGUAGES)]
        for name in (*called, tag.partition("-")[0]):
            names.setdefault(name.casefold(), served)
    return names


def _by_paragraphs(text: str, languages: Sequence[str], expected: str, *, lines: bool) -> dict[str, str] | None:
    """The paragraphs that are in several languages, one after the other; None where they are not, or that isn't certain."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n" if not lines else r"\n+", text) if block.strip()]
    if len(languages) == 1 or len(blocks) == 1:
        return None
    told = [_language(block, languages, expected) for block in blocks]
    if lines and len(blocks) == len(languages):
        return _one_each(blocks, told, languages)
    runs = [
        (tag, [block for block, _ in run]) for tag, run in groupby(zip(blocks, told, strict=True), key=itemgetter(1))
    ]
    tags = [tag for tag, _ in runs]
    is_certain = all(_letters(block) >= LONG for block in blocks) and len(set(tags)) == len(tags) > 1
    return {tag: "\n\n".join(said) for tag, said in runs} if is_certain and set(tags) <= set(languages) else None


def _one_each(blocks: Sequence[str], told: Sequence[str], languages: Sequence[str]) -> dict[str, str] | None:
    """As many lines as languages: what isn't recognised is in those that are left; None where all are in one."""
    if len(set(told)) == 1:
        return None
    found = {tag: block for tag, block in zip(told, blocks, strict=True) if tag in languages and told.count(tag) == 1}
    others = (block for block in blocks if block not in found.values())
    return {tag: found.get(tag) or next(others) for tag in languages}


def _mixed(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """The languages of the dialogue that stand in one text, each with a sentence of its own that is long enough."""
    if len(languages) == 1:
        return ()
    sentences = [each for each in _SENTENCE.split(text) if _letters(each) >= LONG]
    return tuple(dict.fromkeys(_certain(sentences, languages))) if len(sentences) > 1 else ()


def _certain(sentences: Iterable[str], languages: Sequence[str]) -> list[str]:
    """The languages of sentences; none of them unless there are two."""
    found = [
        tag for each in sentences if (tag := insight.detect(each, own=languages[0], expected=languages)) in languages
    ]
    return found if len(set(found)) > 1 else []


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
