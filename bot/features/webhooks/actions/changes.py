"""What an endpoint doesn't know yet (change data capture): what stands now is held against what it was told.

No action has to think of it, so that none forgets: whatever changes a row, and by whatever way, is found here. What came
and went between two looks is never told.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import schedule, visibility
from bot.features.webhooks.actions.telling import tellable_points
from bot.models import (
    Delivery,
    Dialogue,
    Digest,
    Happening,
    HookMatter,
    HookState,
    KeyPoint,
    Kind,
    Naming,
    Reply,
    State,
    Summary,
    WebhookEndpoint,
    WebhookTold,
)

STEP = 200  # changes in one transaction: writing them holds SQLite's one writer for some hundredths of a second
AT_FIRST = 2_000  # of an endpoint that is new, while whoever hosts the bot waits; nothing is owed of them
AHEAD, BEGUN, OVER = "ahead", "begun", "over"
Key = tuple[HookMatter, int]


@dataclass(frozen=True)
class Divergence:
    """One thing is otherwise than an endpoint knows it: what happened, if that is to be told, and how it stands."""

    matter: HookMatter
    object_id: int
    happening: Happening | None
    shown: bool = True
    changed_at: datetime | None = None
    size: int = 0
    mark: str = ""
    is_there: bool = True

    @property
    def state(self) -> tuple[bool, datetime | None, int, str]:
        """How it stands, as it is kept."""
        return self.shown, self.changed_at, self.size, self.mark


@dataclass(frozen=True)
class Unknowns:
    """Some hundred changes, what was taken back first; `resume` is after which reply the rest is to be looked for, None: no more."""

    divergences: Sequence[Divergence]
    resume: int | None


async def look(session: AsyncSession, endpoint_id: int, *, after: int = 0, now: datetime) -> Unknowns:
    """What an endpoint doesn't know, of replies with ids above `after`. Reads those of a whole dialogue, and writes nothing."""
    endpoint = await session.get(WebhookEndpoint, endpoint_id)
    if endpoint is None:
        return Unknowns((), None)
    others = await _others(session, endpoint, now)
    if endpoint.wanted and not any(word.startswith(HookMatter.REPLY) for word in endpoint.wanted):
        return Unknowns(others, None)
    step = AT_FIRST if endpoint.state is HookState.NEW else STEP
    gone = await _gone_replies(session, endpoint, after, step)
    there = await _replies(session, endpoint, after, step, now)
    cut_off = [some[-1].object_id for some in (gone, there) if len(some) == step]
    return Unknowns([*gone, *there, *others], min(cut_off, default=None))


async def _gone_replies(session: AsyncSession, endpoint: WebhookEndpoint, after: int, step: int) -> list[Divergence]:
    readable = exists(
        select(Reply.id).where(
            Reply.id == WebhookTold.object_id, Reply.dialogue_id == endpoint.dialogue_id, visibility.to_members()
        )
    )
    there = exists().where(Reply.id == WebhookTold.object_id)
    rows = await session.execute(
        select(WebhookTold.object_id, there)
        .where(
            WebhookTold.endpoint_id == endpoint.id,
            WebhookTold.matter == HookMatter.REPLY,
            WebhookTold.object_id > after,
            or_(WebhookTold.shown, ~there),
            ~readable,
        )
        .order_by(WebhookTold.object_id)
        .limit(step)
    )
    return [
        Divergence(HookMatter.REPLY, row[0], Happening.REPLY_REMOVED, shown=False, is_there=bool(row[1]))
        for row in rows
    ]


async def _replies(
    session: AsyncSession, endpoint: WebhookEndpoint, after: int, step: int, now: datetime
) -> list[Divergence]:
    changed_at, size, mark = func.coalesce(Reply.edited_at, Reply.kept_at), func.length(Reply.text), _place(endpoint)
    otherwise = or_(
        WebhookTold.object_id.is_(None),
        ~WebhookTold.shown,
        WebhookTold.changed_at != changed_at,
        WebhookTold.size != size,  # what is added to a reply is no edit of it
        WebhookTold.mark != mark,
    )
    rows = await session.execute(
        select(Reply.id, Reply.edited_at, Reply.kept_at, size, mark, WebhookTold.shown)
        .outerjoin(
            WebhookTold,
            and_(
                WebhookTold.endpoint_id == endpoint.id,
                WebhookTold.matter == HookMatter.REPLY,
                WebhookTold.object_id == Reply.id,
            ),
        )
        .where(Reply.dialogue_id == endpoint.dialogue_id, Reply.id > after)
        .where(visibility.to_members(), _not_too_near(now), otherwise)
        .order_by(Reply.id)
        .limit(step)
    )
    types = {None: Happening.REPLY_CREATED, False: Happening.REPLY_RESTORED, True: Happening.REPLY_EDITED}
    return [
        Divergence(HookMatter.REPLY, row[0], types[row[5]], changed_at=row[1] or row[2], size=row[3], mark=row[4])
        for row in rows
    ]


def _place(endpoint: WebhookEndpoint) -> ColumnElement[str]:
    """The question that a reply is to; for whoever gets the words also their language, which may be found or corrected later."""
    question = cast(Reply.question_id, Text)
    return question.concat(" ").concat(Reply.language) if endpoint.with_words else question


def _not_too_near(now: datetime) -> ColumnElement[bool]:
    """What has no name waits for the full hour, as exports tell its moment: its nearness would tie it to another reply."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    said_at = func.coalesce(Reply.edited_at, Reply.replied_at)
    return or_(Reply.naming != Naming.ANONYMOUS, Reply.as_moderator, and_(said_at < hour, Reply.kept_at < hour))


async def _others(session: AsyncSession, endpoint: WebhookEndpoint, now: datetime) -> list[Divergence]:
    rows = await session.scalars(
        select(WebhookTold).where(WebhookTold.endpoint_id == endpoint.id, WebhookTold.matter != HookMatter.REPLY)
    )
    told = {(row.matter, row.object_id): row for row in rows}
    stand = await _standing(session, endpoint, now)
    changes = [
        Divergence(*key, _what_happened(key[0], told[key].mark if key in told else None, mark), mark=mark)
        for key, mark in stand.items()
        if key not in told or told[key].mark != mark
    ]
    return [*changes, *_gone_points(told, stand)]


def _gone_points(told: Iterable[Key], stand: Mapping[Key, str]) -> list[Divergence]:
    return [
        Divergence(*key, Happening.KEY_POINT_REMOVED, shown=False, is_there=False)
        for key in told
        if key[0] is HookMatter.KEY_POINT and key not in stand
    ]


def _what_happened(matter: HookMatter, before: str | None, mark: str) -> Happening | None:
    if matter is HookMatter.KEY_POINT:
        return Happening.KEY_POINT_CREATED if before is None else Happening.KEY_POINT_CHANGED
    if matter is HookMatter.DIALOGUE:
        return {BEGUN: Happening.DIALOGUE_STARTED, OVER: Happening.DIALOGUE_ENDED}.get(mark)
    return Happening.SUMMARY_PUBLISHED if matter is HookMatter.SUMMARY else Happening.DIGEST_SENT


async def _standing(session: AsyncSession, endpoint: WebhookEndpoint, now: datetime) -> dict[Key, str]:
    """All that isn't a reply, and in which state it stands."""
    dialogue_id = endpoint.dialogue_id
    points = await session.scalars(select(KeyPoint).where(KeyPoint.dialogue_id == dialogue_id, tellable_points()))
    stand: dict[Key, str] = {(HookMatter.KEY_POINT, each.id): _mark(each) for each in points}
    issue = await session.scalar(select(Summary.issue).where(Summary.dialogue_id == dialogue_id))
    if issue:
        stand[HookMatter.SUMMARY, dialogue_id] = str(issue)
    digests = await session.scalars(
        select(Digest.until)
        .join(Delivery, Delivery.digest_id == Digest.id)
        .where(Digest.dialogue_id == dialogue_id, Delivery.kind == Kind.DIGEST, Delivery.state == State.SENT)
        .where(Digest.until > endpoint.made_at)
        .distinct()
    )
    stand |= {(HookMatter.DIGEST, int(until.timestamp())): "" for until in digests}
    dialogue = await session.get_one(Dialogue, dialogue_id, options=[selectinload(Dialogue.questions)])
    stand[HookMatter.DIALOGUE, dialogue_id] = _phase(dialogue, now)
    return stand


def _mark(point: KeyPoint) -> str:
    state = json.dumps([point.text, point.question_id, point.strength], sort_keys=True)
    return hashlib.sha256(state.encode()).hexdigest()[:32]


def _phase(dialogue: Dialogue, now: datetime) -> str:
    periods: Sequence[tuple[datetime, datetime]] = [
        (schedule.instant(each.opens, dialogue.timezone), schedule.instant(each.closes, dialogue.timezone))
        for each in dialogue.questions
    ]
    if periods and max(closes for _, closes in periods) <= now:
        return OVER
    return BEGUN if periods and min(opens for opens, _ in periods) <= now else AHEAD
