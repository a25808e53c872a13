"""Translations of replies: what members or, with consent, a service made of them, and what still lacks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import authors, visibility
from bot.core.authors import Author
from bot.database import insert
from bot.features.translations.actions import wishes
from bot.i18n import shipped
from bot.models import Dialogue, Member, Origin, Person, Reply, Translation

LOOKED_THROUGH = 200  # replies without a translation that one deal looks at


@dataclass(frozen=True)
class Translated:
    """A reply in the reader's language; `translator` is the member who did it, as they chose to be named, or `service` its name."""

    text: str
    translator: Author | None
    service: str | None


@dataclass(frozen=True)
class Untranslated:
    """A reply that a service may translate from `source` into each of `into`."""

    reply_id: int
    text: str
    source: str
    into: tuple[str, ...]


async def keep_from_service(
    session: AsyncSession, reply_id: int, *, of_text: str, texts: dict[str, str], service: str, now: datetime
) -> None:
    """Keep what a service made of a reply, by language; nothing if the reply changed or is gone meanwhile, or a person was faster."""
    reply = await session.scalar(
        select(Reply)
        .join(Reply.member)
        .where(Reply.id == reply_id, Reply.text == of_text, visibility.to_members(), _consents())
    )
    if reply is None:
        return
    for language, text in texts.items():
        known = await session.scalar(
            select(Translation).where(Translation.reply_id == reply_id, Translation.language == language)
        )
        if known is None:
            await keep(session, reply, language, text, now=now, origin=Origin.SERVICE, service=service)


async def keep(
    session: AsyncSession,
    reply: Reply,
    language: str,
    text: str,
    *,
    now: datetime,
    origin: Origin,
    member_id: int | None = None,
    service: str | None = None,
) -> None:
    """Keep a translation of a reply, whoever made it, and tell who asked for it; another into that language makes room for it."""
    values = {
        "text": text,
        "origin": origin,
        "member_id": member_id,
        "service": service,
        "translated_at": now,
    }
    await session.execute(
        insert(session, Translation)
        .values(reply_id=reply.id, language=language, **values)
        .on_conflict_do_update(index_elements=["reply_id", "language"], set_=values)
    )
    # Until it is found by these words, too; a statement, since what is known of the reply here may be from before it was.
    await session.execute(update(Reply).where(Reply.id == reply.id).values(searchable=False))
    await wishes.fulfil(session, reply, language, now=now)


async def translations(session: AsyncSession, reply_ids: Collection[int], language: str) -> dict[int, Translated]:
    """What there is of these replies in a language, by reply id."""
    found = await session.scalars(
        select(Translation)
        .where(Translation.reply_id.in_(reply_ids), Translation.language == language)
        .options(joinedload(Translation.member))
    )
    return {
        one.reply_id: Translated(one.text, authors.author(one.member) if one.member else None, one.service)
        for one in found
    }


async def wanted(session: AsyncSession, *, limit: int, except_for: Collection[int] = ()) -> list[Untranslated]:
    """Up to `limit` replies, oldest first, that lack a translation a service may make: the author agreed, members may read them.

    Wanted are the languages of the dialogue that members who take part read.
    """
    rows = await session.execute(
        select(Reply, Dialogue.languages)
        .join(Dialogue, Dialogue.id == Reply.dialogue_id)
        .join(Reply.member)
        .where(_consents(), visibility.to_members(), Reply.text != "", Reply.id.not_in(except_for))
        .where(_lacks_some())
        .order_by(Reply.id)
        .limit(LOOKED_THROUGH)
    )
    found: list[Untranslated] = []
    for reply, languages in rows.all():
        into = await _lacking(session, reply, languages)
        if into:
            found.append(Untranslated(reply.id, reply.text, reply.language, into))
        if len(found) == limit:
            break
    return found


def _consents() -> ColumnElement[bool]:
    return Member.outside_services.is_(True) & Member.left_at.is_(None)


def _lacks_some() -> ColumnElement[bool]:
    """Whether a member reads a language that this reply is neither written in nor translated into."""
    reader, reads = Member.__table__.alias(), Person.__table__.alias()
    return (
        select(reads.c.id)
        .join(reader, reader.c.person_id == reads.c.id)
        .where(reader.c.dialogue_id == Reply.dialogue_id, reader.c.left_at.is_(None))
        .where(reads.c.language != Reply.language)
        .where(~exists().where(Translation.reply_id == Reply.id, Translation.language == reads.c.language))
        .exists()
    )


async def _lacking(session: AsyncSession, reply: Reply, languages: Sequence[str]) -> tuple[str, ...]:
    read = await session.scalars(
        select(Person.language)
        .join(Member, Member.person_id == Person.id)
        .where(Member.dialogue_id == reply.dialogue_id, Member.left_at.is_(None))
        .distinct()
    )
    has = await session.scalars(select(Translation.language).where(Translation.reply_id == reply.id))
    offered = {shipped(tag) for tag in languages}
    return tuple(sorted((set(read) & offered) - set(has) - {reply.language}))
