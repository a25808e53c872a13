from datetime import timedelta

import pytest
from planting import MONDAY, WEEK
from scenes import scene
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload
from steps import about, buttons, join, last, newest, press, say
from world import BEA, World

from bot.ledger import uncertain as ledger
from bot.models import Audience, Dialogue, Member, Moderation, Naming, Person, Question, Reply, Visibility
from bot.sandbox import Phone

SOON = timedelta(minutes=5)
ASKED_ON = "¿Puede dar un ejemplo?"


async def replies(world: World) -> list[Reply]:
    async with world.database.readers() as session:
        found = select(Reply).options(selectinload(Reply.attachments), selectinload(Reply.additions)).order_by(Reply.id)
        return list(await session.scalars(found))


async def follow_ups(world: World) -> list[tuple[str, str | None]]:
    return [(state, reason) for kind, state, reason in await world.deliveries() if kind == "follow_up"]


@pytest.fixture
@scene
async def asked(world: World, dialogue: str, bea: Phone) -> Phone:
    """Bea was asked question 1, which has a follow-up in English and Spanish."""
    async with world.database.sessions.begin() as session:
        texts = {"en": "Can you give an example?", "es": ASKED_ON}
        await session.execute(update(Question).where(Question.position == 0).values(follow_up=texts))
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    return bea


@pytest.fixture
@scene
async def asked_on(world: World, asked: Phone) -> Phone:
    """She replied in three words, and was asked on."""
    await say(world, asked, "Aprendí a escuchar")
    await world.pass_time(minutes=5)
    return asked


@pytest.mark.on_either_database
async def test_a_short_reply_is_asked_on_once_below_it_and_the_answer_joins_it(world: World, asked: Phone) -> None:
    await say(world, asked, "Aprendí a escuchar")
    await world.pass_time(minutes=4)
    too_early = about(asked, ASKED_ON)
    await world.pass_time(minutes=1)
    follow_up = asked.received[-1]
    before = len(asked.received)
    await say(world, asked, "A mi vecina, que nunca hablaba en las reuniones")
    receipt, under = last(asked), buttons(asked)
    await world.pass_time(hours=1)
    await say(world, asked, "Otra cosa")  # an hour later, which is a reply of its own

    joined, other = await replies(world)
    assert too_early == []
    assert ASKED_ON in follow_up["text"]
    assert follow_up["reply_to_message"]["text"] == "Aprendí a escuchar"
    assert joined.text == "Aprendí a escuchar\n\nA mi vecina, que nunca hablaba en las reuniones"
    assert other.text == "Otra cosa"
    assert "1" in receipt
    assert under == ["takeback:1", "terms:r:1"]
    assert len(asked.received) == before + 2  # two receipts, and nobody asked her again
    assert await follow_ups(world) == [("sent", None)]


async def test_an_answer_that_is_sent_to_the_follow_up_joins_the_reply_days_later(
    world: World, asked_on: Phone
) -> None:
    follow_up = asked_on.received[-1]["message_id"]
    await world.pass_time(days=2)

    await say(world, asked_on, "Mi vecina", reply_to=follow_up)
    await say(world, asked_on, "Y su hermana", reply_to=follow_up)

    (reply,) = await replies(world)
    assert reply.text == "Aprendí a escuchar\n\nMi vecina\n\nY su hermana"


async def test_either_of_its_messages_can_be_edited_and_the_other_stays(world: World, asked_on: Phone) -> None:
    first = asked_on.received[-1]["reply_to_message"]["message_id"]
    second = (await say(world, asked_on, "Mi vecina"))["message_id"]

    await asked_on.edits(first, "Aprendí a callar")
    await world.settle()
    await asked_on.edits(second, "Mi vecina, sobre todo")
    await world.settle()
    await asked_on.edits_without_change(first)
    await world.settle()

    (reply,) = await replies(world)
    assert reply.text == "Aprendí a callar\n\nMi vecina, sobre todo"
    assert [one.text for one in reply.additions] == ["Mi vecina, sobre todo"]


async def test_a_spoken_answer_joins_the_reply_with_its_file(world: World, asked_on: Phone) -> None:
    await asked_on.sends_file("voice", duration=9)
    await world.settle()

    (reply,) = await replies(world)
    assert (reply.kind, reply.text) == ("voice", "Aprendí a escuchar")
    assert [part.kind for part in reply.attachments] == ["voice"]


async def test_who_goes_on_writing_is_not_interrupted_and_who_says_enough_not_asked(world: World, asked: Phone) -> None:
    await say(world, asked, "Aprendí a escuchar")
    await world.pass_time(minutes=3)
    await say(world, asked, "A mi vecina")
    await world.pass_time(minutes=3)
    meanwhile = await follow_ups(world)
    await say(world, asked, "Nunca hablaba en las reuniones, y cuando por fin le preguntamos tenía mucho que contar.")
    await world.pass_time(minutes=9)

    assert meanwhile == [("planned", None)]
    assert await follow_ups(world) == [("dropped", "said enough")]
    assert about(asked, ASKED_ON) == []


async def test_a_long_reply_and_a_spoken_one_are_never_asked_on(world: World, asked: Phone) -> None:
    await say(world, asked, "una palabra tras otra " * 5)
    await asked.sends_file("voice")
    await world.settle()
    await world.pass_time(hours=1)

    assert await follow_ups(world) == []


@pytest.mark.parametrize(
    "no", ["not this week", "stop", "withdrawn", "pause", "left", "no reminders", "hidden", "erased"]
)
async def test_who_says_no_to_anything_is_not_asked_on(world: World, asked: Phone, no: str) -> None:
    await say(world, asked, "Aprendí a escuchar")
    match no:
        case "not this week":
            await press(world, asked, "skip:1")
        case "stop":
            await say(world, asked, "basta")
        case "withdrawn":
            await press(world, asked, "takeback:1")
        case "pause":
            async with world.database.sessions.begin() as session:
                await session.execute(update(Person).values(paused_until=MONDAY + timedelta(days=1)))
        case "left":
            await say(world, asked, "/leave")
            await asked.taps("Salir")
            await world.settle()
            await press(world, asked, newest(asked, "left:"))
            await press(world, asked, "join:1")  # taken back at once
        case "no reminders":
            async with world.database.sessions.begin() as session:
                await session.execute(update(Member).values(reminders=False))
        case "hidden":
            async with world.database.sessions.begin() as session:
                await session.execute(update(Reply).values(visibility=Visibility.HIDDEN))
        case "erased":
            async with world.database.sessions.begin() as session:
                person = (await session.scalars(select(Person).where(Person.telegram_id == BEA))).one()
                await session.delete(person)
    await world.pass_time(minutes=5)
    await world.pass_time(days=2)

    assert about(asked, ASKED_ON) == []
    assert not any(state in {"planned", "sent"} for state, _ in await follow_ups(world))


async def test_nobody_is_asked_on_at_night_nor_once_the_question_has_closed(world: World, asked: Phone) -> None:
    await world.until(MONDAY + timedelta(hours=11, minutes=57))
    await say(world, asked, "Aprendí a escuchar")
    await world.pass_time(minutes=30)
    at_night = about(asked, ASKED_ON)
    await world.until(MONDAY + timedelta(hours=23))

    assert at_night == []
    assert len(about(asked, ASKED_ON)) == 1

    async with world.database.sessions.begin() as session:
        await session.execute(update(Question).where(Question.position == 1).values(follow_up={"es": "¿Y luego?"}))
    await world.until(MONDAY + 2 * WEEK - timedelta(minutes=2))
    await say(world, asked, "Poco", reply_to=asked.received[-1]["message_id"])
    await world.pass_time(minutes=5)

    assert about(asked, "¿Y luego?") == []


async def test_a_language_without_a_follow_up_has_none(world: World, asked: Phone, chloe: Phone) -> None:
    await join(world, chloe)
    await say(world, chloe, "Écouter")
    await world.pass_time(minutes=6)

    assert await follow_ups(world) == [("dropped", "no follow-up in their language")]
    assert len(asked.received)


@pytest.mark.parametrize("changed", ["audience", "naming", "hidden"])
async def test_an_answer_on_other_terms_than_the_reply_s_is_a_reply_of_its_own(
    world: World, asked_on: Phone, changed: str
) -> None:
    async with world.database.sessions.begin() as session:
        if changed == "audience":
            await session.execute(update(Member).values(audience=Audience.MODERATORS))
        elif changed == "naming":
            await session.execute(update(Member).values(naming=Naming.ANONYMOUS))
        else:
            await session.execute(update(Reply).values(visibility=Visibility.HIDDEN))

    await say(world, asked_on, "Mi vecina")

    first, second = await replies(world)
    assert (first.text, second.text) == ("Aprendí a escuchar", "Mi vecina")
    assert (second.audience is Audience.MODERATORS) == (changed == "audience")


async def test_where_moderators_approve_first_the_answer_waits_with_its_reply(world: World, asked_on: Phone) -> None:
    async with world.database.sessions.begin() as session:
        await session.execute(update(Dialogue).values(moderation=Moderation.BEFORE))

    await say(world, asked_on, "Mi vecina")

    (reply,) = await replies(world)
    assert (reply.visibility, reply.text) == (Visibility.WAITING, "Aprendí a escuchar\n\nMi vecina")


async def test_a_follow_up_of_which_nobody_knows_whether_it_arrived_is_not_sent_again(
    world: World, asked: Phone
) -> None:
    await say(world, asked, "Aprendí a escuchar")
    world.sandbox.faults.add("sendMessage", drop="after")
    await world.pass_time(minutes=5)
    uncertain = await follow_ups(world)
    async with world.database.sessions.begin() as session:
        await ledger.send_again(session, dialogue_id=1, now=world.clock.now())
    await world.pass_time(minutes=5)
    await say(world, asked, "Mi vecina")

    (reply,) = await replies(world)
    assert [state for state, _ in uncertain] == ["uncertain"]
    assert len(about(asked, ASKED_ON)) == 1
    assert reply.text.endswith("Mi vecina")
