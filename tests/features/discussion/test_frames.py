from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import update

from bot.database import Database
from bot.features.discussion.actions import deck
from bot.features.discussion.actions import frames as discussion_frames
from bot.models import Audience, Member, Reply, Role, Rung, RungKind

LATER = MONDAY + timedelta(hours=1)
ADA, BEA, CHLOE = 1, 2, 3  # members


@pytest.fixture
async def _planted(either_database: Database) -> None:
    """Ada moderates. Bea has replied for members to read, Chloé for moderators alone; Bea tapped a rung."""
    await planting.plant(either_database, "UTC", "UTC", "UTC", questions=1, concept_note={})
    async with either_database.sessions.begin() as session:
        await session.execute(update(Member).where(Member.id == ADA).values(role=Role.MODERATOR))
        await planting.reply(session, BEA, message_id=1)
        await planting.reply(session, CHLOE, message_id=2)
        await session.flush()
        await session.execute(update(Reply).where(Reply.member_id == BEA).values(audience=Audience.MEMBERS))
        await session.execute(update(Reply).where(Reply.member_id == CHLOE).values(audience=Audience.MODERATORS))
        session.add(Rung(member_id=BEA, question_id=1, kind=RungKind.SAME, tapped_at=LATER))


@pytest.mark.usefixtures("_planted")
async def test_what_is_read_for_many_at_once_is_what_each_would_read_alone(either_database: Database) -> None:
    async with either_database.readers() as session:
        together = await discussion_frames.frames(session, [ADA, BEA, CHLOE], 1)
        alone = {each: await discussion_frames.frame(session, each, 1) for each in (ADA, BEA, CHLOE)}
        counts = {each: await deck.count(session, await session.get_one(Member, each), 1) for each in together}

    assert together == alone
    assert {each: frame.replies for each, frame in together.items()} == counts == {ADA: 2, BEA: 0, CHLOE: 1}
    assert {each: frame.chimes.mine for each, frame in together.items()} == {ADA: None, BEA: RungKind.SAME, CHLOE: None}
    assert together[ADA].chimes.counts == {RungKind.SAME: 1}
    assert [each for each, frame in together.items() if frame.terms is not None] == [ADA]


@pytest.mark.usefixtures("_planted")
async def test_who_is_gone_has_no_frame(either_database: Database) -> None:
    async with either_database.readers() as session:
        frames = await discussion_frames.frames(session, [BEA, 99], 1)

    assert list(frames) == [BEA]
