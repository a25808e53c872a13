"""The example from which a facilitator begins: its dates lie ahead, whenever it is sent."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from bot import authoring, resources
from bot.authoring import EXAMPLE, DialogueFile, FileQuestion
from bot.i18n import SOURCE

Said = TypeVar("Said")
AHEAD = timedelta(weeks=2)  # at least; time to write, and to invite
TRANSLATED = resources.path_of("docs/examples/women-and-public-transport.yaml")
"""The example that there is in the most languages."""
SLUG = "my-dialogue"
_SECOND = "es"  # stands beside English, to show how a second language is written
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d(?=T\d\d:\d\d)")


def upcoming(*, now: datetime) -> str:
    """The example's text, all its dates moved by the same whole weeks: days of the week stay."""
    text = EXAMPLE.read_text(encoding="utf-8")
    written = authoring.read(text).dialogue
    assert written is not None
    by = _ahead(written.starts, now)
    return _DATE.sub(lambda date: (datetime.fromisoformat(date[0]) + by).date().isoformat(), text)


def template(language: str, *, now: datetime) -> DialogueFile:
    """An example to write over, in an organiser's language and one more, all its dates moved in the same way."""
    written = authoring.read(TRANSLATED.read_text(encoding="utf-8")).dialogue
    assert written is not None
    own = language if language in written.languages else SOURCE
    languages = (own, _SECOND if own == SOURCE else SOURCE)
    by = _ahead(written.starts, now)
    moved = written.model_copy(
        update={
            "slug": SLUG,
            "languages": languages,
            "starts": written.starts + by,
            "ends": written.ends + by if written.ends else None,
            "questions": tuple(_in(question, languages) for question in written.questions),
            "sources": tuple(
                source.model_copy(update={"title": _of(source.title, languages)}) for source in written.sources
            ),
        }
    )
    texts = ("title", "summary", "concept_note", "rules")
    return moved.model_copy(update={key: _of(getattr(moved, key), languages) for key in texts})


def _ahead(starts: datetime, now: datetime) -> timedelta:
    wanted = now.replace(tzinfo=None) + AHEAD - starts
    return max(timedelta(0), timedelta(weeks=-(-wanted // timedelta(weeks=1))))


def _in(question: FileQuestion, languages: tuple[str, ...]) -> FileQuestion:
    return question.model_copy(
        update={key: _of(getattr(question, key), languages) for key in ("title", "text", "prompts", "follow_up")}
    )


def _of(texts: Mapping[str, Said], languages: tuple[str, ...]) -> dict[str, Said]:
    return {tag: texts[tag] for tag in languages if tag in texts}
