"""What another tool found in the replies becomes proposals, on the words that it quotes and that stand in replies; moderators decide."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, visibility
from bot.features.key_points.actions import key_points
from bot.features.proposals.actions.suggestions import as_bullet
from bot.models import Dialogue, Ground, KeyPoint, Proposal, Reply

MOST_CLAIMS = 300  # of one file: each is looked at by a person
LONGEST_QUOTE = 4096  # characters
MARKS = ' \t\n\r“”"«»„‟'  # around a quote, and none of its words


class Tool(StrEnum):
    """A tool whose files come in, by the name that moderators know."""

    T3C = "Talk to the City"
    SENSEMAKER = "Sensemaker"
    POLIS = "Polis"


@dataclass(frozen=True)
class Claim:
    """A sentence that another tool wrote or gathered, its language, and the words it is said to rest on."""

    text: str
    language: str
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class GatheredClaims:
    """How many claims were kept, quotes stand in no reply or in several, and claims were left out: without ground, or known already.

    `questions` are those (id, number) under which proposals were kept.
    """

    proposals: int
    lost_quotes: int
    groundless: int
    known: int
    beyond: int
    questions: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Standing:
    """Words as they stand in a reply (code points)."""

    reply_id: int
    question_id: int
    start: int
    end: int
    span: str
    is_whole: bool


async def gather(
    session: AsyncSession, dialogue: Dialogue, claims: Sequence[Claim], *, tool: str, now: datetime
) -> GatheredClaims:
    """Keep claims as proposals for a dialogue (its questions loaded), each under the question that most of its words answer."""
    known = await _known(session, dialogue.id)
    kept = lost = groundless = repeated = 0
    under: set[int] = set()
    for claim in claims[:MOST_CLAIMS]:
        text = as_bullet(claim.text)
        standing, missing = await _standing(session, dialogue.id, claim.quotes)
        lost += missing
        question_id, grounds = _grounds(standing)
        if question_id is None or not text or len(text) > key_points.LONGEST:
            groundless += 1
        elif (question_id, text) in known:
            repeated += 1
        else:
            known.add((question_id, text))
            under.add(question_id)
            kept += 1
            session.add(
                Proposal(
                    dialogue_id=dialogue.id,
                    question_id=question_id,
                    text=text,
                    language=claim.language,
                    proposed_by=str(tool),
                    proposed_at=now,
                    grounds=grounds,
                )
            )
    await session.flush()
    questions = tuple((each.id, each.number) for each in dialogue.questions if each.id in under)
    return GatheredClaims(kept, lost, groundless, repeated, max(0, len(claims) - MOST_CLAIMS), questions)


async def _known(session: AsyncSession, dialogue_id: int) -> set[tuple[int | None, str]]:
    """What is proposed already, or is a key point, by question: a file that comes twice proposes nothing twice."""
    proposed = await session.execute(
        select(Proposal.question_id, Proposal.text).where(Proposal.dialogue_id == dialogue_id)
    )
    points = await session.execute(
        select(KeyPoint.question_id, KeyPoint.text).where(
            KeyPoint.dialogue_id == dialogue_id, KeyPoint.question_id.is_not(None)
        )
    )
    known: set[tuple[int | None, str]] = {
        (question_id, text) for question_id, texts in points for text in texts.values()
    }
    known.update((question_id, text) for question_id, text in proposed)
    return known


async def _standing(session: AsyncSession, dialogue_id: int, quotes: Iterable[str]) -> tuple[list[_Standing], int]:
    """Where quotes stand, and how many stand nowhere that is certain."""
    found: list[_Standing] = []
    lost = 0
    for quote in dict.fromkeys(quotes):
        places = await _places(session, dialogue_id, quote.strip(MARKS))
        found += places
        lost += not places
    return found, lost


async def _places(session: AsyncSession, dialogue_id: int, quote: str) -> list[_Standing]:
    """The replies that say just these words, or the one in which they stand: in several, nobody knows who was meant.

    Letter by letter; but a tool may have made one line of several.
    """
    words = quote.split()
    if not words or len(quote) > LONGEST_QUOTE:
        return []
    rows = await session.execute(
        select(Reply.id, Reply.question_id, Reply.text)
        .join(Reply.member)
        .where(Reply.dialogue_id == dialogue_id, counting.in_themes(), visibility.to_members())
        .where(Reply.text.contains(max(words, key=len), autoescape=True))
        .order_by(Reply.id)
    )
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = [
        _Standing(row.id, row.question_id, *match.span(), match.group(), is_whole=match.group() == row.text.strip())
        for row in rows
        if (match := pattern.search(row.text))
    ]
    whole = [each for each in found if each.is_whole]
    return whole or (found if len(found) == 1 else [])


def _grounds(standing: Sequence[_Standing]) -> tuple[int | None, list[Ground]]:
    """The question to which most of the words answer, and those words, once for each reply."""
    if not standing:
        return None, []
    ((question_id, _),) = Counter(each.question_id for each in standing).most_common(1)
    mine = {each.reply_id: each for each in reversed(standing) if each.question_id == question_id}
    grounds = [
        Ground(reply_id=each.reply_id, start=each.start, end=each.end, span=each.span)
        for each in sorted(mine.values(), key=lambda each: each.reply_id)
    ]
    return question_id, grounds
