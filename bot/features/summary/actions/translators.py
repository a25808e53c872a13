"""Translators of the Summary: who of the team may word it in which language, and who is asked for wordings that are missing or behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import rights
from bot.core.rights import NotPermitted, Right
from bot.core.versions import Versioned
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.summary.actions import backgrounds
from bot.features.translations.actions.wishes import NobodyTranslates
from bot.i18n import shipped
from bot.ledger import notices
from bot.models import Delivery, Dialogue, KeyPoint, Kind, Member, Notice, NoticeKind, Person, Role, State

GATHERED = timedelta(minutes=10)  # what is asked for one after the other is told once


@dataclass(frozen=True)
class Translatable:
    """A text of the Summary that translators are asked for: a key point, or (None) the Background."""

    key_point_id: int | None


def languages(member: Member, person: Person, dialogue: Dialogue) -> tuple[str, ...]:
    """The languages of a dialogue in which someone may word its Summary.

    Who only translates writes their own, the one they have the bot in, and any that the bot itself doesn't speak.
    """
    if rights.may(member, Right.SUMMARISE):
        return tuple(dialogue.languages)
    if not rights.may(member, Right.TRANSLATE):
        return ()
    return tuple(tag for tag in dialogue.languages if _is_own(tag, person.language))


def _is_own(tag: str, language: str) -> bool:
    return shipped(tag, fallback=language) == language


def hold_to(member: Member, person: Person, dialogue: Dialogue, language: str) -> None:
    """Raise NotPermitted where someone may not word the Summary in a language of the dialogue."""
    if language in dialogue.languages and language not in languages(member, person, dialogue):
        raise NotPermitted(Right.SUMMARISE)


async def to_be_asked(session: AsyncSession, asker: Member, dialogue: Dialogue) -> dict[str, list[int]]:
    """Whom (their memberships) someone would ask, by language: its translators or, if there are none, moderators whose own it is."""
    found = await session.execute(
        select(Member, Person.language)
        .join(Member.person)
        .where(Member.dialogue_id == dialogue.id, Member.id != asker.id, rights.holds(Right.TRANSLATE))
        .order_by(Member.id)
    )
    team = [(member.id, member.role is Role.TRANSLATOR, language) for member, language in found]
    asked = {}
    for tag in dialogue.languages:
        translators = [member_id for member_id, translates, language in team if translates and _is_own(tag, language)]
        others = [member_id for member_id, _, language in team if shipped(tag, fallback="") == language]
        if whom := translators or others:
            asked[tag] = whom
    return asked


async def ask(
    session: AsyncSession, asker: Member, language: str, of: Translatable | None = None, *, now: datetime
) -> list[Translatable]:
    """Ask translators for a wording in a language, or for all that are missing or behind; returns what they weren't asked for yet.

    The asker's dialogue is loaded. Raises NobodyTranslates or NoSuchKeyPoint.
    """
    dialogue = asker.dialogue
    whom = (await to_be_asked(session, asker, dialogue)).get(language)
    if not whom:
        raise NobodyTranslates
    await session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    asked = await _ask_for_background(session, dialogue, language, now) if of in {None, Translatable(None)} else []
    if of is None or of.key_point_id is not None:
        asked += await _ask_for_points(session, dialogue, language, of, now)
    if asked:
        await _tell(session, dialogue, whom, now)
    return asked


async def _ask_for_background(
    session: AsyncSession, dialogue: Dialogue, language: str, now: datetime
) -> list[Translatable]:
    kept = await backgrounds.keep(session, dialogue.id)
    worded = Versioned.of_background(kept, backgrounds.authored_background(dialogue))
    if not worded.is_wanting(language) or language in worded.asked:
        return []
    kept.background_asked = worded.asking(language, now).asked
    return [Translatable(None)]


async def _ask_for_points(
    session: AsyncSession, dialogue: Dialogue, language: str, of: Translatable | None, now: datetime
) -> list[Translatable]:
    wanted = select(KeyPoint).where(KeyPoint.dialogue_id == dialogue.id).order_by(KeyPoint.id)
    if of is not None:
        wanted = wanted.where(KeyPoint.id == of.key_point_id)
    held = wanted.with_for_update().execution_options(populate_existing=True)
    points = (await session.scalars(held)).all()
    if of is not None and not points:
        raise NoSuchKeyPoint(of.key_point_id)
    asked = []
    for point in points:
        worded = Versioned.of_point(point)
        if worded.is_wanting(language) and language not in worded.asked:
            worded.asking(language, now).put_on_point(point)
            asked.append(Translatable(point.id))
    return asked


async def _tell(session: AsyncSession, dialogue: Dialogue, whom: Sequence[int], now: datetime) -> None:
    """Owe translators word of it, who aren't owed it already: it counts all that they are asked for once it is sent."""
    owed = select(Delivery.member_id).join(Notice, Notice.id == Delivery.notice_id)
    told = await session.scalars(
        owed.where(Delivery.kind == Kind.NOTICE, Delivery.state == State.PLANNED, Delivery.member_id.in_(whom)).where(
            Notice.kind == NoticeKind.WORDINGS_ASKED, Notice.dialogue_id == dialogue.id
        )
    )
    others = set(whom) - set(told)
    if others:
        notice = await notices.open_notice(session, NoticeKind.WORDINGS_ASKED, dialogue_id=dialogue.id, now=now)
        await notices.owe_members(session, notice, Member.id.in_(others), due_at=now + GATHERED)


async def asked_of(session: AsyncSession, member_id: int) -> dict[str, int]:
    """How many wordings a translator is asked for, by language."""
    member = await session.get(Member, member_id, options=[joinedload(Member.person), joinedload(Member.dialogue)])
    if member is None:
        return {}
    dialogue = member.dialogue
    kept = await backgrounds.of_dialogue(session, dialogue.id)
    points = await session.scalars(select(KeyPoint).where(KeyPoint.dialogue_id == dialogue.id))
    texts = [
        Versioned.of_background(kept, backgrounds.authored_background(dialogue)),
        *(Versioned.of_point(point) for point in points),
    ]
    own = [tag for tag in dialogue.languages if _is_own(tag, member.person.language)]
    counts = {tag: sum(tag in worded.asked and worded.is_wanting(tag) for worded in texts) for tag in own}
    return {tag: count for tag, count in counts.items() if count}
