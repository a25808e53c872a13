"""The language of a reply: recognised after it was kept, and put right by its author or a moderator."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from bot.core import rights
from bot.core.rights import Right
from bot.core.visibility import NoSuchReply
from bot.database import run
from bot.i18n import LANGUAGES
from bot.insight import languages
from bot.models import Dialogue, LanguageSource, Member, Person, Reply

BATCH = 200  # replies, in some 20 ms


class NotYours(NoSuchReply):
    """The reply is gone, or neither the person's own nor in a dialogue that they moderate."""


class NotOffered(Exception):
    """The reply can't be listed under this language."""


@dataclass(frozen=True)
class ReplyLanguage:
    """A reply whose language may be changed to one of `offered` (BCP 47); `source` says how the present one is known."""

    reply_id: int
    kind: str
    text: str
    files: int
    language: str
    source: LanguageSource
    offered: tuple[str, ...]


async def detect_languages(session: AsyncSession, *, limit: int = BATCH) -> int:
    """Recognise the language of replies whose words nobody looked at yet, the oldest first; returns how many those were.

    A reply without words keeps its author's language.
    """
    rows = await session.execute(
        select(Reply.id, Reply.text, Reply.language, Dialogue.languages)
        .join(Dialogue, Dialogue.id == Reply.dialogue_id)
        .where(_is_unread())
        .order_by(Reply.id)
        .limit(limit)
    )
    found = [
        {"reply": reply_id, "read": text, "found": languages.detect(text, own=own, expected=spoken)}
        for reply_id, text, own, spoken in rows
    ]
    if found:
        await session.execute(_DETECTED, found)
    return len(found)


# Only over what is assumed still, and of the words that were read: the author may have corrected or edited it meanwhile.
_REPLY = Reply.__table__
_DETECTED = (
    update(_REPLY)  # type: ignore[arg-type]  # the declarative base calls its table a FromClause
    .where(
        _REPLY.c.id == bindparam("reply"),
        _REPLY.c.language_source == LanguageSource.ASSUMED,
        _REPLY.c.text == bindparam("read"),
    )
    .values(language=bindparam("found"), language_source=LanguageSource.DETECTED)
)


def _is_unread() -> ColumnElement[bool]:
    # Written out rather than bound: only then do the databases see that the partial index serves.
    assumed = literal(LanguageSource.ASSUMED, Reply.language_source.type, literal_execute=True)
    return (Reply.language_source == assumed) & (Reply.text != literal("", literal_execute=True))


_ANY_UNREAD = select(Reply.id).where(_is_unread()).limit(1)


async def any_unread(session: AsyncSession) -> bool:
    """Whether there are replies whose words nobody looked at yet."""
    return bool(await run(session, _ANY_UNREAD, {}))


async def language_of(session: AsyncSession, person: Person, reply_id: int) -> ReplyLanguage:
    """A reply with the languages it may be in, for its author or a moderator; raises NotYours."""
    return _shown(await _correctable(session, person, reply_id))


async def correct(session: AsyncSession, person: Person, reply_id: int, *, language: str) -> ReplyLanguage:
    """Let a reply be in `language`, for good; raises NotYours or NotOffered."""
    await session.execute(select(Reply.id).where(Reply.id == reply_id).with_for_update(key_share=True))
    reply = await _correctable(session, person, reply_id)
    if language not in _shown(reply).offered:
        raise NotOffered(language)
    reply.language, reply.language_source = language, LanguageSource.CORRECTED
    return _shown(reply)


async def _correctable(session: AsyncSession, person: Person, reply_id: int) -> Reply:
    reply = await session.scalar(
        select(Reply)
        .join(Reply.member)
        .where(Reply.id == reply_id)
        .options(contains_eager(Reply.member).joinedload(Member.dialogue), joinedload(Reply.attachments))
        .execution_options(populate_existing=True)
    )
    if reply is None or not (reply.member.person_id == person.id or await _moderates(session, person, reply)):
        raise NotYours(reply_id)
    return reply


async def _moderates(session: AsyncSession, person: Person, reply: Reply) -> bool:
    if reply.withdrawn_at is not None:
        return False
    member = await session.scalar(
        select(Member).where(Member.person_id == person.id, Member.dialogue_id == reply.dialogue_id)
    )
    return member is not None and rights.may(member, Right.JUDGE)


def _shown(reply: Reply) -> ReplyLanguage:
    return ReplyLanguage(
        reply_id=reply.id,
        kind=reply.kind,
        text=reply.text,
        files=len(reply.attachments),
        language=reply.language,
        source=reply.language_source,
        offered=tuple(dict.fromkeys((*LANGUAGES, *reply.member.dialogue.languages, reply.language))),
    )
