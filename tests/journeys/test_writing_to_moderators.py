"""A member writes to the moderators, who answer; nobody else ever reads it."""

import json
from datetime import timedelta

import pytest
from planting import MONDAY
from scenes import scene
from sqlalchemy import select
from steps import about, buttons, join, last, press, say
from world import World

from bot.models import HeldMessage, Inquiry, Reply
from bot.sandbox import Phone


def button(phone: Phone, start: str) -> str:
    """The newest button whose data begins so."""
    return next(data for data in buttons(phone) if data.startswith(start))


async def inquiries(world: World) -> list[Inquiry]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Inquiry).order_by(Inquiry.id)))


async def kept_as_replies(world: World) -> list[str]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply.text)))


@pytest.fixture
@scene
async def _asked(world: World, dialogue: str, ada: Phone, bea: Phone) -> None:
    """Bea was asked question 1; Ada organises."""
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)


@pytest.mark.on_either_database
@pytest.mark.usefixtures("_asked")
async def test_a_member_asks_by_the_help_and_the_answer_comes_back(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, bea, "ayuda")
    await press(world, bea, "ask")
    await say(world, bea, "¿Puedo retirar algo más tarde?\nMe preocupa.")
    assert await kept_as_replies(world) == []
    assert "1 message to the moderators waits" in last(ada)

    await press(world, ada, "inquiries:1:0")
    assert "Me preocupa." in last(ada)
    await press(world, ada, button(ada, "inquirysay:"))
    await say(world, ada, "Sí, siempre, con /me.")
    await press(world, ada, button(ada, "inquirysaid:"))
    await world.settle()

    assert "No message to the moderators waits" in last(ada)
    assert "Sí, siempre, con /me." in last(bea)
    (inquiry,) = await inquiries(world)
    assert (inquiry.answer, inquiry.answered_by_id is None) == ("Sí, siempre, con /me.", False)
    assert [delivery[1] for delivery in await world.deliveries() if delivery[0] == "notice"] == ["sent", "sent"]


@pytest.mark.usefixtures("_asked")
async def test_a_short_question_goes_to_the_moderators_by_a_tap_and_back_by_another(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, bea, "¿Quién lee esto?")
    await press(world, bea, button(bea, "tomods:"))
    assert [one.content["text"] for one in await inquiries(world)] == ["¿Quién lee esto?"]

    await press(world, bea, button(bea, "notmods:"))

    assert await inquiries(world) == []
    assert await kept_as_replies(world) == ["¿Quién lee esto?"]
    await press(world, ada, "inquiries:1:0")
    assert "No message to the moderators waits" in last(ada)


@pytest.mark.usefixtures("_asked")
async def test_short_questions_in_a_row_are_asked_about_once_and_go_where_the_first_goes(
    world: World, bea: Phone
) -> None:
    await say(world, bea, "¿Quién lee esto?")
    to_moderators = button(bea, "tomods:")
    await say(world, bea, "¿Y cuándo?")
    await press(world, bea, to_moderators)

    assert [one.content["text"] for one in await inquiries(world)] == ["¿Quién lee esto?", "¿Y cuándo?"]
    assert await kept_as_replies(world) == []


@pytest.mark.usefixtures("_asked")
async def test_a_member_who_sends_the_moderators_command_writes_to_them(world: World, bea: Phone) -> None:
    await say(world, bea, "/moderators")

    await say(world, bea, "Una duda.")

    assert [one.content["text"] for one in await inquiries(world)] == ["Una duda."]


@pytest.mark.usefixtures("_asked")
async def test_what_moderators_have_answered_stays_with_them(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, bea, "/ask")
    await say(world, bea, "Una duda.")
    back = button(bea, "notmods:")
    await press(world, ada, "inquiries:1:0")
    await press(world, ada, button(ada, "inquirydone:"))

    await bea.forges_a_tap(back)
    await ada.forges_a_tap("inquirysay:1")
    await world.settle()

    assert len(await inquiries(world)) == 1
    assert await kept_as_replies(world) == []
    assert "ya" in last(bea)
    assert "Another moderator" in ada.alerts[-1]


@pytest.mark.usefixtures("_asked")
async def test_a_voice_message_and_an_edit_reach_the_moderators_and_an_album_is_asked_about(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, bea, "/ask")
    await bea.sends_file("voice", duration=9)
    await world.settle()
    await say(world, bea, "/ask")
    message = await say(world, bea, "Una dudda.")
    await bea.edits(message["message_id"], "Una duda.")
    await world.settle()
    await say(world, bea, "/ask")
    for part in range(2):
        await bea.sends_file("photo", content=bytes([part]) * 9, album="a1")
    await world.settle()
    await press(world, bea, button(bea, "tomods:"))

    assert [one.content["kind"] for one in await inquiries(world)] == ["voice", "text", "photo", "photo"]
    assert (await inquiries(world))[1].content["text"] == "Una duda."
    assert await kept_as_replies(world) == []
    await press(world, ada, "inquiries:1:0")
    await press(world, ada, button(ada, "inquiryfile:"))
    assert "voice" in ada.received[-1]


@pytest.mark.usefixtures("_asked")
async def test_an_hour_after_it_was_asked_for_a_message_to_the_request_is_asked_about(world: World, bea: Phone) -> None:
    await say(world, bea, "/ask")
    request = bea.received[-1]["message_id"]
    await world.pass_time(hours=1, minutes=1)

    await say(world, bea, "Algo que no es para todos", reply_to=request)

    assert (await inquiries(world), await kept_as_replies(world)) == ([], [])
    assert button(bea, "tomods:")


@pytest.mark.usefixtures("_asked")
async def test_it_stands_in_queue_and_digest_and_nobody_but_moderators_reads_it(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    await join(world, chloe)
    await say(world, bea, "/ask")
    await say(world, bea, "Una duda muy mía.")

    await say(world, ada, "/queue")
    assert "inquiries:1:0" in buttons(ada)
    await say(world, ada, "/digest")
    assert "1 message to the moderators waits" in "".join(about(ada, "moderators waits"))
    await chloe.forges_a_tap("inquiries:1:0")
    await bea.forges_a_tap("inquirysay:1")
    await chloe.forges_a_tap("notmods:1")
    await world.settle()

    assert about(chloe, "muy mía") == []
    assert len(await inquiries(world)) == 1


@pytest.mark.usefixtures("_asked")
async def test_moderators_read_it_under_the_name_it_was_written_under_whatever_its_author_takes_later(
    world: World, ada: Phone, bea: Phone
) -> None:
    await say(world, bea, "/me")
    await press(world, bea, button(bea, "names:"))
    await press(world, bea, button(bea, "rename:"))
    await say(world, bea, "Zoe")
    await press(world, bea, button(bea, "named:"))
    await say(world, bea, "/ask")
    await say(world, bea, "Una duda muy mía.")

    await bea.forges_a_tap("name:2:name")
    await press(world, ada, "inquiries:1:0")

    assert "Zoe" in last(ada)
    assert "Bea" not in last(ada)


@pytest.mark.usefixtures("_asked")
async def test_moderators_are_told_at_once_and_then_at_most_every_six_hours(
    world: World, ada: Phone, bea: Phone
) -> None:
    for _ in range(3):
        await say(world, bea, "/ask")
        await say(world, bea, "Una duda.")
        await world.pass_time(minutes=1)
    at_once = len(about(ada, "to the moderators wait"))
    await world.pass_time(hours=7)
    later = len(about(ada, "to the moderators wait"))
    await world.pass_time(hours=7)

    assert (at_once, later, len(about(ada, "to the moderators wait"))) == (1, 2, 2)


@pytest.mark.usefixtures("_asked")
async def test_an_answer_reaches_who_has_left_or_paused_but_not_by_night(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, bea, "/ask")
    await say(world, bea, "Una duda.")
    await bea.forges_a_tap("pause:open")
    await bea.forges_a_tap("leave:2")
    await world.until(MONDAY + timedelta(hours=13, minutes=30))
    await press(world, ada, "inquiries:1:0")
    await press(world, ada, button(ada, "inquirysay:"))
    await say(world, ada, "Claro que sí.")
    await press(world, ada, button(ada, "inquirysaid:"))
    by_night = about(bea, "Claro que sí.")

    await world.until(MONDAY + timedelta(days=1))

    assert by_night == []
    assert len(about(bea, "Claro que sí.")) == 1


@pytest.mark.usefixtures("_asked")
async def test_it_is_in_one_s_data_and_goes_with_the_person(world: World, bea: Phone) -> None:
    await say(world, bea, "/ask")
    await say(world, bea, "Una duda muy mía.")
    await say(world, bea, "/me")
    await press(world, bea, "export")
    portrait = next(message for message in reversed(bea.received) if "document" in message)
    file = await world.bot.application.bot.get_file(portrait["document"]["file_id"])
    told = json.loads(await file.download_as_bytearray())
    assert "Una duda muy mía." in json.dumps(told, ensure_ascii=False)

    await say(world, bea, "/me")
    await press(world, bea, "erase")
    await press(world, bea, "erase:yes")

    assert await inquiries(world) == []
    async with world.database.readers() as session:
        assert (await session.scalars(select(HeldMessage))).all() == []
