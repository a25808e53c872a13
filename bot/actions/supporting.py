"""What a key point rests on: replies, and the very words in them, looked at anew each time they are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.actions import reading
from bot.actions.reading import Author
from bot.models import Audience, KeyPoint, Reply, Support, Visibility

# A sentence with its closing marks: Latin and Arabic ones before a space, Chinese ones anywhere.
_MARKS, _WIDE_MARKS = r".!?…\u061f", r"\u3002\uff01\uff1f"
_SENTENCE = re.compile(
    rf"[^\s{_MARKS}{_WIDE_MARKS}](?:[^{_MARKS}{_WIDE_MARKS}\n]|[{_MARKS}](?=\S))*"
    rf"(?:[{_MARKS}]+[\"”»’)]*|[{_WIDE_MARKS}]+[”』」\uff09]*)?"
)


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
    """Words that a key point rests on, and their author as they chose to be named on that reply."""

    reply_id: int
    member_id: int
    author: Author
    language: str
    kind: str
    files: int
    span: str
    soundness: Soundness
    quotable: bool

    @property
    def stands(self) -> bool:
        """Whether it counts: what is withdrawn doesn't."""
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


def resting(support: Support) -> Resting:
    """A support (reply, member and attachments loaded) as it stands now."""
    reply = support.reply
    shown = reply.audience is Audience.MEMBERS and reply.visibility is Visibility.SHOWN
    return Resting(
        reply_id=reply.id,
        member_id=reply.member_id,
        author=reading.author_of(reply),
        language=reply.language,
        kind=reply.kind,
        files=len(reply.attachments),
        span="" if reply.withdrawn_at else support.span,
        soundness=_soundness(support, reply),
        quotable=bool(reply.member.quotable and shown and support.span),
    )


def _soundness(support: Support, reply: Reply) -> Soundness:
    if reply.withdrawn_at is not None:
        return Soundness.WITHDRAWN
    if reply.text[support.start : support.end] != support.span:
        return Soundness.BROKEN
    if reply.edited_at is not None and reply.edited_at > support.chosen_at:
        return Soundness.EDITED
    return Soundness.SOUND


async def candidates(session: AsyncSession, key_point: KeyPoint, *, limit: int, offset: int) -> list[Candidate]:
    """The standing replies to a key point's question, the oldest first."""
    replies = await session.scalars(
        select(Reply)
        .where(Reply.question_id == key_point.question_id, Reply.withdrawn_at.is_(None))
        .options(joinedload(Reply.member), selectinload(Reply.attachments))
        .order_by(Reply.kept_at, Reply.id)
        .limit(limit)
        .offset(offset)
    )
    return await _candidates(session, key_point, replies.all())


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
            reading.author_of(reply),
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
    supports = await session.scalars(
        select(Support).where(Support.key_point_id == key_point.id).options(joinedload(Support.reply))
    )
    for support in supports.all():
        match _soundness(support, support.reply):
            case Soundness.EDITED:
                support.chosen_at = now
            case Soundness.BROKEN | Soundness.WITHDRAWN:
                await session.delete(support)
    await session.flush()
