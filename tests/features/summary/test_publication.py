from datetime import timedelta

import condensed
import pytest
from planting import MONDAY
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.features.key_points.actions import support
from bot.features.summary.actions import backgrounds, consultation, contents, publication, waivers
from bot.features.summary.actions.publication import Hindrance, Issued, NotReady, Obstacle
from bot.ledger.outcomes import Sent
from bot.models import (
    Delivery,
    Dialogue,
    KeyPoint,
    Kind,
    Member,
    Notice,
    NoticeKind,
    Objection,
    Person,
    Reply,
    State,
    Summary,
    Support,
)
from bot.outbound.actions import claims, settlement

READY = MONDAY + consultation.WINDOW


@pytest.fixture
async def _heard(either_database: Database) -> None:
    """Six members, whose words key point 1 rests on, were heard."""
    async with either_database.sessions.begin() as session:
        await condensed.plant(session, members=6)
        await session.execute(delete(KeyPoint).where(KeyPoint.id == 2))
        await consultation.consult(session, await session.get_one(Dialogue, 1), now=MONDAY)


async def publish(session: AsyncSession) -> Issued:
    material = await contents.gather(session, condensed.SLUG)
    seen = await publication.prepare(session, material, language="en", now=READY)
    done = await publication.publish(session, material, seen.key, now=READY)
    assert done is not None
    return done


async def obstacles(session: AsyncSession) -> list[Obstacle]:
    await session.flush()
    return await publication.obstacles(session, await contents.gather(session, condensed.SLUG), now=READY)


@pytest.mark.usefixtures("_heard")
async def test_every_member_is_owed_each_issue_once(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        before = await session.scalar(select(func.count()).where(Delivery.kind == Kind.NOTICE))

        assert await publish(session) == Issued(1, 6)
        await backgrounds.write_background(session, await session.get_one(Dialogue, 1), text="Anew.", language="en")
        for obstacle in await obstacles(session):
            assert obstacle.reason is Hindrance.DIFFERENCES  # the Background is shorter now
        compared = await publication.compare(session, await contents.gather(session, condensed.SLUG))
        for difference in compared.open:
            await waivers.waive(session, await session.get_one(Member, 1), difference.key, now=READY)
        assert await publish(session) == Issued(2, 6)

        after = await session.scalar(select(func.count()).where(Delivery.kind == Kind.NOTICE))
    assert (after or 0) - (before or 0) == 12


@pytest.mark.usefixtures("_heard")
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": "Other words."}, Hindrance.BROKEN),
        ({"edited_at": READY}, Hindrance.CHANGED),
        ({"withdrawn_at": READY}, Hindrance.CHANGED),
    ],
)
async def test_a_changed_source_is_named_with_its_key_point_until_a_moderator_has_looked(
    either_database: Database, changes: dict[str, object], reason: Hindrance
) -> None:
    async with either_database.sessions.begin() as session:
        reply = await session.get_one(Reply, 1)
        for name, value in changes.items():
            setattr(reply, name, value)

        assert await obstacles(session) == [Obstacle(reason, 1, ((1, 1, 1),))]

        await support.look_again(session, await session.get_one(KeyPoint, 1), now=READY + timedelta(hours=1))
        assert await obstacles(session) == []


@pytest.mark.usefixtures("_heard")
async def test_a_point_whose_every_source_is_withdrawn_has_to_go_or_rest_on_others(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        for reply in (await session.scalars(select(Reply))).all():
            reply.withdrawn_at = READY
        await session.flush()
        assert [each.reason for each in await obstacles(session)] == [Hindrance.CHANGED, Hindrance.UNSUPPORTED]

        await support.look_again(session, await session.get_one(KeyPoint, 1), now=READY)

        assert [each.reason for each in await obstacles(session)] == [Hindrance.UNSUPPORTED]


@pytest.mark.usefixtures("_heard")
async def test_a_difference_between_languages_is_an_obstacle_until_it_is_let_stand_by_name(
    either_database: Database,
) -> None:
    async with either_database.sessions.begin() as session:
        point = await session.get_one(KeyPoint, 1)
        point.text = {tag: text for tag, text in point.text.items() if tag != "ar"}
        assert [each.reason for each in await obstacles(session)] == [Hindrance.DIFFERENCES]
        compared = await publication.compare(session, await contents.gather(session, condensed.SLUG))
        moderator = await session.get_one(Member, 1)
        moderator.team_name = "Ada"

        await waivers.waive(session, moderator, compared.open[0].key, now=READY)

        assert await obstacles(session) == []
        compared = await publication.compare(session, await contents.gather(session, condensed.SLUG))
    ((difference, waived),) = compared.standing
    assert (difference.language, waived.by, waived.at) == ("ar", "Ada", READY)


@pytest.mark.usefixtures("_heard")
async def test_what_was_published_stays_while_the_draft_goes_on(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        await publish(session)
    async with either_database.sessions.begin() as session:
        point = await session.get_one(KeyPoint, 1)
        point.text = {**point.text, "fr": "Autre chose."}
        material = await contents.gather(session, condensed.SLUG)

        french, english = publication.contents(material, "fr"), publication.contents(material, "en")
        issued = publication.issued(material, "fr")

    assert issued is not None
    assert issued.sections[0].bullets[0].worded.text == condensed.POINTS[0]["fr"]
    assert (french.published_on, french.issue) == (None, 1)
    assert english.published_on == READY.date()


@pytest.mark.usefixtures("_heard")
async def test_a_quote_that_is_taken_back_leaves_the_published_issue_too(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        (await session.get_one(Dialogue, 1)).with_quotes = True
        await publish(session)
    async with either_database.sessions.begin() as session:
        kept = (await session.scalars(select(Summary))).one()
        assert condensed.SAID["es"].split(".")[0] not in str(kept.published)
        (await session.get_one(Member, 1)).quotable = False
        (await session.get_one(Reply, 2)).withdrawn_at = READY
        await session.flush()

        issued = publication.issued(await contents.gather(session, condensed.SLUG), "en")

    assert issued is not None
    assert [quote.reply_id for quote in issued.quotes] == [3, 4, 5, 6]


@pytest.mark.usefixtures("_heard")
async def test_the_erasure_of_a_contributor_takes_their_words_and_objections_along(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        session.add(Objection(key_point_id=1, member_id=2, text="No.", raised_at=MONDAY))
        await session.flush()

        await session.execute(delete(Member).where(Member.id == 2))

        assert await session.scalar(select(func.count()).select_from(Support)) == 5
        assert await consultation.count_open(session, 1) == 0
        assert await obstacles(session) == []


@pytest.mark.usefixtures("_heard")
async def test_an_issue_that_says_the_same_is_not_sent_again(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        before = await contents.gather(session, condensed.SLUG)
        await publish(session)

        for material in (before, await contents.gather(session, condensed.SLUG)):
            with pytest.raises(NotReady) as refused:
                await publication.publish(session, material, "", now=READY)
            assert refused.value.obstacles == [Obstacle(Hindrance.UNCHANGED, 1)]


@pytest.mark.usefixtures("_heard")
async def test_a_process_killed_while_a_summary_goes_out_goes_on_and_sends_to_nobody_twice(
    either_database: Database,
) -> None:
    async with either_database.sessions.begin() as session:
        await session.execute(delete(Delivery))
        await publish(session)
    sent: list[int | None] = []
    for _ in range(4):  # each time a process claims two, sends one, and is killed before it could send the other
        async with either_database.sessions.begin() as session:
            claimed = await claims.claim_due(session, now=READY + timedelta(days=1), limit=2)
        for letter in claimed.letters[:1]:
            sent.append(letter.member_id)
            async with either_database.sessions.begin() as session:
                await settlement.record(session, [(letter, Sent(1))], now=READY + timedelta(days=1))

    async with either_database.readers() as session:
        states = (await session.scalars(select(Delivery.state))).all()
    assert len(sent) == len(set(sent)) == 3
    assert sorted(states) == [State.SENDING] * 3 + [State.SENT] * 3


@pytest.mark.usefixtures("_heard")
async def test_only_the_summary_that_was_seen_is_published(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        material = await contents.gather(session, condensed.SLUG)
        seen = await publication.prepare(session, material, language="en", now=READY)
        (await session.get_one(Dialogue, 1)).with_quotes = True
        await session.execute(update(Member).values(quotable=True))
        await session.flush()

        done = await publication.publish(session, await contents.gather(session, condensed.SLUG), seen.key, now=READY)

        assert done is None
        assert (
            await session.scalar(select(func.count()).select_from(Notice).where(Notice.kind == NoticeKind.SUMMARY)) == 0
        )


@pytest.mark.usefixtures("_heard")
async def test_who_gets_a_summary_is_told_by_language_without_those_who_left_or_never_joined(
    either_database: Database,
) -> None:
    async with either_database.sessions.begin() as session:
        await session.execute(update(Member).where(Member.id == 1).values(left_at=READY))
        await session.execute(update(Member).where(Member.id == 2).values(joined_at=None))
        await session.execute(update(Person).where(Person.id == 3).values(language="sw"))
        material = await contents.gather(session, condensed.SLUG)

        seen = await publication.prepare(session, material, language="en", now=READY)
        done = await publication.publish(session, material, seen.key, now=READY)

    assert [(each.language, each.members, each.sees) for each in seen.readers] == [
        ("pt", 1, "pt"),
        ("ru", 1, "ru"),
        ("sw", 1, "en"),
        ("zh-Hans", 1, "zh-Hans"),
    ]
    assert done == Issued(1, 4)
