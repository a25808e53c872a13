"""All that is told in numbers, held against one plain count of the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import planting
import pytest
from planting import MONDAY, plant
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload
from test_updates import History, count_all

from bot.core import members
from bot.database import Database
from bot.features.announcements.actions import announcements
from bot.features.digests.actions import charted
from bot.features.digests.actions import contents as digest_contents
from bot.features.exports.actions import replies as export_replies
from bot.features.summary.actions import contents as summary_contents
from bot.features.themes.actions import clusters, themes
from bot.models import (
    Audience,
    Delivery,
    Dialogue,
    Kind,
    Member,
    NoticeKind,
    Reply,
    Role,
    State,
    Theme,
    ThemeReply,
    Visibility,
)
from bot.tallies import figures, numbers, sides, updates

AUTHOR = 99
THEMED = 1  # the question of which a digest tells the themes


@dataclass(frozen=True)
class Plain:
    """What a patient person would count."""

    joined: int
    members: int
    reachable: int
    reached: int
    replied: int
    replies: dict[int, int]
    merged: int
    hidden: int
    waiting: int
    withdrawn: int
    languages: dict[str, int]
    themed: tuple[int, int]


async def counted_by_hand(session: AsyncSession) -> Plain:
    everyone = (await session.scalars(select(Member).options(selectinload(Member.person)))).all()
    theirs = {member.id: member for member in everyone if member.role is Role.MEMBER}
    said = [one for one in await session.scalars(select(Reply)) if one.member_id in theirs and not one.as_moderator]
    kept = [one for one in said if one.withdrawn_at is None]
    standing = [one for one in kept if one.visibility in {Visibility.SHOWN, Visibility.MERGED}]
    now = [member for member in theirs.values() if member.joined_at and not member.left_at]
    sent = [
        one.member_id
        for one in await session.scalars(select(Delivery).where(Delivery.state == State.SENT))
        if one.kind in {Kind.QUESTION, Kind.REMINDER} and one.member_id in theirs
    ]
    spoke = {(one.language, one.member_id) for one in standing}
    themed = [
        one
        for one in standing
        if one.question_id == THEMED and one.parent_id is None and one.text and one.visibility is Visibility.SHOWN
    ]
    return Plain(
        joined=sum(member.joined_at is not None for member in theirs.values()),
        members=len(now),
        reachable=sum(member.person.unreachable_since is None for member in now),
        reached=len(set(sent)),
        replied=len({one.member_id for one in standing if one.parent_id is None}),
        replies={number: sum(one.question_id == number for one in standing) for number in (1, 2, 3)},
        merged=sum(one.visibility is Visibility.MERGED for one in kept),
        hidden=sum(one.visibility is Visibility.HIDDEN for one in kept),
        waiting=sum(one.visibility is Visibility.WAITING for one in kept),
        withdrawn=len(said) - len(kept),
        languages={tag: sum(language == tag for language, _ in spoke) for tag, _ in spoke},
        themed=(len(themed), len({one.member_id for one in themed})),
    )


async def live(database: Database, seed: int) -> None:
    """A dialogue with a moderator, in which much has happened."""
    await plant(database, *["UTC"] * 8)
    async with database.sessions.begin() as session:
        for member_id in range(1, 9):
            for question_id in (1, 2, 3):
                session.add(
                    Delivery(
                        kind=Kind.QUESTION,
                        dialogue_id=1,
                        member_id=member_id,
                        question_id=question_id,
                        due_at=MONDAY,
                        state=State.SENT if member_id % 2 else State.PLANNED,
                    )
                )
        person = await planting.person(session, AUTHOR)
        await members.enrol(session, person, await session.get_one(Dialogue, 1), role=Role.MODERATOR)
    history = History(seed)
    for step in range(120):
        now = MONDAY + timedelta(hours=step)
        async with database.sessions.begin() as session:
            await history.go_on(session, now)
        if step % 10 == 0:
            async with database.sessions.begin() as session:
                await updates.catch_up(session, now=now)
    async with database.sessions.begin() as session:
        fates: list[dict[str, object]] = [
            {"visibility": Visibility.HIDDEN},
            {"visibility": Visibility.WAITING},
            {"visibility": Visibility.MERGED},
            {"withdrawn_at": MONDAY},
            {"audience": Audience.MODERATORS},
            {},
        ]
        for number, said in enumerate(await session.scalars(select(Reply).order_by(Reply.id))):
            for name, value in fates[number % len(fates)].items():
                setattr(said, name, value)
        speakers = list(await session.scalars(select(Member).where(Member.role == Role.MEMBER).order_by(Member.id)))
        for number, speaker in enumerate(speakers, start=900):
            await planting.reply(session, speaker.id, message_id=number, question_id=THEMED)
        await put_in_one_theme(session)
        author = speakers[-1]
        await sides.give_role(session, author, Role.MODERATOR, now=MONDAY)
    await count_all(database)


async def put_in_one_theme(session: AsyncSession) -> None:
    """All that was said to a question, whoever said it."""
    theme = {"dialogue_id": 1, "question_id": THEMED, "name": {}, "method": "letters-4", "made_from": 1}
    session.add(Theme(id=1, created_at=MONDAY, **theme))
    said = list(await session.scalars(select(Reply).where(Reply.question_id == THEMED)))
    session.add_all(ThemeReply(reply_id=one.id, theme_id=1, placed_at=MONDAY) for one in said)
    await session.flush()
    await clusters.take_stock(session, [1])


@pytest.mark.parametrize("seed", range(3))
async def test_digest_chart_summary_method_and_announcement_tell_what_is_counted_by_hand(
    either_database: Database, seed: int
) -> None:
    await live(either_database, seed)
    now = MONDAY + timedelta(days=6)

    async with either_database.sessions.begin() as session:
        plain = await counted_by_hand(session)
        digest = await digest_contents.on_request(session, "training", language="en", now=now)
        method = (await summary_contents.gather(session, "training")).method
        dialogue = await export_replies.find(session, "training")
        exported = await export_replies.counts(session, dialogue)
        turnout = await numbers.turnout(session, 1)
        tallies = await figures.read(session, 1)
        moderator = await session.scalar(
            select(Member).where(Member.role == Role.MODERATOR).options(selectinload(Member.person)).limit(1)
        )
        assert moderator is not None
        page = await themes.question(session, moderator.person, THEMED)
        draft = await announcements.begin(session, moderator.person, 1, NoticeKind.ANNOUNCEMENT, now=now)
    chart = charted.whole(tallies, dialogue, "en")

    total = sum(plain.replies.values())
    people = (plain.members, plain.reached, plain.replied)
    assert total >= 3
    assert all((plain.hidden, plain.waiting, plain.merged, plain.withdrawn))
    assert (digest.people.members, digest.people.reached, digest.people.replied) == people
    assert [one.replies for one in digest.questions] == list(plain.replies.values())
    assert (chart.people, chart.replies, chart.said) == (digest.people, total, total)
    assert (turnout.members, turnout.reached, turnout.replied) == people
    assert (method.invited, method.reached, method.replied) == (plain.joined, *people[1:])
    assert (method.replies, method.withdrawn, method.hidden) == (total, plain.withdrawn, plain.hidden)
    assert draft.members == plain.reachable
    assert [one.words.replies for one in exported] == list(plain.replies.values())
    assert all(one.words.open + one.words.merged + one.words.for_moderators <= one.words.replies for one in exported)
    for counted in ("merged", "hidden", "waiting", "withdrawn"):
        assert sum(getattr(one.words, counted) for one in exported) == getattr(plain, counted)
    [in_digest], [on_page] = digest.themes, page.themes
    assert plain.themed[1] >= 3
    assert (in_digest.replies, in_digest.members) == (
        plain.themed[0],
        plain.themed[1] if plain.themed[1] >= 5 else None,
    )
    assert (on_page.replies, on_page.members, page.ungrouped) == (*plain.themed, 0)
    assert_no_small_group_is_told_apart(method.languages, plain.languages)


def assert_no_small_group_is_told_apart(told: Sequence[tuple[str, int]], languages: dict[str, int]) -> None:
    rest = sum(languages.values()) - sum(number for _, number in told)
    assert all(languages[tag] == number >= 5 for tag, number in told)
    assert rest == 0 or rest >= 5 or not told
