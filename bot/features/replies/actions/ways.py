"""The way of a reply: who has read it, what was said to it, and what it became part of."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import visibility, wordings
from bot.models import Afterword, Dialogue, KeyPoint, Person, Reply, Seen, Summary, Support, Theme, ThemeReply


@dataclass(frozen=True)
class Way:
    """How far a reply has come; `theme` is the name of the theme it is in, one that a moderator settled.

    It is `in_summary` if a published key point rests on it, and `changes` of its dialogue's members have told since what
    has changed.
    """

    read_by: int = 0
    responses: int = 0
    theme: str | None = None
    key_points: int = 0
    in_summary: bool = False
    changes: int = 0


async def ways(session: AsyncSession, person: Person, reply_ids: Collection[int]) -> dict[int, Way]:
    """The ways of these replies, as their author reads them, by id."""
    read = select(Seen.reply_id, func.count()).where(Seen.reply_id.in_(reply_ids)).group_by(Seen.reply_id)
    said = (
        select(Reply.parent_id, func.count())
        .where(Reply.parent_id.in_(reply_ids), visibility.to_members() | visibility.by_moderators())
        .group_by(Reply.parent_id)
    )
    rest = select(Support.reply_id, func.count()).where(Support.reply_id.in_(reply_ids)).group_by(Support.reply_id)
    read_by, responses, key_points = [
        {row[0]: row[1] for row in await session.execute(counted)} for counted in (read, said, rest)
    ]
    themes = await _themes(session, person, reply_ids)
    published = {row[0]: row[1] for row in await session.execute(_published(reply_ids))}
    return {
        each: Way(
            read_by=read_by.get(each, 0),
            responses=responses.get(each, 0),
            theme=themes.get(each),
            key_points=key_points.get(each, 0),
            in_summary=each in published,
            changes=published.get(each, 0),
        )
        for each in reply_ids
    }


async def _themes(session: AsyncSession, person: Person, reply_ids: Collection[int]) -> dict[int, str]:
    found = await session.execute(
        select(ThemeReply.reply_id, Theme.name, Dialogue.languages)
        .join(Theme, Theme.id == ThemeReply.theme_id)
        .join(Dialogue, Dialogue.id == Theme.dialogue_id)
        .where(ThemeReply.reply_id.in_(reply_ids), Theme.accepted_at.is_not(None))
    )
    return {row[0]: wordings.nearest(row[1], person.language, row[2][0]) for row in found if row[1]}


def _published(reply_ids: Collection[int]) -> Select[int, int]:
    """Replies that a published key point rests on, and how many told what has changed since."""
    changes = (
        select(func.count()).where(Afterword.dialogue_id == Summary.dialogue_id).correlate(Summary).scalar_subquery()
    )
    return (
        select(Support.reply_id, changes)
        .join(KeyPoint, KeyPoint.id == Support.key_point_id)
        .join(Summary, Summary.dialogue_id == KeyPoint.dialogue_id)
        .where(Support.reply_id.in_(reply_ids), Support.chosen_at <= Summary.published_at)
    )
