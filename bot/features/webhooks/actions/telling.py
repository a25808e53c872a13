"""What an event says, read at the moment it is sent: ids, and the words as they stand then where the host chose so.

Nothing is in it that an export wouldn't show, and never who said something: an author's name or pseudonym would tie replies.
"""

from datetime import UTC, datetime
from typing import TypedDict

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import visibility
from bot.models import (
    Dialogue,
    Happening,
    KeyPoint,
    Objection,
    Question,
    Reply,
    Summary,
    WebhookEndpoint,
    WebhookEvent,
)
from bot.models.base import Wordings

Said = dict[str, str | int | bool | list[str] | Wordings | None]
REMOVED = {Happening.REPLY_REMOVED, Happening.KEY_POINT_REMOVED}


class HookMessage(TypedDict):
    """The body of a webhook, as Standard Webhooks recommends it: what happened, when (ISO 8601, UTC), and to what."""

    type: str
    timestamp: str
    data: Said


def tellable_points() -> ColumnElement[bool]:
    """The key points that members are shown: not those that somebody objects to until a moderator has answered."""
    return ~exists().where(Objection.key_point_id == KeyPoint.id, Objection.answered_at.is_(None))


def moment(at: datetime) -> str:
    """A moment as a message has it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


async def message(
    session: AsyncSession, endpoint: WebhookEndpoint, event: WebhookEvent, *, web_url: str | None
) -> HookMessage | None:
    """What an event says now (the endpoint's dialogue loaded); None if what it is about may no longer be read."""
    told = await _data(session, endpoint, event)
    if told is None:
        return None
    data: Said = {"dialogue": endpoint.dialogue.slug, **told}
    if web_url is not None and event.happening not in REMOVED:
        data["link"] = _link(web_url, endpoint.dialogue.slug, event)
    return HookMessage(type=event.happening, timestamp=moment(event.happened_at), data=data)


def _link(web_url: str, slug: str, event: WebhookEvent) -> str:
    """Where a moderator finds it at the desk."""
    pages = {"reply": "/replies", "key_point": "/loom", "summary": "/loom"}
    return f"{web_url}/desk/{slug}{pages.get(event.matter, '')}"


async def _data(session: AsyncSession, endpoint: WebhookEndpoint, event: WebhookEvent) -> Said | None:
    if event.happening in REMOVED:
        return {"id": event.object_id}
    reading = {
        "reply": _reply,
        "key_point": _key_point,
        "summary": _summary,
        "digest": _digest,
        "dialogue": _dialogue,
    }[event.matter]
    return await reading(session, endpoint, event.object_id)


async def _reply(session: AsyncSession, endpoint: WebhookEndpoint, reply_id: int) -> Said | None:
    row = (
        await session.execute(
            select(Reply, Question.position)
            .join(Question, Question.id == Reply.question_id)
            .where(Reply.id == reply_id, Reply.dialogue_id == endpoint.dialogue_id, visibility.to_members())
        )
    ).one_or_none()
    if row is None:
        return None
    reply: Reply = row[0]
    told: Said = {"id": reply.id, "question": row[1] + 1, "responds_to": await _parent(session, reply)}
    if endpoint.with_words:
        told |= {"text": reply.text, "language": reply.language, "kind": reply.kind, "late": reply.late}
    return told


async def _parent(session: AsyncSession, reply: Reply) -> int | None:
    """What a reply responds to, if members may read that."""
    if reply.parent_id is None:
        return None
    return await session.scalar(select(Reply.id).where(Reply.id == reply.parent_id, visibility.to_members()))


async def _key_point(session: AsyncSession, endpoint: WebhookEndpoint, key_point_id: int) -> Said | None:
    row = (
        await session.execute(
            select(KeyPoint, Question.position)
            .outerjoin(Question, Question.id == KeyPoint.question_id)
            .where(KeyPoint.id == key_point_id, KeyPoint.dialogue_id == endpoint.dialogue_id, tellable_points())
        )
    ).one_or_none()
    if row is None:
        return None
    point: KeyPoint = row[0]
    told: Said = {"id": point.id, "question": None if row[1] is None else row[1] + 1}
    if endpoint.with_words:
        told |= {"text": point.text, "strength": point.strength}
    return told


async def _summary(session: AsyncSession, endpoint: WebhookEndpoint, dialogue_id: int) -> Said | None:  # noqa: ARG001 - as its like
    kept = await session.scalar(select(Summary).where(Summary.dialogue_id == dialogue_id))
    if kept is None or kept.published is None or kept.published_at is None:
        return None
    languages = list(kept.published.get("contents", {}))
    return {"issue": kept.issue, "published_at": moment(kept.published_at), "languages": languages}


async def _digest(session: AsyncSession, endpoint: WebhookEndpoint, until: int) -> Said | None:  # noqa: ARG001 - as its like
    return {"until": moment(datetime.fromtimestamp(until, UTC))}


async def _dialogue(session: AsyncSession, endpoint: WebhookEndpoint, dialogue_id: int) -> Said | None:
    dialogue = await session.scalar(
        select(Dialogue).where(Dialogue.id == dialogue_id).options(selectinload(Dialogue.questions))
    )
    if dialogue is None:
        return None
    told: Said = {"languages": list(dialogue.languages), "questions": len(dialogue.questions)}
    return told | ({"title": dialogue.title} if endpoint.with_words else {})
