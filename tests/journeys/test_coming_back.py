from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select, update
from steps import about, buttons, join, last, press, say, texts
from world import ADA, World

from bot.models import Member
from bot.sandbox import Phone


async def takes_part(world: World) -> list[bool]:
    async with world.database.readers() as session:
        return [member.takes_part for member in await session.scalars(select(Member).order_by(Member.id))]


async def joined_at(world: World) -> list[datetime | None]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Member.joined_at).order_by(Member.id)))


async def leave(world: World, phone: Phone) -> None:
    """Leave, and mean it."""
    await say(world, phone, "/leave")
    await phone.taps("Leave" if phone.user_id == ADA else "Salir")
    await world.settle()
    (sure,) = [data for data in buttons(phone) if data.startswith("left:")]
    await press(world, phone, sure)


@pytest.mark.usefixtures("dialogue")
async def test_leaving_asks_first_and_staying_changes_nothing(world: World, ada: Phone) -> None:
    await join(world, ada)

    await say(world, ada, "/stop")
    offered = buttons(ada)
    await press(world, ada, "leave:1")
    asked, sure = last(ada), buttons(ada)
    await press(world, ada, "stay")

    assert offered == ["pauses", "reminders:off", "leave:1", "stay"]
    assert asked.startswith("Would you like to leave \u2068Training\u2069?")
    assert sure == ["left:1", "stay", "pauses"]
    assert last(ada) == "All right, nothing has changed."
    assert await takes_part(world) == [True]


@pytest.mark.on_either_database
@pytest.mark.usefixtures("dialogue")
async def test_for_a_day_leaving_can_be_undone_as_if_nothing_had_happened(world: World, bea: Phone) -> None:
    await join(world, bea)
    await world.until(MONDAY - timedelta(minutes=50))
    before = await world.deliveries()
    joined = await joined_at(world)
    await leave(world, bea)
    left = await world.deliveries()

    await press(world, bea, "join:1")
    undone = await world.deliveries()
    await world.until(MONDAY)

    assert ("question", "planned", None) in before
    assert ("question", "dropped", "left") in left
    assert undone == before
    assert await joined_at(world) == joined
    assert len(about(bea, "¿Qué ha aprendido en el paso 1?")) == 1
    assert len(about(bea, "Lo que puede la formación.")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_who_left_long_ago_comes_back_by_a_tap_and_gets_what_is_open(world: World, bea: Phone) -> None:
    await join(world, bea)
    await leave(world, bea)
    await world.until(MONDAY + timedelta(hours=3))

    await say(world, bea, "/start")
    met, offered = last(bea), buttons(bea)
    await press(world, bea, "join:1")

    assert met.startswith("¡Nos alegra verle de nuevo! Había salido de")
    assert "Tres semanas" not in met
    assert offered == ["join:1"]
    assert "¿Qué ha aprendido en el paso 1?" in last(bea)
    assert len(about(bea, "Lo que puede la formación.")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_whose_terms_have_changed_since_reads_them_before_coming_back(world: World, ada: Phone) -> None:
    await join(world, ada)
    await leave(world, ada)
    async with world.database.sessions.begin() as session:
        await session.execute(update(Member).values(consent_version="2020-01-01"))
    await world.pass_time(days=2)

    await say(world, ada, "/start training")

    assert "What joining means" in last(ada)


@pytest.mark.usefixtures("dialogue")
async def test_who_left_by_mistake_after_the_end_can_read_on(world: World, ada: Phone) -> None:
    await join(world, ada)
    await world.until(MONDAY + 5 * WEEK)
    await leave(world, ada)

    await press(world, ada, "join:1")

    assert await takes_part(world) == [True]
    assert "All questions have closed. You can still read what others said." in last(ada)


@pytest.mark.usefixtures("dialogue")
async def test_a_member_s_start_tells_where_they_stand(world: World, ada: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("second", title={"en": "Second"}))
    await join(world, ada)
    await world.until(MONDAY)
    await say(world, ada, "To listen")

    await say(world, ada, "/start")

    assert last(ada).startswith("You take part in \u2068Training\u2069, as “")
    assert "Question 1 of 3: \u2068Step 1\u2069\nOpen until " in last(ada)
    assert "You have replied to it." in last(ada)
    assert buttons(ada) == ["question", "browse", "me", "see:2"]
    await press(world, ada, "question")
    assert "What have you learned in step 1?" in last(ada)


@pytest.mark.usefixtures("dialogue")
async def test_the_link_of_one_s_own_dialogue_tells_where_one_stands_in_it(world: World, ada: Phone) -> None:
    await join(world, ada)

    await ada.opens_link("training")
    await world.settle()

    assert "The next question comes on \u2068Monday 30 November 2026 at 09:00" in last(ada)
    assert "What joining means" not in last(ada)


@pytest.mark.usefixtures("dialogue")
async def test_who_unblocks_the_bot_is_told_once_where_they_stand_and_gets_what_was_missed(
    world: World, gus: Phone
) -> None:
    await join(world, gus)
    await gus.blocks()
    await world.settle()
    await world.until(MONDAY)
    seen = len(texts(gus))

    await gus.unblocks()
    await gus.sends("/start")  # as Telegram's apps do where one taps "Restart"
    await world.settle()
    told = texts(gus)[seen:]
    await say(world, gus, "/start")

    assert [text.split("\n")[0] for text in told] == [
        told[0].split("\n")[0],
        "Question 1 of 3: \u2068Step 1\u2069",
    ]
    assert told[0].startswith("You take part in")
    assert "It follows now." in told[0]
    assert last(gus).startswith("You take part in")
    assert "It follows now." not in last(gus)
