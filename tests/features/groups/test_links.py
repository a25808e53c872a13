from collections.abc import AsyncIterator
from typing import Any

import planting
import pytest
from planting import CIRCLE, MONDAY, WEEK
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members
from bot.core.dialogues import AlreadyOver, NoSuchDialogue
from bot.database import Database
from bot.features.groups.actions import links, readiness
from bot.features.groups.actions.links import Spot, Wanted
from bot.features.questions.actions import deliveries
from bot.models import Delivery, Role, Room, State

NOW = MONDAY - WEEK


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """Dialogue 1 with an organiser (member 1) and a member (2), and dialogue 2 that has neither."""
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        session.add(planting.dialogue("water"))
        member = await members.membership(session, await planting.person(session, 1), 1)
        assert member is not None
        member.role = Role.ORGANISER
        await session.flush()
        yield session


async def want(session: AsyncSession, who: int | None, slug: str = "training", *languages: str, **how: Any) -> Wanted:
    person = await planting.person(session, who) if who else None
    return await links.wanted(session, person, slug=slug, languages=languages, now=how.get("now", NOW))


async def test_without_languages_it_is_the_organiser_s_own(session: AsyncSession) -> None:
    organiser = await planting.person(session, 1)
    organiser.language = "ar"

    mine, hidden = await want(session, 1), await want(session, None)

    assert (mine.languages, mine.title) == (("ar",), "التدريب")
    assert (hidden.languages, hidden.title) == (("en",), "Training")


async def test_a_language_named_twice_is_one_room(session: AsyncSession) -> None:
    assert (await want(session, 1, "training", "es", "ES", "fr")).languages == ("es", "fr")


@pytest.mark.parametrize(
    ("who", "slug", "languages", "refusal"),
    [
        (2, "training", (), links.NotAnOrganiser),
        (1, "water", (), links.NotAnOrganiser),
        (1, "nothing", (), NoSuchDialogue),
        (2, "nothing", (), links.NotAnOrganiser),
        (None, "nothing", (), NoSuchDialogue),
        (1, "training", ("zh",), links.NoSuchLanguage),
    ],
)
async def test_what_can_not_be_linked_is_refused(
    session: AsyncSession, who: int | None, slug: str, languages: tuple[str, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await want(session, who, slug, *languages)


async def test_a_dialogue_that_is_over_is_not_linked(session: AsyncSession) -> None:
    with pytest.raises(AlreadyOver):
        await want(session, 1, now=MONDAY + 5 * WEEK)


async def test_linking_again_keeps_the_rooms_still_wanted_and_retires_the_others(session: AsyncSession) -> None:
    await planting.group(session, "en", "es")
    await deliveries.open_due(session, now=MONDAY - WEEK / 14)

    again = await links.link(session, Wanted(1, "training", "Training", ("en", "fr")), Spot(CIRCLE, "Water"), now=NOW)

    rooms = (await session.scalars(select(Room).order_by(Room.id))).all()
    assert again.again
    assert [(room.languages, room.retired_at is None) for room in rooms] == [
        (["en"], True),
        (["es"], False),
        (["fr"], True),
    ]
    assert [place.room_ids for place in await readiness.untold(session)] == [(3,)]
    owed = await session.execute(select(Delivery.room_id, Delivery.state).where(Delivery.room_id.is_not(None)))
    assert sorted(map(tuple, owed.all())) == [(1, State.PLANNED), (2, State.DROPPED)]


async def test_another_dialogue_finds_the_group_taken(session: AsyncSession) -> None:
    await planting.group(session)

    with pytest.raises(links.LinkedElsewhere) as refused:
        await links.link(session, Wanted(2, "water", "Water", ("en",)), Spot(CIRCLE, "Water"), now=NOW)

    assert refused.value.slug == "training"


async def test_an_unlinked_group_is_owed_nothing_and_told_anew_when_it_returns(session: AsyncSession) -> None:
    group = await planting.group(session)
    await deliveries.open_due(session, now=MONDAY - WEEK / 14)
    stranger, organiser = await planting.person(session, 2), await planting.person(session, 1)
    with pytest.raises(links.NotAnOrganiser):
        await links.unlink(session, stranger, chat_id=CIRCLE, now=NOW)

    title = await links.unlink(session, organiser, chat_id=CIRCLE, now=NOW)

    assert title == "Training"
    states = await session.scalars(select(Delivery.state).where(Delivery.room_id.is_not(None)))
    assert states.all() == [State.DROPPED]
    with pytest.raises(links.NotLinked):
        await links.unlink(session, organiser, chat_id=CIRCLE, now=NOW)
    await links.link(session, Wanted(1, "training", "Training", ("en",)), Spot(CIRCLE, "Water"), now=NOW)
    assert (group.told_at, group.unlinked_at) == (None, None)
    assert len(await readiness.untold(session)) == 1
