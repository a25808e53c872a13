"""A Summary is published once nothing speaks against it: its words hold, its languages match, its contributors were heard."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import comparing, consulting, notifying, summarising
from bot.actions.comparing import Difference
from bot.actions.condensing import Point
from bot.actions.summarising import Material
from bot.actions.supporting import Soundness
from bot.database import insert
from bot.models import KeyPoint, Member, NoticeKind, Waiver


class Reason(StrEnum):
    """What may speak against publication."""

    NO_POINTS = "no points"
    BROKEN = "broken"
    UNSUPPORTED = "unsupported"
    DIFFERENCES = "differences"
    UNSEEN = "unseen"
    WINDOW = "window"
    OBJECTIONS = "objections"


@dataclass(frozen=True)
class Obstacle:
    """One reason against publication: how many, which key points (question, bullet), or until when, shown in `zone`."""

    reason: Reason
    count: int = 0
    points: tuple[tuple[int, int], ...] = ()
    until: datetime | None = None
    zone: str = ""


class NotReady(Exception):
    """The Summary can't be published yet, for these reasons."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(", ".join(obstacle.reason for obstacle in obstacles))
        self.obstacles = obstacles


@dataclass(frozen=True)
class Issued:
    """A Summary that was published: which issue, and how many members it goes to."""

    issue: int
    members: int


async def obstacles(session: AsyncSession, material: Material, *, now: datetime) -> list[Obstacle]:
    """All that speaks against publication now."""
    dialogue = material.dialogue
    points = [point for key, group in material.points.items() if key is not None for point in group]
    differences = await open_differences(session, material)
    objections = await consulting.open_objections(session, dialogue, language=dialogue.source_language)
    unseen = await _unseen(session, dialogue.id)
    ends = await consulting.window_ends(session, dialogue.id)
    found = [
        Obstacle(Reason.NO_POINTS) if not points else None,
        _about(Reason.BROKEN, [each for each in points if _is_broken(each)]),
        _about(Reason.UNSUPPORTED, [each for each in points if not each.members]),
        Obstacle(Reason.DIFFERENCES, len(differences)) if differences else None,
        _about(Reason.UNSEEN, [each for each in points if each.members and each.key_point_id in unseen]),
        Obstacle(Reason.WINDOW, until=ends, zone=dialogue.timezone) if ends and now < ends else None,
        Obstacle(Reason.OBJECTIONS, len(objections)) if objections else None,
    ]
    return [each for each in found if each is not None]


def _is_broken(point: Point) -> bool:
    return any(one.soundness is Soundness.BROKEN for one in point.resting)


def _about(reason: Reason, points: list[Point]) -> Obstacle | None:
    places = tuple((point.number, point.index) for point in points)
    return Obstacle(reason, len(places), places) if places else None


async def _unseen(session: AsyncSession, dialogue_id: int) -> set[int]:
    found = await session.scalars(
        select(KeyPoint.id).where(KeyPoint.dialogue_id == dialogue_id, KeyPoint.consulted_at.is_(None))
    )
    return set(found.all())


async def open_differences(session: AsyncSession, material: Material) -> list[Difference]:
    """How the languages of a Summary differ, without what was waived."""
    rows = await session.scalars(select(Waiver.difference).where(Waiver.dialogue_id == material.dialogue.id))
    waived = set(rows.all())
    of = {tag: summarising.contents(material, tag) for tag in material.dialogue.languages}
    found = comparing.differences(of, material.dialogue.source_language)
    return [difference for difference in found if difference.key not in waived]


async def waive(session: AsyncSession, moderator: Member, key: str, *, now: datetime) -> None:
    """Let a difference stand, under the moderator's name, until one of its texts changes."""
    await session.execute(
        insert(session, Waiver)
        .values(dialogue_id=moderator.dialogue_id, difference=key, member_id=moderator.id, waived_at=now)
        .on_conflict_do_nothing()
    )


async def publish(session: AsyncSession, material: Material, *, now: datetime) -> Issued:
    """Publish the Summary as it stands: every member gets it, in their language; raises NotReady."""
    if against := await obstacles(session, material, now=now):
        raise NotReady(against)
    dialogue_id = material.dialogue.id
    kept = await summarising.keep(session, dialogue_id)
    kept.issue += 1
    kept.published_at = now
    await session.flush()
    notice = await notifying.open_notice(
        session, NoticeKind.SUMMARY, dialogue_id=dialogue_id, details={"issue": kept.issue}, now=now
    )
    return Issued(kept.issue, await notifying.owe_members(session, notice, true(), now=now))
