"""Wordings of key points become vectors where somebody looks for replies like them: off the loop, and with no transaction open."""

import asyncio
from collections.abc import Collection

import structlog

from bot import insight
from bot.child import Child, Died, TookTooLong
from bot.database import Database
from bot.features.key_points.actions import likeness
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.key_points.actions.likeness import SourceChoice, UnreadWording
from bot.models import KeyPoint

ENCODING_SECONDS = (
    30.0  # of a processor, for a whole Summary; one key point takes some hundredths, and the encoder a second to load
)

log = structlog.get_logger()


async def read_wordings(database: Database, child: Child, key_point_ids: Collection[int]) -> bool:
    """Have a vector for each wording of these key points; false if that took too long, and some have none."""
    model = insight.vectors.best().name
    async with database.readers() as session:
        unread = await likeness.unread(session, key_point_ids, model=model)
    if not unread:
        return True
    try:
        packed = await child.do(_encode, model, [each.text for each in unread], seconds=ENCODING_SECONDS)
    except (Died, TookTooLong):
        log.warning("wordings could not be read", key_points=len(key_point_ids))
        return False
    await _keep(database, unread, packed, model)
    return True


def _encode(model: str, texts: list[str]) -> bytes:
    return insight.vectors.pack(insight.vectors.named(model)().encode(texts))


async def _keep(database: Database, unread: list[UnreadWording], packed: bytes, model: str) -> None:
    width = len(packed) // len(unread)
    encoded = [packed[start : start + width] for start in range(0, len(packed), width)]
    async with database.sessions.begin() as session:
        await likeness.keep(session, unread, encoded, model=model)


async def likeliest(
    database: Database, child: Child, key_point_id: int, choice: SourceChoice
) -> tuple[SourceChoice, list[int]]:
    """The replies (ids) that a key point may rest on, those most like it first, and the choice to look on with.

    Without vectors they come as they were said. Whoever asks must be an editor. Raises NoSuchKeyPoint.
    """
    await read_wordings(database, child, [key_point_id])
    async with database.readers() as session:
        key_point = await session.get(KeyPoint, key_point_id)
        if key_point is None:
            raise NoSuchKeyPoint(key_point_id)
        found = await likeness.offered(session, key_point, choice, model=insight.vectors.best().name)
    return found.choice, await asyncio.to_thread(likeness.in_order, found)
