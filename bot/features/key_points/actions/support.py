"""What a key point rests on: replies, and the very words in them, looked at anew each time they are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.core import authors, counting
from bot.core.authors import Author
from bot.models import Attachment, Audience, KeyPoint, Member, Reply, Support, Visibility

# A sentence with its closing marks: Latin and Arabic ones before a space, Chinese ones anywhere.
_MARKS, _WIDE_MARKS = r".!?…\u061f", r"\u3002\uff01\uff1f"
_SENTENCE = re.compile(
    rf"[^\s{_MARKS}{_WIDE_MARKS}](?:[^{_MARKS}{_WIDE_MARKS}\n]|[{_MARKS}](?=\S))*"
    rf"(?:[{_MARKS}]+[\"”»’)]*|[{_WIDE_MARKS}]+[”』」\uff09]*)?"
)


AT_ONCE = 1000  # rows read before others have their turn


class BrokenSpan(Exception):
    """The words that were chosen are not in the reply (any more)."""


class Soundness(StrEnum):
    """How a support stands: as chosen; its reply edited elsewhere since; its words gone from it; or the reply withdrawn."""

    SOUND = "sound"
    EDITED = "edited"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Resting:
    """Words that a key point rests on, and their author as they chose to be named on that reply; it may be none that `counts`.

    They stand in the reply from `start` on (code points).
    """

    reply_id: int
    member_id: int
    author: Author
    language: str
    kind: str
    files: int
    span: str
    soundness: Soundness
    quotable: bool
    counts: bool = True
    start: int = 0

    @property
    def stands(self) -> bool:
        """Whether it may be rested on: what is withdrawn may not."""
        return self.soundness is not Soundness.WITHDRAWN

    @property
    def is_changed(self) -> bool:
        """Whether its reply was edited or withdrawn since, so that a moderator has to look again."""
        return self.soundness is not Soundness.SOUND

    @property
    def sound_words(self) -> bool:
        """Whether the words still stand in the reply."""
        return self.soundness in {Soundness.SOUND, Soundness.EDITED}


@dataclass(frozen=True)
class Candidate:
    """A reply that a key point may rest on; `text` is the stored one, `chosen` the place of the words chosen in it."""

    reply_id: int
    author: Author
    language: str
    kind: str
    files: int
    text: str
    chosen: tuple[int, int] | None


async def resting(session: AsyncSession, *of: ColumnElement[bool]) -> dict[int, list[Resting]]:
    """What key points that fulfil `of` rest on, by their ids, as it stands now.

    Read by columns, some rows at a time: a dialogue may have a hundred thousand replies, of which only these words are needed.
    """
    files = select(func.count()).where(Attachment.reply_id == Reply.id).correlate(Reply).scalar_subquery()
    columns = (
        *(
            Support.key_point_id,
            Support.span,
            Support.start,
            Support.chosen_at,
            _stands_unchanged().label("whole"),
            files.label("files"),
        ),
        *(Reply.id, Reply.member_id, Reply.language, Reply.kind, Reply.naming, Reply.signature, Reply.as_moderator),
        *(Reply.withdrawn_at, Reply.edited_at, Reply.audience, Reply.visibility),
        Member.quotable,
        counting.counts().label("counts"),
    )
    rows = await session.stream(
        select(*columns).join(Support.reply).join(Reply.member).join(KeyPoint).where(*of).order_by(Support.id)
    )
    found: dict[int, list[Resting]] = {}
    async for some in rows.partitions(AT_ONCE):
        for row in some:
            found.setdefault(row.key_point_id, []).append(_resting(row))
    return found


def _stands_unchanged() -> ColumnElement[bool]:
    return func.substr(Reply.text, Support.start + 1, Support.end - Support.start) == Support.span


def _resting(row: Any) -> Resting:
    shown = row.audience is Audience.MEMBERS and row.visibility is Visibility.SHOWN
    return Resting(
        reply_id=row.id,
        member_id=row.member_id,
        author=authors.named(row.naming, row.signature, as_moderator=row.as_moderator),
        language=row.language,
        kind=row.kind,
        files=row.files,
        span="" if row.withdrawn_at else row.span,
        soundness=_soundness(row),
        quotable=bool(row.quotable and shown and row.span),
        counts=bool(row.counts),
        start=row.start,
    )


def _soundness(row: Any) -> Soundness:
    if row.withdrawn_at is not None:
        return Soundness.WITHDRAWN
    if not row.whole:
        return Soundness.BROKEN
    if row.edited_at is not None and row.edited_at > row.chosen_at:
        return Soundness.EDITED
    return Soundness.SOUND


async def candidates(session: AsyncSession, key_point: KeyPoint, reply_ids: Sequence[int]) -> list[Candidate]:
    """Replies to a key point's question, in the order given; those that are withdrawn by now are left out."""
    replies = await session.scalars(
        select(Reply)
        .where(Reply.id.in_(reply_ids), Reply.question_id == key_point.question_id, Reply.withdrawn_at.is_(None))
        .options(joinedload(Reply.member), selectinload(Reply.attachments))
    )
    found = {each.reply_id: each for each in await _candidates(session, key_point, replies.all())}
    return [found[each] for each in reply_ids if each in found]


async def candidate(session: AsyncSession, key_point: KeyPoint, reply_id: int) -> Candidate | None:
    """One of them; None if it is withdrawn, or answers another question."""
    replies = await session.scalars(
        select(Reply)
        .where(Reply.id == reply_id, Reply.question_id == key_point.question_id, Reply.withdrawn_at.is_(None))
        .options(joinedload(Reply.member), selectinload(Reply.attachments))
    )
    found = await _candidates(session, key_point, replies.all())
    return found[0] if found else None


async def _candidates(session: AsyncSession, key_point: KeyPoint, replies: Sequence[Reply]) -> list[Candidate]:
    rows = await session.execute(
        select(Support.reply_id, Support.start, Support.end).where(Support.key_point_id == key_point.id)
    )
    chosen = {reply_id: (start, end) for reply_id, start, end in rows}
    return [
        Candidate(
            reply.id,
            authors.author_of(reply),
            reply.language,
            reply.kind,
            len(reply.attachments),
            reply.text,
            chosen.get(reply.id),
        )
        for reply in replies
    ]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand in it (code points)."""
    return [match.span() for match in _SENTENCE.finditer(text)]


async def rest_on(
    session: AsyncSession, key_point: KeyPoint, *, reply_id: int, start: int, end: int, now: datetime
) -> None:
    """Let a key point rest on the words of a reply from `start` to `end` (code points), instead of others in it.

    Raises BrokenSpan where there are no such words, or the reply is withdrawn or answers another question.
    """
    reply = await session.get(Reply, reply_id)
    if reply is None or reply.question_id != key_point.question_id or reply.withdrawn_at is not None:
        raise BrokenSpan(reply_id)
    if not 0 <= start <= end <= len(reply.text) or (start == end and reply.text):
        raise BrokenSpan(reply_id)
    await rest_no_more(session, key_point, reply_id=reply_id)
    session.add(
        Support(
            key_point_id=key_point.id,
            reply_id=reply_id,
            start=start,
            end=end,
            span=reply.text[start:end],
            chosen_at=now,
        )
    )
    key_point.consulted_at = None


async def rest_no_more(session: AsyncSession, key_point: KeyPoint, *, reply_id: int) -> None:
    """Let a key point rest on a reply no longer."""
    await session.execute(delete(Support).where(Support.key_point_id == key_point.id, Support.reply_id == reply_id))


async def look_again(session: AsyncSession, key_point: KeyPoint, *, now: datetime) -> None:
    """A moderator has looked at what changed: the words that still stand are chosen anew, those that are gone are let go."""
    for one in (await resting(session, KeyPoint.id == key_point.id)).get(key_point.id, ()):
        if not one.sound_words:
            await rest_no_more(session, key_point, reply_id=one.reply_id)
    await session.execute(update(Support).where(Support.key_point_id == key_point.id).values(chosen_at=now))
