"""Replies as a digest quotes them: their words, and of their authors what these chose for each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, load_only

from bot.core import authors, visibility
from bot.core.authors import Author
from bot.models import Attachment, Question, Reply, Visibility


@dataclass(frozen=True)
class QuotedReply:
    """A reply as a digest shows it: whole text, to be cut by whoever writes; `files` counts what it carries.

    `language` is None where it would tell apart one of few. The text may be `translated` for its reader.
    """

    reply_id: int
    author: Author
    number: int
    kind: str
    text: str
    files: int
    language: str | None
    late: bool
    first: bool
    replied_at: datetime
    translated: bool = False


_earlier = aliased(Reply)
COLUMNS = (
    *(Reply.kind, Reply.text, Reply.language, Reply.late, Reply.replied_at),
    *(Reply.naming, Reply.signature, Reply.as_moderator),
)


def _quoted(*, judges: bool) -> Select[Reply, int, int, int | None, bool]:
    """Rows of a reply, its question's position, how many files it has, its author's first, and whether it is shown to the reader."""
    files = select(func.count()).where(Attachment.reply_id == Reply.id).scalar_subquery()
    first = select(func.min(_earlier.id)).where(_earlier.member_id == Reply.member_id).scalar_subquery()
    readable = Reply.withdrawn_at.is_(None) if judges else visibility.to_members()
    return (
        select(Reply, Question.position, files, first, readable & (Reply.visibility == Visibility.SHOWN))
        .join(Reply.question)
        .where(Reply.id.in_(bindparam("ids", expanding=True)))
        .options(load_only(*COLUMNS))
    )


QUOTED = {judges: _quoted(judges=judges) for judges in (True, False)}


async def quoted(
    session: AsyncSession,
    reply_ids: Collection[int],
    *,
    if_shown: Collection[int],
    judges: bool,
    languages: Collection[str],
) -> dict[int, QuotedReply]:
    """Replies by id, to be quoted, and more if they are shown to the reader; of languages only those in `languages` are told."""
    wanted = {*reply_ids, *if_shown}
    if not wanted:
        return {}
    rows = await session.execute(QUOTED[judges], {"ids": sorted(wanted)})
    return {
        reply.id: QuotedReply(
            reply_id=reply.id,
            author=authors.author_of(reply),
            number=position + 1,
            kind=reply.kind,
            text=reply.text,
            files=files,
            language=reply.language if reply.language in languages else None,
            late=reply.late,
            first=reply.id == first_id,
            replied_at=reply.replied_at,
        )
        for reply, position, files, first_id, shown in rows
        if shown or reply.id in reply_ids
    }
