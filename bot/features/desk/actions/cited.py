"""Which words of a reply stand under key points already: the reply in parts, so that they can be marked (highlighting)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Reply, Support

Parts = tuple[tuple[str, bool], ...]
"""A text in parts, and whether each is under a key point."""


async def parts(session: AsyncSession, replies: Sequence[Reply]) -> dict[int, Parts]:
    """The texts of those replies that are under key points; one of which all is, or no longer what it was, in one part and unmarked."""
    rows = await session.execute(
        select(Support.reply_id, Support.start, Support.span).where(Support.reply_id.in_([each.id for each in replies]))
    )
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for reply_id, start, span in rows:
        found[reply_id].append((start, span))
    return {each.id: _parted(each.text, found[each.id]) for each in replies if each.id in found}


def _parted(text: str, spans: Iterable[tuple[int, str]]) -> Parts:
    standing = [
        (start, start + len(span))
        for start, span in spans
        if span != text and text[start : start + len(span)] == span  # else it was edited since
    ]
    edges = sorted({0, len(text), *(edge for ends in standing for edge in ends)})
    return tuple(
        (text[here:there], any(start <= here < end for start, end in standing)) for here, there in pairwise(edges)
    )
