"""What endpoints are owed (an outbox): changes become events, one at a time goes out, and what became of it is written down."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, exists, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.features.webhooks.actions import endpoints, telling
from bot.features.webhooks.actions.changes import Divergence
from bot.features.webhooks.actions.telling import HookMessage
from bot.models import (
    Happening,
    HappeningState,
    HookMatter,
    HookState,
    Setback,
    WebhookEndpoint,
    WebhookEvent,
    WebhookTold,
)

# Before each further try, as Standard Webhooks proposes it: some three days in all.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1 / 12, 5, 30, 120, 300, 600, 840, 1200, 1440))
SPREAD = 0.2  # by how much of itself a pause may be longer, so that endpoints of one host aren't tried at one moment
LONGEST_WAIT = timedelta(days=1)  # that an endpoint may ask for
MOST_OWED = 1_000  # then its changes stay where they are: they are told as they stand once it takes events again
KEPT, GIVEN_UP_KEPT = timedelta(days=7), timedelta(days=30)
PRUNED = 500  # in one transaction

_FRESH = (Happening.REPLY_CREATED, Happening.REPLY_RESTORED, Happening.KEY_POINT_CREATED)
_CHANGED = (Happening.REPLY_EDITED, Happening.KEY_POINT_CHANGED)


@dataclass(frozen=True)
class Try:
    """An event on its way: `secrets` all sign it, the newest first."""

    endpoint_id: int
    event_id: int
    url: str
    uid: str
    message: HookMessage
    secrets: tuple[str, ...]


@dataclass(frozen=True)
class Reception:
    """How an endpoint took an event: with no `setback` it has it. `wait` is how long it asks to be left alone."""

    setback: Setback | None = None
    status: int | None = None
    wait: timedelta = timedelta(0)


async def is_full(session: AsyncSession, endpoint_id: int) -> bool:
    """Whether so much waits for an endpoint that nothing more is to be written down for it."""
    owed = select(WebhookEvent.id).where(
        WebhookEvent.endpoint_id == endpoint_id, WebhookEvent.state == HappeningState.OWED
    )
    return await session.scalar(owed.offset(MOST_OWED - 1).limit(1)) is not None


async def write_down(session: AsyncSession, endpoint_id: int, changes: Sequence[Divergence], *, now: datetime) -> None:
    """Owe an endpoint what changed, and remember that it knows; of a new one it is only remembered what there was before it."""
    endpoint = await endpoints.find(session, endpoint_id)
    known = await _known(session, endpoint_id, changes)
    for change in changes:
        is_news = await _remember(session, endpoint_id, change, known.get((change.matter, change.object_id)))
        if is_news and endpoint.state is HookState.ACTIVE and change.happening is not None:
            await _owe(session, endpoint, change, change.happening, now)


async def _known(
    session: AsyncSession, endpoint_id: int, changes: Sequence[Divergence]
) -> dict[tuple[HookMatter, int], WebhookTold]:
    rows = await session.scalars(
        select(WebhookTold).where(
            WebhookTold.endpoint_id == endpoint_id,
            tuple_(WebhookTold.matter, WebhookTold.object_id).in_([(each.matter, each.object_id) for each in changes]),
        )
    )
    return {(each.matter, each.object_id): each for each in rows}


async def _remember(session: AsyncSession, endpoint_id: int, change: Divergence, told: WebhookTold | None) -> bool:
    """Keep how a thing stands; returns whether another hasn't done so since it was looked at."""
    if not change.is_there:
        if told is not None:
            await session.delete(told)
        return told is not None
    if told is None:
        told = WebhookTold(endpoint_id=endpoint_id, matter=change.matter, object_id=change.object_id)
        session.add(told)
    elif (told.shown, told.changed_at, told.size, told.mark) == change.state:
        return False
    told.shown, told.changed_at, told.size, told.mark = change.state
    return True


async def _owe(
    session: AsyncSession, endpoint: WebhookEndpoint, change: Divergence, happening: Happening, now: datetime
) -> None:
    """One more event, unless one that has certainly not arrived says the same, or there is nothing to take back."""
    unsent = await session.scalars(
        select(WebhookEvent).where(
            WebhookEvent.endpoint_id == endpoint.id,
            WebhookEvent.matter == change.matter,
            WebhookEvent.object_id == change.object_id,
            WebhookEvent.state == HappeningState.OWED,
            WebhookEvent.attempts == 0,
        )
    )
    waiting = {each.happening: each for each in unsent}
    if happening in _CHANGED and waiting:
        return  # what waits is read when it is sent
    if not change.shown and await _retract(session, endpoint.id, change, waiting):
        return
    if endpoint.wanted and happening not in endpoint.wanted:
        return
    session.add(
        WebhookEvent(
            endpoint_id=endpoint.id,
            uid=f"msg_{secrets.token_urlsafe(18)}",
            happening=happening,
            matter=change.matter,
            object_id=change.object_id,
            happened_at=now,
            state=HappeningState.OWED,
            attempts=0,
        )
    )


async def _retract(
    session: AsyncSession, endpoint_id: int, change: Divergence, waiting: Mapping[Happening, WebhookEvent]
) -> bool:
    """Take back what has certainly not arrived; returns whether the endpoint then knows of nothing to be taken back."""
    for each in waiting.values():
        if each.happening not in telling.REMOVED:
            await session.delete(each)
    if waiting.keys() & {Happening.REPLY_CREATED, Happening.KEY_POINT_CREATED}:
        told = await session.get(WebhookTold, (endpoint_id, change.matter, change.object_id))
        if told is not None:
            await session.delete(told)
        return True
    return Happening.REPLY_RESTORED in waiting


async def take(session: AsyncSession, endpoint_id: int, *, web_url: str | None, now: datetime) -> Try | None:
    """The next event for an endpoint, in the order of what happened; None if there is none, or it isn't its time.

    One that was refused waits aside, and with it what concerns the same thing. What has nothing to tell any more is laid
    aside. The try is counted before the first byte leaves.
    """
    endpoint = await endpoints.find(session, endpoint_id)
    if endpoint.state is not HookState.ACTIVE or (endpoint.due_at is not None and endpoint.due_at > now):
        return None
    for _ in range(PRUNED):
        event = await session.scalar(_next(endpoint_id, now))
        if event is None:
            return None
        message = await telling.message(session, endpoint, event, web_url=web_url)
        if message is not None:
            event.attempts += 1
            return Try(endpoint_id, event.id, endpoint.url, event.uid, message, _secrets(endpoint, now))
        await _lay_aside(session, event, now)
    return None


def _next(endpoint_id: int, now: datetime) -> Select[WebhookEvent]:
    earlier = aliased(WebhookEvent)
    before = exists().where(
        earlier.endpoint_id == WebhookEvent.endpoint_id,
        earlier.state == HappeningState.OWED,
        earlier.matter == WebhookEvent.matter,
        earlier.object_id == WebhookEvent.object_id,
        earlier.id < WebhookEvent.id,
    )
    return (
        select(WebhookEvent)
        .where(WebhookEvent.endpoint_id == endpoint_id, _is_due(now), ~before)
        .order_by(WebhookEvent.id)
        .limit(1)
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(
        WebhookEvent.state == HappeningState.OWED, or_(WebhookEvent.due_at.is_(None), WebhookEvent.due_at <= now)
    )


def _secrets(endpoint: WebhookEndpoint, now: datetime) -> tuple[str, ...]:
    if endpoint.previous_secret is None or endpoint.previous_until is None or endpoint.previous_until <= now:
        return (endpoint.secret,)
    return (endpoint.secret, endpoint.previous_secret)


async def _lay_aside(session: AsyncSession, event: WebhookEvent, now: datetime) -> None:
    """It can't be told any more; if it never left, the endpoint doesn't know the thing, and nothing is taken back from it."""
    event.state, event.settled_at = HappeningState.OVERTAKEN, now
    if event.attempts == 0 and event.happening in _FRESH:
        about = (
            WebhookTold.endpoint_id == event.endpoint_id,
            WebhookTold.matter == event.matter,
            WebhookTold.object_id == event.object_id,
        )
        if event.happening is Happening.REPLY_RESTORED:
            await session.execute(update(WebhookTold).where(*about).values(shown=False))
        else:
            await session.execute(delete(WebhookTold).where(*about))
    await session.flush()


async def settle(session: AsyncSession, tried: Try, reception: Reception, *, chance: float, now: datetime) -> HookState:
    """Write down how an endpoint took an event; `chance` (0 to 1) spreads the next try. Returns how the endpoint stands then.

    Raises NoSuchEndpoint if it was taken away meanwhile.
    """
    endpoint = await endpoints.find(session, tried.endpoint_id)
    event = await session.get(WebhookEvent, tried.event_id, populate_existing=True)
    if event is None:
        return endpoint.state
    event.status = reception.status
    if reception.setback is None:
        event.state, event.settled_at, event.due_at = HappeningState.SENT, now, None
        endpoint.failures, endpoint.failing_since, endpoint.due_at = 0, None, None
        endpoint.setback, endpoint.status, endpoint.sent_at = None, None, now
    elif reception.setback is Setback.REFUSED:
        _put_off(event, chance, now)
    else:
        _fail(endpoint, reception, chance, now)
    return endpoint.state


def _put_off(event: WebhookEvent, chance: float, now: datetime) -> None:
    """This event alone was refused: it is tried again by itself, and the others go on."""
    if event.attempts > len(PAUSES):
        event.state, event.settled_at = HappeningState.GIVEN_UP, now
    else:
        event.due_at = now + _pause(event.attempts, chance)


def _fail(endpoint: WebhookEndpoint, reception: Reception, chance: float, now: datetime) -> None:
    """The endpoint takes nothing at the moment, or never will."""
    endpoint.failures += 1
    endpoint.setback, endpoint.status = reception.setback, reception.status
    endpoint.failing_since = endpoint.failing_since or now
    if reception.setback is Setback.GONE or endpoint.failures > len(PAUSES):
        endpoint.state, endpoint.due_at = HookState.DISABLED, None
    else:
        wait = max(_pause(endpoint.failures, chance), min(reception.wait, LONGEST_WAIT))
        endpoint.due_at = now + wait


def _pause(failures: int, chance: float) -> timedelta:
    return PAUSES[failures - 1] * (1 + SPREAD * chance)


async def prune(session: AsyncSession, *, now: datetime) -> int:
    """Forget some events that were settled long enough ago; returns how many, 0 when there are no more."""
    is_old = or_(
        WebhookEvent.settled_at < now - GIVEN_UP_KEPT,
        and_(WebhookEvent.settled_at < now - KEPT, WebhookEvent.state != HappeningState.GIVEN_UP),
    )
    old = select(WebhookEvent.id).where(is_old).order_by(WebhookEvent.settled_at).limit(PRUNED)
    gone = await session.execute(delete(WebhookEvent).where(WebhookEvent.id.in_(old)).returning(WebhookEvent.id))
    return len(gone.all())
