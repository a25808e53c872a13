"""A member of two dialogues whose questions are open at once keeps them apart without thinking."""

from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from scenes import scene
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from steps import about, buttons, join, last, press, say, texts
from world import World

from bot.features.discussion.actions import news
from bot.ledger import notices
from bot.models import Delivery, Kind, Member, NoticeKind, Person, Reply, Role
from bot.sandbox import Phone

pytestmark = pytest.mark.usefixtures("dialogue")


@pytest.fixture
@scene
async def ada(world: World) -> Phone:
    """Organises both."""
    ada = world.sandbox.phone(user_id=1001, first_name="Ada", language_code="en")
    await say(world, ada, "/start")
    return ada


@pytest.fixture
@scene
async def bea(world: World, ada: Phone) -> Phone:
    """Was asked question 1 of "Training" and of "Water"."""
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("water", title={"en": "Water"}))
    await world.bot.prepare()
    assert ada.user_id == 1001
    bea = world.sandbox.phone(user_id=1002, first_name="Bea", language_code="en")
    await join(world, bea)
    await bea.opens_link("water")
    await world.settle()
    await press(world, bea, "join:2")
    await world.until(MONDAY)
    return bea


async def replies(world: World) -> list[tuple[str, int]]:
    """What is kept, and in which dialogue."""
    async with world.database.readers() as session:
        found = await session.execute(select(Reply.text, Reply.dialogue_id).order_by(Reply.id))
        return [(row[0], row[1]) for row in found]


def place(phone: Phone, dialogue_id: int) -> str:
    """The button that puts a message into a dialogue; membership and dialogue have the same order."""
    places = sorted((data for data in buttons(phone) if data.startswith("place:")), key=lambda data: data.split(":")[3])
    return places[dialogue_id - 1]


@pytest.mark.on_either_database
async def test_typed_words_are_filed_nowhere_until_their_author_says_and_are_asked_about_once(
    world: World, bea: Phone
) -> None:
    await say(world, bea, "We share the well.")
    before, asked = await replies(world), len(texts(bea))

    await world.pass_time(hours=1)
    await press(world, bea, place(bea, 2))

    assert before == []
    assert len(texts(bea)) == asked
    assert await replies(world) == [("We share the well.", 2)]
    assert last(bea).startswith("\u2068Water\u2069")
    assert "question 1 is kept" in last(bea)


@pytest.mark.on_either_database
async def test_lines_in_a_row_are_asked_about_once_and_what_is_chosen_goes_for_all_of_them(
    world: World, bea: Phone
) -> None:
    await say(world, bea, "We share the well.")
    asked = place(bea, 2)
    await say(world, bea, "It is an hour away.")
    await bea.sends_file("photo", caption="The path.", album="a1")
    await bea.sends_file("photo", content=b"2", album="a1")
    await world.settle()
    cards = about(bea, "Which question does this message answer?")

    await press(world, bea, asked)

    assert len(cards) == 1
    assert about(bea, "What you choose above goes for it as well.")
    assert await replies(world) == [("We share the well.", 2), ("It is an hour away.", 2), ("The path.", 2)]
    assert about(bea, "3 replies to question 1 are kept.\nThe last one:")


async def test_a_line_long_after_is_asked_about_by_itself(world: World, bea: Phone) -> None:
    await say(world, bea, "We share the well.")
    before = place(bea, 2)
    await world.pass_time(minutes=6)
    await say(world, bea, "We have trained for it.")

    await press(world, bea, place(bea, 1))
    await press(world, bea, before)

    assert await replies(world) == [("We have trained for it.", 1), ("We share the well.", 2)]


async def test_a_choice_is_corrected_with_two_taps_and_counted_once(world: World, bea: Phone) -> None:
    await say(world, bea, "We share the well.")
    await press(world, bea, place(bea, 1))
    await world.settle()  # counted by now

    await press(world, bea, next(data for data in buttons(bea) if data.startswith("misplaced:")))
    between = await replies(world)
    await press(world, bea, place(bea, 2))

    assert between == []
    assert await replies(world) == [("We share the well.", 2)]


async def test_a_choice_holds_for_some_minutes_and_until_the_next_question_comes(world: World, bea: Phone) -> None:
    await say(world, bea, "We share the well.")
    await press(world, bea, place(bea, 2))

    await world.pass_time(minutes=4)
    await say(world, bea, "And the pump.")
    goes_on, out = last(bea), buttons(bea)
    await world.pass_time(minutes=6)
    await say(world, bea, "Nobody trained us.")

    assert await replies(world) == [("We share the well.", 2), ("And the pump.", 2)]
    assert goes_on.startswith("\u2068Water\u2069")
    assert "This, too" in goes_on
    assert out == ["misplaced:2", "takeback:2", "terms:r:2"]
    assert len([data for data in buttons(bea) if data.startswith("place:")]) == 2


async def test_whoever_is_in_two_dialogues_is_told_which_one_asks_reminds_and_can_be_hushed(
    world: World, bea: Phone
) -> None:
    asked = [text.split("\n")[0] for text in texts(bea) if "Question 1 of 3" in text]
    await world.until(MONDAY + planting.WEEK - timedelta(days=2))
    reminded = [text for text in texts(bea) if "still open" in text]
    await say(world, bea, "/me")
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("reminders:off:")))

    async with world.database.readers() as session:
        found = select(Member.reminders).join(Member.person).where(Member.joined_at.is_not(None)).order_by(Member.id)
        reminders = list(await session.scalars(found.where(Person.telegram_id == bea.user_id)))

    assert sorted(asked) == ["\u2068Training\u2069", "\u2068Water\u2069"]
    assert sorted("Water" in text for text in reminded) == [False, True]
    assert reminders == [False, True]
    assert last(bea).startswith("Reminders of \u2068Training\u2069 are off.")


async def test_whoever_is_in_two_dialogues_is_told_of_which_the_news_and_the_nudges_are(
    world: World, bea: Phone
) -> None:
    async with world.database.sessions.begin() as session:
        rows = await session.execute(select(Member.dialogue_id, Member.role, Member.id))
        members = {(row[0], row[1]): row[2] for row in rows}
        nudge = await notices.open_notice(
            session, NoticeKind.NUDGE, dialogue_id=2, question_id=4, now=MONDAY, texts={"en": "Do write."}
        )
        await notices.owe_member(session, nudge, members[2, Role.MEMBER], due_at=MONDAY)
    await world.settle()
    async with world.database.sessions.begin() as session:
        for number, (dialogue_id, question_id) in enumerate(((1, 1), (2, 4)), start=70):
            said = await planting.reply(
                session, members[dialogue_id, Role.MEMBER], message_id=number, question_id=question_id
            )
            response = await planting.reply(
                session,
                members[dialogue_id, Role.ORGANISER],
                message_id=number,
                question_id=question_id,
                parent_id=said.reply_id,
            )
            await news.owe_news(session, response.reply_id, now=MONDAY)
    await world.until(MONDAY + timedelta(hours=9, minutes=5))

    (nudged,), (told,) = about(bea, "Do write."), about(bea, "2 new responses")
    assert nudged.startswith("\u2068Water\u2069\n")
    assert told.index("Water") < told.index("Training"), "the newest first, each under its own"


async def test_what_others_have_answered_stays_where_it_is(world: World, bea: Phone) -> None:
    await say(world, bea, "We share the well.")
    await press(world, bea, place(bea, 1))
    async with world.database.sessions.begin() as session:
        await planting.reply(session, 1, message_id=77, parent_id=1)

    await press(world, bea, next(data for data in buttons(bea) if data.startswith("misplaced:")))

    assert ("We share the well.", 1) in await replies(world)
    assert "This reply stays where it is" in last(bea)


async def test_a_reply_to_either_question_s_message_needs_no_asking(world: World, bea: Phone) -> None:
    async with world.database.readers() as session:
        asked = select(Delivery.dialogue_id, Delivery.message_id).where(Delivery.kind == Kind.QUESTION)
        message_ids = {row.dialogue_id: row.message_id for row in await session.execute(asked)}

    await say(world, bea, "For water", reply_to=message_ids[2])
    await say(world, bea, "For training", reply_to=message_ids[1])

    assert await replies(world) == [("For water", 2), ("For training", 1)]
    assert not [data for data in buttons(bea) if data.startswith("place:")]


async def test_pseudonyms_differ_and_digests_and_exports_stay_apart(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, bea, "Trained.")
    await press(world, bea, place(bea, 1))
    await say(world, bea, "Watered.")
    await press(world, bea, next(data for data in buttons(bea) if data.startswith("misplaced:")))
    await press(world, bea, place(bea, 2))
    async with world.database.readers() as session:
        members = await session.scalars(select(Member).options(joinedload(Member.person)))
        pseudonyms = [
            one.pseudonym for one in members if one.person.telegram_id == bea.user_id and one.role is Role.MEMBER
        ]

    await world.pass_time(hours=2)
    await say(world, ada, "/digest")
    seen = len(ada.received)
    await press(world, ada, "digest:2:0")
    digest = "\n".join(texts(ada)[seen - 1 :])
    await say(world, ada, "/export")
    await press(world, ada, "exports:2")
    await press(world, ada, next(data for data in buttons(ada) if data.startswith("exported:") and "csv" in data))
    document = next(message["document"] for message in reversed(ada.received) if "document" in message)
    file = await world.bot.application.bot.get_file(document["file_id"])
    exported = (await file.download_as_bytearray()).decode("utf-8-sig")

    assert len(set(pseudonyms)) == 2
    assert "Watered." in digest
    assert "Trained." not in digest
    assert "Watered." in exported
    assert "Trained." not in exported
    first, second = pseudonyms
    assert first is not None
    assert not (first in exported and second is not None and second in exported)
