"""Right of reply: those whose words a key point rests on see it before publication, and may object."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import colleagues, rights, wordings
from bot.core.colleagues import Reading
from bot.core.members import NotAMember
from bot.core.rights import Right
from bot.features.summary.actions import waivers
from bot.insight import languages
from bot.ledger import notices
from bot.models import Dialogue, KeyPoint, Member, NoticeKind, Objection, Person, Reply, Support

WINDOW = timedelta(hours=72)


@dataclass(frozen=True)
class Consulted:
    """How many key points were shown to how many members now."""

    points: int
    members: int


@dataclass(frozen=True)
class ShownPoint:
    """A key point as one whose words it rests on reads it: `spans` are their own."""

    key_point_id: int
    text: str
    spans: tuple[str, ...]


@dataclass(frozen=True)
class OpenObjection:
    """What a member holds against a key point; members are not named. `stands` once it is to hold up publication no more.

    `reading` says who else on the team reads its language, where the reader doesn't.
    """

    objection_id: int
    key_point_id: int
    point: str
    text: str
    stands: bool
    reading: Reading | None = None


async def consult(session: AsyncSession, dialogue: Dialogue, *, now: datetime) -> Consulted:
    """Show each key point that was not shown yet, or was worded anew, to the members whose words it rests on."""
    resting = select(Support.key_point_id).join(Support.reply).where(Reply.withdrawn_at.is_(None))
    unseen = select(KeyPoint).where(
        KeyPoint.dialogue_id == dialogue.id, KeyPoint.consulted_at.is_(None), KeyPoint.id.in_(resting)
    )
    points = (await session.scalars(unseen)).all()
    if not points:
        return Consulted(0, 0)
    ids = [point.id for point in points]
    notice = await notices.open_notice(
        session, NoticeKind.DRAFT_POINTS, dialogue_id=dialogue.id, details={"key_points": ids}, now=now
    )
    for point in points:
        point.consulted_at = now
    members = await notices.owe_members(session, notice, Member.id.in_(contributors(ids)), due_at=now)
    return Consulted(len(points), members)


def contributors(key_point_ids: Sequence[int]) -> Select[int]:
    """The members whose standing words any of these key points rests on."""
    return (
        select(Reply.member_id)
        .join(Support, Support.reply_id == Reply.id)
        .where(Support.key_point_id.in_(key_point_ids), Reply.withdrawn_at.is_(None))
    )


async def points_of(
    session: AsyncSession, member_id: int, *, dialogue_id: int, language: str, among: Sequence[int] | None = None
) -> list[ShownPoint]:
    """The key points that rest on a member's words, all or some of them, in the nearest wording to a language."""
    dialogue = await session.get_one(Dialogue, dialogue_id)
    rows = await session.execute(
        select(KeyPoint, Support.span)
        .join(Support, Support.key_point_id == KeyPoint.id)
        .join(Support.reply)
        .where(KeyPoint.dialogue_id == dialogue_id, Reply.member_id == member_id, Reply.withdrawn_at.is_(None))
        .order_by(KeyPoint.question_id, KeyPoint.position, Support.id)
    )
    found: dict[int, ShownPoint] = {}
    for point, span in rows:
        if among is None or point.id in among:
            before = found[point.id].spans if point.id in found else ()
            text = wordings.nearest(point.text, language, dialogue.source_language)
            found[point.id] = ShownPoint(point.id, text, (*before, span) if span else before)
    return list(found.values())


async def may_object(session: AsyncSession, person: Person, key_point_id: int) -> Member | None:
    """The membership through which a person's own words support a key point; None if they don't."""
    return await session.scalar(
        select(Member).where(Member.person_id == person.id, Member.id.in_(contributors([key_point_id])))
    )


async def allow_quotes(session: AsyncSession, person: Person, member_id: int, *, on: bool) -> str:
    """Let the Summary quote a member's words, or not (any more); returns the dialogue's title. Raises NotAMember."""
    member = await session.scalar(
        select(Member).where(Member.id == member_id, Member.person_id == person.id).options(joinedload(Member.dialogue))
    )
    if member is None:
        raise NotAMember(member_id)
    member.quotable = on
    return wordings.in_language(member.dialogue.title, member.dialogue, person.language)


async def object_to(session: AsyncSession, person: Person, key_point_id: int, *, text: str, now: datetime) -> bool:
    """Keep a member's objection, and tell the moderators; false if the key point doesn't rest on their words (now)."""
    member = await may_object(session, person, key_point_id)
    if member is None:
        return False
    point = await session.get_one(KeyPoint, key_point_id)
    objection = Objection(
        key_point_id=key_point_id,
        member_id=member.id,
        text=text.strip(),
        version=wordings.newest(point.text, point.versions),
        raised_at=now,
    )
    session.add(objection)
    await session.flush()
    notice = await notices.open_notice(
        session, NoticeKind.OBJECTION, dialogue_id=member.dialogue_id, details={"objection": objection.id}, now=now
    )
    await notices.owe_members(session, notice, rights.holds(Right.SUMMARISE), due_at=now)
    return True


def waiver_of(objection_id: int) -> str:
    """What a waiver says (Waiver.difference) that lets publication go on in spite of an objection."""
    return f"objection {objection_id}"


async def open_objections(session: AsyncSession, dialogue: Dialogue, *, language: str) -> list[OpenObjection]:
    """What moderators still have to answer, the oldest first."""
    rows = await session.scalars(
        select(Objection)
        .join(Objection.key_point)
        .where(KeyPoint.dialogue_id == dialogue.id, Objection.answered_at.is_(None))
        .options(joinedload(Objection.key_point))
        .order_by(Objection.id)
    )
    waived = await waivers.waived(session, dialogue.id)
    return [_open(objection, dialogue, language, waived) for objection in rows]


async def to_be_read(session: AsyncSession, reader: Member, person: Person) -> list[OpenObjection]:
    """What a moderator (dialogue loaded) still has to answer, and who could read to them what they can't."""
    dialogue = reader.dialogue
    found = []
    for each in await open_objections(session, dialogue, language=person.language):
        # By its words alone: nothing else is to be known of its author.
        language = languages.detect(each.text, own=person.language, expected=dialogue.languages)
        found.append(replace(each, reading=await colleagues.reading(session, reader, person, language)))
    return found


async def count_open(session: AsyncSession, dialogue_id: int) -> int:
    """How many objections moderators still have to answer."""
    counted = (
        select(func.count())
        .select_from(Objection)
        .join(Objection.key_point)
        .where(KeyPoint.dialogue_id == dialogue_id, Objection.answered_at.is_(None))
    )
    return await session.scalar(counted) or 0


async def objection(session: AsyncSession, objection_id: int, *, language: str) -> OpenObjection | None:
    """One objection that is still open; None once it was answered, or its author is gone."""
    found = await session.scalar(
        select(Objection)
        .where(Objection.id == objection_id, Objection.answered_at.is_(None))
        .options(joinedload(Objection.key_point))
    )
    if found is None:
        return None
    return _open(found, await session.get_one(Dialogue, found.key_point.dialogue_id), language, ())


def _open(objection: Objection, dialogue: Dialogue, language: str, waived: Collection[str]) -> OpenObjection:
    point = wordings.nearest(objection.key_point.text, language, dialogue.source_language)
    stands = waiver_of(objection.id) in waived
    return OpenObjection(objection.id, objection.key_point_id, point, objection.text, stands)


async def settle(session: AsyncSession, moderator: Member, objection_id: int, *, now: datetime) -> None:
    """A moderator has answered an objection, by another wording or by leaving it; its author is told how it now reads."""
    found = await session.scalar(
        select(Objection)
        .join(Objection.key_point)
        .where(Objection.id == objection_id, KeyPoint.dialogue_id == moderator.dialogue_id)
    )
    if found is not None and found.answered_at is None:
        found.answered_at, found.answered_by_id = now, moderator.id
        notice = await notices.open_notice(
            session,
            NoticeKind.OBJECTION_ANSWERED,
            dialogue_id=moderator.dialogue_id,
            details={"objection": objection_id},
            now=now,
        )
        await notices.owe_member(session, notice, found.member_id, due_at=now)


async def publish_despite(session: AsyncSession, moderator: Member, objection_id: int, *, now: datetime) -> None:
    """Let an open objection hold publication up no more, under the moderator's name; it stays to be answered."""
    await waivers.waive(session, moderator, waiver_of(objection_id), now=now)


async def about(session: AsyncSession, moderator: Member, objection_id: int) -> int | None:
    """The key point of an open objection in a moderator's dialogue."""
    return await session.scalar(
        select(Objection.key_point_id)
        .join(Objection.key_point)
        .where(Objection.id == objection_id, Objection.answered_at.is_(None))
        .where(KeyPoint.dialogue_id == moderator.dialogue_id)
    )


@dataclass(frozen=True)
class AnsweredObjection:
    """What was held against a key point, how it reads now, and whether it was `changed` in between."""

    text: str
    point: str
    changed: bool


async def answered(session: AsyncSession, objection_id: int, *, language: str) -> AnsweredObjection | None:
    """An objection that moderators have looked at, for its author; None if it is gone."""
    found = await session.scalar(
        select(Objection).where(Objection.id == objection_id).options(joinedload(Objection.key_point))
    )
    if found is None:
        return None
    dialogue, point = await session.get_one(Dialogue, found.key_point.dialogue_id), found.key_point
    changed = found.version is None or wordings.newest(point.text, point.versions) > found.version
    return AnsweredObjection(
        found.text, wordings.nearest(point.text, language, dialogue.source_language), changed=changed
    )


async def window_ends(session: AsyncSession, dialogue_id: int) -> datetime | None:
    """When the last of those who were shown key points have had their time; None if nobody was."""
    last = await session.scalar(select(func.max(KeyPoint.consulted_at)).where(KeyPoint.dialogue_id == dialogue_id))
    return last + WINDOW if last else None
