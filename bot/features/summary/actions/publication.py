"""A Summary is published once nothing speaks against it: its words hold, its languages match, its contributors were heard.

What was published stays as it was published, whatever is written afterwards; only members' own words may be taken back.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, wordings
from bot.features.key_points.actions.points import Point
from bot.features.key_points.actions.support import Soundness
from bot.features.summary.actions import backgrounds, consultation, parity, voices, waivers
from bot.features.summary.actions import contents as summary_contents
from bot.features.summary.actions.contents import Material, SummaryContents
from bot.features.summary.actions.parity import Difference
from bot.features.summary.actions.waivers import Waived
from bot.i18n import readable
from bot.ledger import notices
from bot.models import Act, Dialogue, KeyPoint, LogEntry, Member, NoticeKind, Person, Summary


class Hindrance(StrEnum):
    """What may speak against publication."""

    NO_POINTS = "no points"
    BROKEN = "broken"
    CHANGED = "changed"
    UNSUPPORTED = "unsupported"
    DIFFERENCES = "differences"
    UNHEARD = "unheard"
    UNSEEN = "unseen"
    WINDOW = "window"
    OBJECTIONS = "objections"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Obstacle:
    """One reason against publication: how many, which key points (question, bullet, id) or languages, or until when, shown in `zone`."""

    reason: Hindrance
    count: int = 0
    points: tuple[tuple[int, int, int], ...] = ()
    until: datetime | None = None
    zone: str = ""
    languages: tuple[str, ...] = ()


class NotReady(Exception):
    """The Summary can't be published yet, for these reasons."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(", ".join(obstacle.reason for obstacle in obstacles))
        self.obstacles = obstacles


@dataclass(frozen=True)
class Compared:
    """The differences between the languages of a Summary: those that are open, and those that were let stand."""

    open: tuple[Difference, ...]
    standing: tuple[tuple[Difference, Waived], ...]


@dataclass(frozen=True)
class Readers:
    """How many members read `language`, and in which language of the dialogue they get the Summary."""

    language: str
    members: int
    sees: str


@dataclass(frozen=True)
class Release:
    """A Summary that is ready to be published: the next issue, and who gets it. `key` is another once anything in it changes."""

    dialogue_id: int
    title: str
    issue: int
    languages: tuple[str, ...]
    readers: tuple[Readers, ...]
    key: str

    @property
    def members(self) -> int:
        """How many get it."""
        return sum(each.members for each in self.readers)


@dataclass(frozen=True)
class Issued:
    """A Summary that was published: which issue, and how many members it goes to."""

    issue: int
    members: int


async def obstacles(
    session: AsyncSession, material: Material, *, now: datetime, compared: Compared | None = None
) -> list[Obstacle]:
    """All that speaks against publication now; `compared` where its languages have been compared already."""
    dialogue = material.dialogue
    points = [point for key, group in material.points.items() if key is not None for point in group]
    differences = (compared or await compare(session, material)).open
    objections = [
        each
        for each in await consultation.open_objections(session, dialogue, language=dialogue.source_language)
        if not each.stands
    ]
    unheard = tuple(each.language for each in await voices.unheard(session, dialogue.id) if each.standing is None)
    unseen = await _unseen(session, dialogue.id)
    ends = await consultation.window_ends(session, dialogue.id)
    found = [
        Obstacle(Hindrance.NO_POINTS) if not points else None,
        _about(Hindrance.BROKEN, [each for each in points if _is_broken(each)]),
        _about(Hindrance.CHANGED, [each for each in points if each.is_changed and not _is_broken(each)]),
        _about(Hindrance.UNSUPPORTED, [each for each in points if not each.is_founded and not dialogue.entered_at]),
        Obstacle(Hindrance.DIFFERENCES, len(differences)) if differences else None,
        Obstacle(Hindrance.UNHEARD, len(unheard), languages=unheard) if points and unheard else None,
        _about(Hindrance.UNSEEN, [each for each in points if each.is_supported and each.key_point_id in unseen]),
        Obstacle(Hindrance.WINDOW, until=ends, zone=dialogue.timezone) if ends and now < ends else None,
        Obstacle(Hindrance.OBJECTIONS, len(objections)) if objections else None,
        Obstacle(Hindrance.UNCHANGED, material.issue) if _is_unchanged(material) else None,
    ]
    return [each for each in found if each is not None]


def _is_unchanged(material: Material) -> bool:
    return all(contents(material, tag).published_on for tag in material.dialogue.languages)


def _is_broken(point: Point) -> bool:
    return any(one.soundness is Soundness.BROKEN for one in point.resting)


def _about(reason: Hindrance, points: list[Point]) -> Obstacle | None:
    places = tuple((point.number, point.index, point.key_point_id) for point in points)
    return Obstacle(reason, len(places), places) if places else None


async def _unseen(session: AsyncSession, dialogue_id: int) -> set[int]:
    found = await session.scalars(
        select(KeyPoint.id).where(KeyPoint.dialogue_id == dialogue_id, KeyPoint.consulted_at.is_(None))
    )
    return set(found.all())


async def compare(session: AsyncSession, material: Material) -> Compared:
    """How the languages of a Summary differ, and which of the differences a moderator let stand."""
    waived = await waivers.waived(session, material.dialogue.id)
    of = {tag: summary_contents.contents(material, tag) for tag in material.dialogue.languages}
    found = parity.differences(of, material.dialogue.source_language)
    return Compared(
        tuple(difference for difference in found if difference.key not in waived),
        tuple((difference, waived[difference.key]) for difference in found if difference.key in waived),
    )


async def let_stand(
    session: AsyncSession, moderator: Member, compared: Compared, key: str, *, now: datetime
) -> Difference | None:
    """Let a difference (its key) stand under a moderator's name, unless it does already; None where there is no such one (any more)."""
    difference = next((each for each in compared.open if each.key == key), None)
    if difference is not None:
        await waivers.waive(session, moderator, key, now=now)
        return difference
    return next((each for each, _ in compared.standing if each.key == key), None)


async def prepare(session: AsyncSession, material: Material, *, language: str, now: datetime) -> Release:
    """What publishing now would send to whom, the title in the reader's `language`; raises NotReady."""
    dialogue = material.dialogue
    if against := await obstacles(session, material, now=now):
        raise NotReady(against)
    counted = await session.execute(
        select(Person.language, func.count())
        .join(Member, Member.person_id == Person.id)
        .where(Member.dialogue_id == dialogue.id, counting.takes_part(), Person.unreachable_since.is_(None))
        .group_by(Person.language)
        .order_by(func.count().desc(), Person.language)
    )
    written = preserve(material, {tag: summary_contents.contents(material, tag) for tag in dialogue.languages})
    return Release(
        dialogue_id=dialogue.id,
        title=wordings.in_language(dialogue.title, dialogue, language),
        issue=material.issue + 1,
        languages=tuple(dialogue.languages),
        readers=tuple(
            Readers(tag, members, readable(tag, dialogue.languages, dialogue.source_language))
            for tag, members in counted
        ),
        key=hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:12],
    )


async def publish(
    session: AsyncSession,
    material: Material,
    key: str,
    *,
    now: datetime,
    by: Member | None = None,
    address: str | None = None,
) -> Issued | None:
    """Publish the Summary that was seen (its Release.key) `by` a moderator: every member gets it, in their language.

    They are told the `address` of its public page, if there is to be one.

    None if it is another by now; raises NotReady. Whatever is written afterwards is a draft of the next issue. Of two who
    publish at one moment the second is told that nothing has changed.
    """
    dialogue = material.dialogue
    await session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    last = await session.scalar(select(Summary.issue).where(Summary.dialogue_id == dialogue.id)) or 0
    if last != material.issue:
        raise NotReady([Obstacle(Hindrance.UNCHANGED, last)])
    release = await prepare(session, material, language=dialogue.source_language, now=now)
    if release.key != key:
        return None
    kept = await backgrounds.keep(session, dialogue.id)
    kept.issue += 1
    kept.published_at = now
    today = now.astimezone(ZoneInfo(dialogue.timezone)).date()
    kept.published = preserve(
        material,
        {
            tag: replace(summary_contents.contents(material, tag), issue=kept.issue, published_on=today)
            for tag in dialogue.languages
        },
    )
    if kept.openness is not None:
        kept.page_told_at = kept.page_told_at or now  # by the message in which the Summary goes out
    session.add(LogEntry(dialogue_id=dialogue.id, actor_id=by and by.id, act=Act.PUBLISHED, done_at=now))
    await session.flush()
    notice = await notices.open_notice(
        session, NoticeKind.SUMMARY, dialogue_id=dialogue.id, details={"issue": kept.issue, "address": address}, now=now
    )
    await notices.owe_members(session, notice, counting.takes_part(), due_at=now)
    return Issued(kept.issue, release.members)


_written = TypeAdapter(SummaryContents)


def preserve(material: Material, of: Mapping[str, SummaryContents]) -> dict[str, Any]:
    """An issue in all its languages, JSON-ready. Of what members said it holds only which replies are quoted.

    With quotes, `grounds` are the replies each key point rests on and where the words begin in them, in the order of its
    sections and bullets.
    """
    return {
        "contents": {
            tag: _written.dump_python(replace(contents, quotes=()), mode="json") for tag, contents in of.items()
        },
        "quoted": sorted({quote.reply_id for contents in of.values() for quote in contents.quotes}),
        "grounds": _grounds(material) if material.dialogue.with_quotes else [],
    }


def _grounds(material: Material) -> list[list[list[list[int]]]]:
    return [
        [
            [[one.reply_id, one.start] for one in summary_contents.quotable(point)]
            for point in material.points.get(question.id, ())
        ]
        for question in material.dialogue.questions
    ]


def issued(material: Material, language: str) -> SummaryContents | None:
    """The issue published last in a language, without quotes that were taken back since; None if there is none in it."""
    kept = (material.published or {"contents": {}})["contents"].get(language)
    if material.published is None or kept is None:
        return None
    standing = [
        quote for quote in summary_contents.quotes(material) if quote.reply_id in set(material.published["quoted"])
    ]
    return replace(_written.validate_python(kept), quotes=tuple(standing))


def contents(material: Material, language: str) -> SummaryContents:
    """The Summary as it stands in a language: the issue published last, or a draft if anything has changed since."""
    draft = summary_contents.contents(material, language)
    last = issued(material, language)
    if last is None or replace(last, published_on=None) != draft:
        return draft
    return last
