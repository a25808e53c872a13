"""What an author is told of a decision about a reply of theirs: that it was hidden, is shown after all, or says the same as another."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.ledger import notices, outbox
from bot.models import Delivery, Notice, NoticeKind, Reply, Visibility

TIME_TO_UNDO = timedelta(minutes=10)  # before the author hears that a reply was merged

_TELLS_OF = {
    NoticeKind.HIDDEN: Visibility.HIDDEN,
    NoticeKind.SHOWN_AFTER_ALL: Visibility.SHOWN,
    NoticeKind.MERGED: Visibility.MERGED,
}


@dataclass(frozen=True)
class Verdict:
    """A reply to question `number` as its author knows it, and why it is hidden, as that is stored; empty where it isn't."""

    number: int
    kind: str
    text: str
    files: int
    reason: str


async def tell(session: AsyncSession, reply: Reply, kind: NoticeKind, *, now: datetime) -> None:
    """Owe the author word of it."""
    notice = await notices.open_notice(session, kind, dialogue_id=reply.dialogue_id, reply_id=reply.id, now=now)
    due_at = now + TIME_TO_UNDO if kind is NoticeKind.MERGED else now
    await notices.owe_member(session, notice, reply.member_id, due_at=due_at)


async def was_told(session: AsyncSession, reply_id: int, *kinds: NoticeKind) -> bool:
    """Whether its author was told such a thing of a reply, or may have been."""
    about = (Notice.reply_id == reply_id) & Notice.kind.in_(kinds)
    return bool(await session.scalar(select(exists().where(Delivery.notice_id == Notice.id, about, outbox.WENT_OUT))))


async def verdict(session: AsyncSession, reply_id: int, kind: NoticeKind) -> Verdict | None:
    """What is to be told; None if it holds no longer, or the reply was withdrawn."""
    reply = await session.scalar(
        select(Reply)
        .where(Reply.id == reply_id, Reply.visibility == _TELLS_OF[kind], Reply.withdrawn_at.is_(None))
        .options(joinedload(Reply.question), selectinload(Reply.attachments))
    )
    if reply is None:
        return None
    return Verdict(reply.question.number, reply.kind, reply.text, len(reply.attachments), reply.hidden_reason or "")
