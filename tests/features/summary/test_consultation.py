from datetime import timedelta

import condensed
import pytest
from planting import MONDAY
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.database import Database
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import answering, consultation, contents, publication
from bot.features.summary.actions.answering import StaleWordings
from bot.features.summary.actions.consultation import AnsweredObjection, Consulted
from bot.features.summary.actions.publication import Hindrance, NotReady
from bot.models import Delivery, Dialogue, KeyPoint, Kind, Member, Notice, NoticeKind, Objection, Person, Reply

LATER = MONDAY + consultation.WINDOW


@pytest.fixture
async def _talked(either_database: Database) -> None:
    """Six members, one for each language, whose words key point 1 rests on; key points 2 (of question 2) has no support."""
    async with either_database.sessions.begin() as session:
        await condensed.plant(session, members=6)
        await session.delete(await session.get_one(KeyPoint, 2))


async def dialogue_of(session: AsyncSession) -> Dialogue:
    return await session.get_one(Dialogue, 1)


async def consult(database: Database) -> Consulted:
    async with database.sessions.begin() as session:
        return await consultation.consult(session, await dialogue_of(session), now=MONDAY)


async def object_to(database: Database, telegram_id: int, text: str = "I didn't say that.") -> bool:
    async with database.sessions.begin() as session:
        person = (await session.scalars(select(Person).where(Person.telegram_id == telegram_id))).one()
        return await consultation.object_to(session, person, 1, text=text, now=MONDAY)


async def reasons(database: Database) -> set[Hindrance]:
    async with database.readers() as session:
        material = await contents.gather(session, condensed.SLUG)
        return {each.reason for each in await publication.obstacles(session, material, now=LATER)}


@pytest.mark.usefixtures("_talked")
async def test_each_point_is_shown_once_to_all_whose_words_it_rests_on(either_database: Database) -> None:
    assert await consult(either_database) == Consulted(1, 6)
    assert await consult(either_database) == Consulted(0, 0)

    async with either_database.readers() as session:
        owed = await session.scalar(select(func.count()).where(Delivery.kind == Kind.NOTICE))
    assert owed == 6


@pytest.mark.usefixtures("_talked")
async def test_whose_reply_is_withdrawn_is_neither_shown_the_point_nor_may_object(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        (await session.get_one(Reply, 3)).withdrawn_at = MONDAY

    assert await consult(either_database) == Consulted(1, 5)
    assert await object_to(either_database, 3) is False
    assert await object_to(either_database, 4) is True


@pytest.mark.usefixtures("_talked")
async def test_a_member_is_shown_only_their_own_words_in_their_language(either_database: Database) -> None:
    async with either_database.readers() as session:
        (shown,) = await consultation.points_of(session, 1, dialogue_id=1, language="es")

    assert shown.text == condensed.POINTS[0]["es"]
    assert shown.spans == (condensed.SAID["es"].split(" La ")[0],)


@pytest.mark.usefixtures("_talked")
async def test_a_new_wording_is_to_be_shown_anew_and_its_window_begins_anew(either_database: Database) -> None:
    await consult(either_database)
    async with either_database.sessions.begin() as session:
        key_points.word(await session.get_one(KeyPoint, 1), text="Anew.", language="en")

    assert Hindrance.UNSEEN in await reasons(either_database)
    async with either_database.sessions.begin() as session:
        await consultation.consult(session, await dialogue_of(session), now=MONDAY + timedelta(days=1))
        assert await consultation.window_ends(session, 1) == LATER + timedelta(days=1)


@pytest.mark.usefixtures("_talked")
async def test_an_objection_waits_until_it_is_answered_and_its_author_is_then_told(either_database: Database) -> None:
    await object_to(either_database, 2, "  Not so.\n")
    async with either_database.sessions.begin() as session:
        assert await consultation.count_open(session, 1) == 1
        (found,) = await consultation.open_objections(session, await dialogue_of(session), language="fr")
        assert (found.point, found.text, found.stands) == (condensed.POINTS[0]["fr"], "Not so.", False)

        await consultation.settle(session, await session.get_one(Member, 1), found.objection_id, now=LATER)

    async with either_database.readers() as session:
        assert await consultation.count_open(session, 1) == 0
        told = select(Delivery.member_id).join(Notice).where(Notice.kind == NoticeKind.OBJECTION_ANSWERED)
        assert (await session.scalars(told)).all() == [2]
        assert await consultation.answered(session, found.objection_id, language="en") == AnsweredObjection(
            "Not so.", condensed.POINTS[0]["en"], changed=False
        )


@pytest.mark.usefixtures("_talked")
async def test_an_objection_is_not_answered_while_the_key_point_says_one_thing_here_and_another_there(
    either_database: Database,
) -> None:
    await object_to(either_database, 2)
    async with either_database.sessions.begin() as session:
        point = await session.get_one(KeyPoint, 1)
        key_points.word(
            point, text=condensed.POINTS[0]["en"].replace("Members", "In many places members"), language="en"
        )
        await session.flush()
        moderator = (
            await session.scalars(select(Member).where(Member.id == 1).options(joinedload(Member.dialogue)))
        ).one()

        with pytest.raises(StaleWordings) as refused:
            await answering.answer(session, moderator, 1, now=LATER)
        for language in refused.value.languages:
            key_points.word(point, text=f"{condensed.POINTS[0][language]} !", language=language)
        await session.flush()
        await answering.answer(session, moderator, 1, now=LATER)

        answered = await consultation.answered(session, 1, language="fr")
    assert sorted(refused.value.languages) == ["ar", "es", "fr", "pt", "ru", "zh-Hans"]
    assert answered == AnsweredObjection("I didn't say that.", f"{condensed.POINTS[0]['fr']} !", changed=True)


@pytest.mark.usefixtures("_talked")
async def test_an_objection_is_answered_once_and_only_by_who_moderates_its_dialogue(either_database: Database) -> None:
    await object_to(either_database, 2)
    stranger = Member(dialogue_id=99)
    async with either_database.sessions.begin() as session:
        with session.no_autoflush:
            await consultation.settle(session, stranger, 1, now=LATER)
        assert (await session.get_one(Objection, 1)).answered_at is None

        for _ in range(2):
            await consultation.settle(session, await session.get_one(Member, 1), 1, now=LATER)

        told = select(func.count()).select_from(Notice).where(Notice.kind == NoticeKind.OBJECTION_ANSWERED)
        assert await session.scalar(told) == 1


@pytest.mark.usefixtures("_talked")
async def test_publication_despite_an_objection_leaves_it_to_be_answered(either_database: Database) -> None:
    await consult(either_database)
    await object_to(either_database, 2)
    assert await reasons(either_database) == {Hindrance.OBJECTIONS}

    async with either_database.sessions.begin() as session:
        for _ in range(2):
            await consultation.publish_despite(session, await session.get_one(Member, 1), 1, now=LATER)

    assert await reasons(either_database) == set()
    async with either_database.readers() as session:
        (found,) = await consultation.open_objections(session, await dialogue_of(session), language="en")
    assert found.stands


@pytest.mark.usefixtures("_talked")
async def test_nothing_is_published_and_nobody_told_while_something_speaks_against_it(
    either_database: Database,
) -> None:
    async with either_database.sessions.begin() as session:
        material = await contents.gather(session, condensed.SLUG)
        with pytest.raises(NotReady) as refused:
            await publication.publish(session, material, "", now=MONDAY)
        owed = await session.scalar(select(func.count()).where(Delivery.kind == Kind.NOTICE))

    assert [each.reason for each in refused.value.obstacles] == [Hindrance.UNSEEN]
    assert owed == 0
