"""What moderators of a dialogue wrote to all: one's own drafts, and what was sent, by whomever, as long as it can be stopped and after."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import rights
from bot.core.rights import Right
from bot.features.announcements.actions import drafts
from bot.features.announcements.actions.announcements import SENT_AT
from bot.models import Delivery, Notice, NoticeKind, Person, State


@dataclass(frozen=True)
class Outgoing:
    """An announcement or a nudge: its words for a reader, empty without any; when it was sent, None of a draft.

    It `can_stop` while somebody is still to get it.
    """

    notice_id: int
    kind: NoticeKind
    words: str
    sent_at: datetime | None
    stopped: bool
    can_stop: bool


async def outgoing(session: AsyncSession, person: Person, dialogue_id: int, *, most: int) -> tuple[Outgoing, ...]:
    """The newest first, of `most` so many that are looked through. Raises NotPermitted."""
    member = await rights.membership(session, person, dialogue_id, Right.ADDRESS)
    found = await session.scalars(
        select(Notice)
        .where(Notice.dialogue_id == dialogue_id, Notice.kind.in_([NoticeKind.ANNOUNCEMENT, NoticeKind.NUDGE]))
        .order_by(Notice.id.desc())
        .limit(most)
    )
    notices = [one for one in found if SENT_AT in one.details or one.author_id == member.id]
    ids = [one.id for one in notices]
    unsent = or_(Delivery.state == State.PLANNED, Delivery.room_id.is_not(None) & (Delivery.state == State.UNREACHABLE))
    owed = set(await session.scalars(select(Delivery.notice_id).where(Delivery.notice_id.in_(ids), unsent).distinct()))
    languages = ((one, drafts.seen(one, member.dialogue, person.language)) for one in notices)
    return tuple(
        Outgoing(
            notice_id=one.id,
            kind=one.kind,
            words=one.texts[language] if language else "",
            sent_at=datetime.fromisoformat(one.details[SENT_AT]) if SENT_AT in one.details else None,
            stopped=one.cancelled_at is not None,
            can_stop=one.id in owed and one.cancelled_at is None,
        )
        for one, language in languages
    )
