"""The example from which a facilitator begins: its dates lie ahead, whenever it is sent."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot import authoring, resources
from bot.authoring import EXAMPLE, DialogueFile
from bot.authoring.tree import Value
from bot.i18n import SOURCE

AHEAD = timedelta(weeks=2)  # at least; time to write, and to invite
TRANSLATED = resources.path_of("docs/examples/women-and-public-transport.yaml")
"""The example that there is in the most languages."""
SLUG = "my-dialogue"
_SECOND = "es"  # stands beside English, to show how a second language is written
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d(?=T\d\d:\d\d)")


def upcoming(*, now: datetime, example: Path = EXAMPLE) -> str:
    """The text of an example, all its dates moved by the same whole weeks: days of the week stay."""
    text = example.read_text(encoding="utf-8")
    wanted = now.replace(tzinfo=None) + AHEAD - _read(text).starts
    by = max(timedelta(0), timedelta(weeks=-(-wanted // timedelta(weeks=1))))
    return _DATE.sub(lambda date: (datetime.fromisoformat(date[0]) + by).date().isoformat(), text)


def template(language: str, *, now: datetime) -> DialogueFile:
    """An example to write over, in an organiser's language and one more, all its dates moved in the same way."""
    file = _read(upcoming(now=now, example=TRANSLATED))
    own = language if language in file.languages else SOURCE
    chosen = (own, _SECOND if own == SOURCE else SOURCE)
    said = {key: _in(value, file.languages, chosen) for key, value in authoring.written(file).items()}
    made = authoring.read_tree(authoring.planted({**said, "slug": SLUG, "languages": chosen})).dialogue
    assert made is not None
    return made


def _read(text: str) -> DialogueFile:
    read = authoring.read(text).dialogue
    assert read is not None
    return read


def _in(said: Value, languages: Sequence[str], chosen: Sequence[str]) -> Value:
    """What a file says, its texts in the chosen languages alone."""
    if isinstance(said, str):
        return said
    if isinstance(said, Mapping):
        texts = set(said) <= set(languages)
        kept = {key: value for key, value in said.items() if not texts or key in chosen}
        return {key: _in(value, languages, chosen) for key, value in kept.items()}
    return [_in(item, languages, chosen) for item in said]
