"""The Summary as rows with a column for each language: Background, labels, key points by question, and questions for further discussion."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.authoring.keys import LABELS
from bot.core import wordings
from bot.features.summary.actions import backgrounds
from bot.models import Dialogue, KeyPoint, Question

FURTHER = "further"


class RowKind(StrEnum):
    """What a row holds; a heading is there to be read alone."""

    BACKGROUND = "background"
    LABEL = "label"
    HEADING = "question"
    POINT = "point"


@dataclass(frozen=True)
class SummaryRow:
    """A text of the Summary in its languages. Its `key` stays the same as long as there is the text.

    A key point, and a heading, belong to the question of a `number` (0: for further discussion); `index` counts key points from 1. `name`
    is a label's. `behind` are the languages whose wording another has left behind.
    """

    key: str
    kind: RowKind
    texts: Mapping[str, str]
    number: int = 0
    index: int = 0
    name: str = ""
    behind: frozenset[str] = field(default_factory=frozenset)


async def rows(session: AsyncSession, dialogue: Dialogue, *, lock: bool = False) -> list[SummaryRow]:
    """All rows of a dialogue's Summary (its questions loaded), in their order; to be changed, key points are locked."""
    kept = await backgrounds.of_dialogue(session, dialogue.id)
    background = dict(kept.background) or backgrounds.authored_background(dialogue)
    found = select(KeyPoint).where(KeyPoint.dialogue_id == dialogue.id).order_by(KeyPoint.position, KeyPoint.id)
    if lock:
        found = found.with_for_update()
    points = (await session.scalars(found.execution_options(populate_existing=True))).all()
    behind = _behind(background, kept.background_versions)
    return [
        SummaryRow(RowKind.BACKGROUND, RowKind.BACKGROUND, background, behind=behind),
        *(SummaryRow(f"label:{name}", RowKind.LABEL, dialogue.labels.get(name, {}), name=name) for name in LABELS),
        *(row for question in dialogue.questions for row in _section(question, points)),
        *_section(None, points),
    ]


def _section(question: Question | None, points: Sequence[KeyPoint]) -> Iterator[SummaryRow]:
    number, key = (question.number, str(question.id)) if question else (0, FURTHER)
    yield SummaryRow(
        f"question:{key}", RowKind.HEADING, (question.title or question.text) if question else {}, number=number
    )
    own = [point for point in points if point.question_id == (question.id if question else None)]
    for index, point in enumerate(own, start=1):
        behind = _behind(point.text, point.versions)
        yield SummaryRow(f"point:{point.id}", RowKind.POINT, point.text, number=number, index=index, behind=behind)


def _behind(texts: Mapping[str, str], versions: Mapping[str, int]) -> frozenset[str]:
    newest = wordings.newest(texts, versions)
    return frozenset(tag for tag in texts if wordings.version_of(versions, tag) < newest)


def settled(kind: RowKind, text: str) -> str:
    """A text as it is kept: of one paragraph, unless it is the Background."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip() if kind is RowKind.BACKGROUND else " ".join(text.split())


def mark(kind: RowKind, text: str) -> str:
    """What a text is known by in a table that goes out, to tell whether it was changed there or here since; empty for none."""
    text = settled(kind, text)
    return hashlib.sha256(text.encode()).hexdigest()[:8] if text else ""
