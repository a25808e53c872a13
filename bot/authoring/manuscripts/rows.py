"""What a dialogue file says as rows of two tables, texts with a column for each language, and settings: reading them gives the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.authoring.manuscripts.entries import LISTED
from bot.authoring.manuscripts.labels import Path
from bot.authoring.tree import Value

_WITH_TEXTS = frozenset({"url"})  # settings that are looked for beside the text that they belong to


@dataclass(frozen=True)
class TextRow:
    """A text in its languages."""

    path: Path
    texts: Mapping[str, str]


@dataclass(frozen=True)
class SettingRow:
    """A setting, as the dialogue file writes it."""

    path: Path
    value: str


def rows(said: Mapping[str, Value], languages: Sequence[str]) -> tuple[list[TextRow], list[SettingRow]]:
    """All that is said, in the order of the dialogue file; what is said in lists of texts as a row for each."""
    texts: list[TextRow] = []
    settings: list[SettingRow] = []
    for row in _rows((), said, languages):
        if isinstance(row, TextRow):
            texts.append(row)
        elif row.path[-1] in _WITH_TEXTS:
            texts.append(TextRow(row.path, {languages[0]: row.value}))
        else:
            settings.append(row)
    return texts, settings


def _rows(path: Path, said: Value, languages: Sequence[str]) -> Iterator[TextRow | SettingRow]:
    if isinstance(said, str):
        yield SettingRow(path, said)
    elif isinstance(said, Mapping):
        if said and set(said) <= set(languages):
            yield from _texts(path, said)
            return
        for key, value in said.items():
            yield from _rows((*path, key), value, languages)
    elif path[-1] in LISTED:
        yield SettingRow(path, ", ".join(map(str, said)))
    else:
        for index, item in enumerate(said):
            yield from _rows((*path, index), item, languages)


def _texts(path: Path, by_language: Mapping[str, Value]) -> Iterator[TextRow]:
    whole = {language: text for language, text in by_language.items() if isinstance(text, str)}
    if whole:
        yield TextRow(path, whole)
    lists = {language: items for language, items in by_language.items() if not isinstance(items, str | Mapping)}
    for index in range(max(map(len, lists.values()), default=0)):
        row = {language: str(items[index]) for language, items in lists.items() if index < len(items)}
        yield TextRow((*path, index), row)
