"""What members type without knowing how a bot is spoken to, and what becomes of it."""

import pytest
from planting import MONDAY
from sqlalchemy import select
from steps import buttons, join, last, press, say
from world import BEA, World

from bot.models import HeldMessage, Member, Naming, Person, Reply
from bot.sandbox import Phone


async def said(world: World) -> list[str]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply.text).order_by(Reply.id)))


async def held(world: World) -> list[str]:
    async with world.database.readers() as session:
        return [content["text"] for content in await session.scalars(select(HeldMessage.content))]


async def member(world: World) -> Member:
    async with world.database.readers() as session:
        return (await session.scalars(select(Member).join(Member.person).where(Person.telegram_id == BEA))).one()


async def zone(world: World) -> str | None:
    async with world.database.readers() as session:
        found: str | None = await session.scalar(select(Person.timezone).where(Person.telegram_id == BEA))
        return found


def button(phone: Phone, start: str) -> str:
    """The newest button whose data begins so."""
    return next(data for data in buttons(phone) if data.startswith(start))


@pytest.fixture
async def asked(world: World, dialogue: str, bea: Phone) -> int:
    """Bea was asked question 1; the id of its message."""
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    assert "paso 1" in last(bea)
    return int(bea.received[-1]["message_id"])


@pytest.mark.usefixtures("asked")
async def test_a_name_typed_at_the_card_of_names_is_offered_and_published_by_nothing(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")

    await say(world, bea, "Me llamo Anna Schmidt")

    assert "Anna Schmidt" in last(bea)
    assert await said(world) == []
    await press(world, bea, button(bea, "named:"))
    assert (await member(world)).display_name == "Anna Schmidt"
    assert await held(world) == []


@pytest.mark.usefixtures("asked")
async def test_a_name_is_asked_for_until_it_is_settled(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")
    await say(world, bea, "Ana")
    await say(world, bea, "Anna Schmidt")
    await press(world, bea, button(bea, "named:"))

    await say(world, bea, "Aprendí a escuchar.")

    assert (await member(world)).display_name == "Anna Schmidt"
    assert await said(world) == ["Aprendí a escuchar."]


@pytest.mark.usefixtures("asked")
async def test_who_cancels_keeps_their_name_and_what_they_typed_is_gone(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")
    await say(world, bea, "Anna Schmidt")

    await press(world, bea, button(bea, "cancel:"))

    assert (await member(world)).naming is Naming.PSEUDONYM
    assert await held(world) == []
    await say(world, bea, "Aprendí a escuchar.")
    assert await said(world) == ["Aprendí a escuchar."]


@pytest.mark.usefixtures("asked")
async def test_a_reply_typed_at_the_card_of_names_becomes_one_when_its_author_says_so(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")
    await say(world, bea, "Escuchar")

    await press(world, bea, button(bea, "reply:"))

    assert await said(world) == ["Escuchar"]
    await say(world, bea, "Preguntar")
    assert await said(world) == ["Escuchar", "Preguntar"]


@pytest.mark.usefixtures("asked")
async def test_after_ten_minutes_a_name_is_asked_for_no_longer(world: World, bea: Phone) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")
    await world.pass_time(minutes=11)

    await say(world, bea, "Escuchar")

    assert await said(world) == ["Escuchar"]


@pytest.mark.usefixtures("asked")
async def test_a_city_is_asked_for_with_the_zones_and_again_after_one_that_nobody_knows(
    world: World, bea: Phone
) -> None:
    await press(world, bea, "zones")
    await say(world, bea, "Qwxyzzq")
    assert "Qwxyzzq" in last(bea)

    await say(world, bea, "Vivo cerca de Múnich")
    await press(world, bea, button(bea, "zone:Europe/Berlin"))

    assert await zone(world) == "Europe/Berlin"
    assert await said(world) == []


@pytest.mark.usefixtures("asked")
async def test_a_second_line_sent_while_the_bot_still_searches_is_no_reply(world: World, bea: Phone) -> None:
    await press(world, bea, "zones")
    await bea.sends("cerca de Qwxyzzq")
    await bea.sends("Múnich")
    await world.settle()

    assert await said(world) == []
    await press(world, bea, button(bea, "zone:Europe/Berlin"))
    assert await zone(world) == "Europe/Berlin"


@pytest.mark.usefixtures("asked")
async def test_the_question_can_be_answered_while_a_name_is_asked_for(world: World, bea: Phone, asked: int) -> None:
    await press(world, bea, f"names:{(await member(world)).id}")

    await say(world, bea, "Escuchar", reply_to=asked)

    assert await said(world) == ["Escuchar"]
