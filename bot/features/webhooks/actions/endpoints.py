"""The endpoints of a dialogue: added, listed, given another secret, told again, taken away; how each stands."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core.dialogues import NoSuchDialogue
from bot.models import Dialogue, Happening, HappeningState, HookState, Setback, WebhookEndpoint, WebhookEvent

SECRET_BYTES = 32  # Standard Webhooks: between 24 and 64
BOTH_SIGN = timedelta(days=1)  # after a rotation
TAKEN_BACK = {"reply": Happening.REPLY_REMOVED.value, "key_point": Happening.KEY_POINT_REMOVED.value}
OPEN = (HappeningState.OWED, HappeningState.GIVEN_UP)


class NoSuchEndpoint(Exception):
    """There is no endpoint of this id."""

    def __init__(self, endpoint_id: int) -> None:
        super().__init__(endpoint_id)
        self.endpoint_id = endpoint_id


class BadTarget(Exception):
    """An address can't be an endpoint: it is no web address, or carries a password."""


class NoSuchHappening(Exception):
    """Nothing that an endpoint can be told of is called so."""


@dataclass(frozen=True)
class HookStanding:
    """How an endpoint stands: `owed` events wait for it, `given_up` ones were refused for too long."""

    endpoint_id: int
    slug: str
    url: str
    wanted: tuple[str, ...]
    with_words: bool
    state: HookState
    setback: Setback | None
    status: int | None
    failing_since: datetime | None
    due_at: datetime | None
    sent_at: datetime | None
    owed: int
    given_up: int

    @property
    def host(self) -> str:
        """Where it is, without what in an address may be a secret."""
        return host_of(self.url)


def host_of(url: str) -> str:
    """The host of an address."""
    return urlsplit(url).hostname or ""


def new_secret() -> str:
    """A secret as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def happenings(words: Sequence[str]) -> list[str]:
    """The types that are meant by their names or by what they are about ("reply"); raises NoSuchHappening.

    Whoever is told of something is told as well when it is gone.
    """
    found: list[str] = []
    for word in words:
        meant = [each.value for each in Happening if word in {each.value, each.value.partition(".")[0]}]
        if not meant:
            raise NoSuchHappening(word)
        found += [*meant, *(TAKEN_BACK[about] for each in meant if (about := each.partition(".")[0]) in TAKEN_BACK)]
    return list(dict.fromkeys(found))


async def add(
    session: AsyncSession,
    slug: str,
    url: str,
    *,
    wanted: Sequence[str],
    with_words: bool,
    in_clear: bool = False,
    now: datetime,
) -> WebhookEndpoint:
    """A new endpoint, which is told nothing before it has been marked what there was before it; by http only if that may be (`in_clear`).

    Raises NoSuchDialogue, BadTarget, NoSuchHappening.
    """
    dialogue_id = await session.scalar(select(Dialogue.id).where(Dialogue.slug == slug))
    if dialogue_id is None:
        raise NoSuchDialogue(slug)
    endpoint = WebhookEndpoint(
        dialogue_id=dialogue_id,
        url=_target(url, in_clear=in_clear),
        wanted=happenings(wanted),
        with_words=with_words,
        secret=new_secret(),
        made_at=now,
        state=HookState.NEW,
    )
    session.add(endpoint)
    await session.flush()
    return endpoint


def _target(url: str, *, in_clear: bool) -> str:
    try:
        parts = urlsplit(url)
        known = (
            parts.scheme in ({"http", "https"} if in_clear else {"https"})
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        raise BadTarget(url) from None
    if not known or "@" in parts.netloc or parts.fragment:
        raise BadTarget(url)
    return url


async def find(session: AsyncSession, endpoint_id: int) -> WebhookEndpoint:
    """An endpoint with its dialogue, nobody else's to change until the transaction ends; raises NoSuchEndpoint."""
    found = await session.scalar(
        select(WebhookEndpoint)
        .where(WebhookEndpoint.id == endpoint_id)
        .options(joinedload(WebhookEndpoint.dialogue))
        .with_for_update(of=WebhookEndpoint)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NoSuchEndpoint(endpoint_id)
    return found


async def is_new(session: AsyncSession, endpoint_id: int) -> bool:
    """Whether it isn't known yet of an endpoint what there was before it."""
    state = await session.scalar(select(WebhookEndpoint.state).where(WebhookEndpoint.id == endpoint_id))
    return state is HookState.NEW


async def begin(session: AsyncSession, endpoint_id: int) -> None:
    """From now on an endpoint is told what happens."""
    new = (WebhookEndpoint.id == endpoint_id, WebhookEndpoint.state == HookState.NEW)
    await session.execute(update(WebhookEndpoint).where(*new).values(state=HookState.ACTIVE))


async def active(session: AsyncSession, *, now: datetime) -> Sequence[int]:
    """The endpoints (ids) to which something may go now."""
    found = await session.scalars(
        select(WebhookEndpoint.id)
        .where(
            WebhookEndpoint.state != HookState.DISABLED,
            or_(WebhookEndpoint.due_at.is_(None), WebhookEndpoint.due_at <= now),
        )
        .order_by(WebhookEndpoint.id)
    )
    return found.all()


async def standings(session: AsyncSession) -> list[HookStanding]:
    """All endpoints, and how each stands."""
    counted = await session.execute(
        select(WebhookEvent.endpoint_id, WebhookEvent.state, func.count())
        .where(WebhookEvent.state.in_(OPEN))
        .group_by(WebhookEvent.endpoint_id, WebhookEvent.state)
    )
    counts = {(row[0], row[1]): row[2] for row in counted}
    found = await session.scalars(
        select(WebhookEndpoint).options(joinedload(WebhookEndpoint.dialogue)).order_by(WebhookEndpoint.id)
    )
    return [_standing(each, counts) for each in found]


def _standing(endpoint: WebhookEndpoint, counts: dict[tuple[int, HappeningState], int]) -> HookStanding:
    return HookStanding(
        endpoint_id=endpoint.id,
        slug=endpoint.dialogue.slug,
        url=endpoint.url,
        wanted=tuple(endpoint.wanted),
        with_words=endpoint.with_words,
        state=endpoint.state,
        setback=endpoint.setback,
        status=endpoint.status,
        failing_since=endpoint.failing_since,
        due_at=endpoint.due_at,
        sent_at=endpoint.sent_at,
        owed=counts.get((endpoint.id, HappeningState.OWED), 0),
        given_up=counts.get((endpoint.id, HappeningState.GIVEN_UP), 0),
    )


async def given_up(session: AsyncSession) -> list[HookStanding]:
    """Those to which nothing goes any more, or that refused some events for good."""
    return [each for each in await standings(session) if each.state is HookState.DISABLED or each.given_up]


async def rotate(session: AsyncSession, endpoint_id: int, *, now: datetime) -> str:
    """A new secret; the one before it signs beside it for a day. Raises NoSuchEndpoint."""
    endpoint = await find(session, endpoint_id)
    endpoint.previous_secret, endpoint.previous_until = endpoint.secret, now + BOTH_SIGN
    endpoint.secret = new_secret()
    return endpoint.secret


async def resend(session: AsyncSession, endpoint_id: int, *, since: datetime | None) -> int:
    """Have an endpoint told all that it is owed or refused, and what it took `since` a moment, as far as that is kept.

    One to which nothing went any more is told again. Returns how many events wait. Raises NoSuchEndpoint.
    """
    endpoint = await find(session, endpoint_id)
    if endpoint.state is HookState.DISABLED:
        endpoint.state = HookState.ACTIVE
    endpoint.failures, endpoint.failing_since, endpoint.due_at = 0, None, None
    endpoint.setback, endpoint.status = None, None
    again: ColumnElement[bool] = WebhookEvent.state.in_(OPEN)
    if since is not None:
        again = or_(again, and_(WebhookEvent.state == HappeningState.SENT, WebhookEvent.happened_at >= since))
    result = await session.execute(
        update(WebhookEvent)
        .where(WebhookEvent.endpoint_id == endpoint_id, again)
        # Whoever was sent one before may have it: one try is counted still.
        .values(
            state=HappeningState.OWED,
            due_at=None,
            settled_at=None,
            attempts=case((WebhookEvent.attempts > 0, 1), else_=0),
        )
        .returning(WebhookEvent.id)
    )
    return len(result.all())


async def remove(session: AsyncSession, endpoint_id: int) -> str:
    """Tell it nothing more, and forget what it was told; returns its host. Raises NoSuchEndpoint."""
    endpoint = await find(session, endpoint_id)
    url = endpoint.url
    await session.execute(delete(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id))
    return host_of(url)
