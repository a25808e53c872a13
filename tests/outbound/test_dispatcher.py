import asyncio
from datetime import timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select, text, update
from steps import about, join, press, texts
from world import World

from bot.models import Question, State
from bot.sandbox import Phone
from bot.telegram.gate.slots import WINDOW_SECONDS, Slot


async def join_all(world: World, *phones: Phone) -> None:
    for phone in phones:
        await join(world, phone)


@pytest.mark.usefixtures("dialogue")
async def test_one_letter_that_can_t_be_written_stops_no_other(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    await join_all(world, ada, bea, chloe)
    async with world.database.sessions.begin() as session:
        question = (await session.scalars(select(Question).order_by(Question.id))).first()
        assert question is not None
        question.text = {**question.text, "es": None}  # type: ignore[dict-item]  # what no file can bring about

    await world.until(MONDAY)
    await world.pass_time(hours=1)

    assert len(about(ada, "step 1")) == 1
    assert len(about(chloe, "l’étape 1")) == 1
    assert about(bea, "paso 1") == []
    states = [(kind, state) for kind, state, _ in await world.deliveries() if kind == "question"]
    assert sorted(states) == [("question", "planned"), ("question", "sent"), ("question", "sent")]


@pytest.mark.usefixtures("dialogue")
async def test_a_letter_that_could_not_be_written_goes_out_once_it_can_be(world: World, bea: Phone) -> None:
    await join(world, bea)
    async with world.database.sessions.begin() as session:
        question = (await session.scalars(select(Question).order_by(Question.id))).first()
        assert question is not None
        wording, question.text = question.text, {**question.text, "es": None}  # type: ignore[dict-item]  # as above
    await world.until(MONDAY)
    held_back = list(about(bea, "paso 1"))

    async with world.database.sessions.begin() as session:
        await session.execute(update(Question).where(Question.id == question.id).values(text=wording))
    await world.pass_time(minutes=16)

    assert held_back == []
    assert len(about(bea, "paso 1")) == 1
    assert ("question", "sent", None) in await world.deliveries()


@pytest.mark.usefixtures("dialogue")
async def test_one_chat_that_telegram_refuses_stops_no_other(world: World, ada: Phone, bea: Phone) -> None:
    await join_all(world, ada, bea)
    world.sandbox.faults.add("sendMessage", chat_id=ada.user_id, status=400, description="message is too long")

    await world.until(MONDAY)

    assert about(ada, "step 1") == []
    assert len(about(bea, "paso 1")) == 1
    assert ("question", "dropped", "Message is too long") in await world.deliveries()


@pytest.mark.usefixtures("dialogue")
async def test_the_note_comes_before_the_question_also_when_it_is_slow(world: World, bea: Phone, chloe: Phone) -> None:
    await world.until(MONDAY)
    world.sandbox.faults.add("sendMessage", delay=0.1, times=6)

    await join_all(world, bea, chloe)

    for phone, note, question in [(bea, "Lo que puede", "paso 1"), (chloe, "What training", "l’étape 1")]:
        (at_note,) = [index for index, words in enumerate(texts(phone)) if note in words]
        (at_question,) = [index for index, words in enumerate(texts(phone)) if question in words]
        assert at_note < at_question


@pytest.mark.usefixtures("dialogue")
async def test_a_slow_chat_is_waited_for_beside_the_others(world: World, bea: Phone, chloe: Phone) -> None:
    await join_all(world, bea, chloe)
    world.sandbox.faults.add("sendMessage", chat_id=bea.user_id, delay=3)
    world.clock.advance_to(MONDAY)

    async with asyncio.TaskGroup() as tasks:
        tick = tasks.create_task(world.bot.tick())
        await chloe.receives("l’étape 1", timeout=2.9)
        unfinished = not tick.done()

    assert unfinished
    assert len(about(bea, "paso 1")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_two_ticks_at_once_send_nothing_twice(world: World, ada: Phone, bea: Phone, chloe: Phone) -> None:
    await join_all(world, ada, bea, chloe)
    world.clock.advance_to(MONDAY)

    await asyncio.gather(*(world.bot.tick() for _ in range(5)))

    assert [len(about(phone, words)) for phone, words in [(ada, "step 1"), (bea, "paso 1"), (chloe, "étape 1")]] == [
        1,
        1,
        1,
    ]


@pytest.mark.usefixtures("dialogue")
async def test_of_two_letters_to_one_person_the_second_waits_for_the_first(world: World, bea: Phone) -> None:
    async with world.database.sessions.begin() as session:
        session.add(planting.dialogue("water", title={"en": "Water"}))
    await world.bot.prepare()
    await join(world, bea)
    await bea.opens_link("water")
    await world.settle()
    await press(world, bea, "join:2")
    world.sandbox.faults.add("sendMessage", chat_id=bea.user_id, delay=0.4)
    world.clock.advance_to(MONDAY)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(world.bot.tick())
        await bea.receives("paso 1")
        await asyncio.sleep(0.2)  # Telegram has taken the first, and not answered yet
        meanwhile = len(about(bea, "paso 1"))

    assert meanwhile == 1
    assert len(about(bea, "paso 1")) == 2


@pytest.mark.usefixtures("dialogue")
async def test_what_telegram_puts_off_is_sent_when_it_said_and_the_rest_now(
    world: World, ada: Phone, bea: Phone
) -> None:
    await join_all(world, ada, bea)
    world.sandbox.faults.add("sendMessage", chat_id=ada.user_id, status=429, retry_after=1)

    await world.until(MONDAY)
    at_once = len(about(bea, "paso 1")), len(about(ada, "step 1"))
    await asyncio.sleep(1)  # Telegram's waits last as long as they last, whatever clock dialogues go by
    await world.pass_time(minutes=10)

    assert at_once == (1, 0)
    assert len(about(ada, "step 1")) == 1


@pytest.mark.usefixtures("dialogue")
@pytest.mark.parametrize("host_settings", [{"messages_per_second": 16}])
async def test_when_as_many_are_on_their_way_as_may_be_the_next_goes_once_one_has_arrived(world: World) -> None:
    phones = [world.sandbox.phone(user_id=2000 + number, first_name=f"M{number}") for number in range(7)]
    for phone in phones:
        await join(world, phone)
    world.sandbox.faults.add("sendMessage", delay=0.5, times=7)

    await world.until(MONDAY + timedelta(minutes=1))

    assert [len(about(phone, "What have you learned in step 1?")) for phone in phones] == [1] * 7


@pytest.mark.usefixtures("dialogue")
@pytest.mark.parametrize("host_settings", [{"messages_per_second": 30}])
async def test_slots_that_no_letter_needs_are_free_for_others(world: World, bea: Phone) -> None:
    await join(world, bea)
    await world.until(MONDAY)
    pace = world.bot.application.bot_data["house"].gate.free
    slots: list[Slot] = []

    await asyncio.sleep(WINDOW_SECONDS)
    async with asyncio.timeout(WINDOW_SECONDS):
        while len(slots) < pace.rate:
            slots += await pace.take(1)

    assert all(not slot.returned for slot in slots)


@pytest.mark.usefixtures("dialogue")
async def test_many_members_are_served_in_one_tick(world: World) -> None:
    phones = [world.sandbox.phone(user_id=2000 + number, first_name=f"M{number}") for number in range(40)]
    for phone in phones:
        await phone.opens_link("training")
    await world.settle()
    for phone in phones:
        await phone.taps(data="join:1")
    await world.settle()

    await world.until(MONDAY + timedelta(minutes=1))

    assert {len(about(phone, "What have you learned in step 1?")) for phone in phones} == {1}
    assert {state for kind, state, _ in await world.deliveries() if kind == "question"} == {State.SENT.value}


@pytest.mark.usefixtures("dialogue")
async def test_while_the_database_refuses_to_write_down_what_was_sent_nobody_is_forgotten_and_nobody_served_twice(
    world: World, ada: Phone, bea: Phone
) -> None:
    await join_all(world, ada, bea)
    await run(
        world,
        "CREATE TRIGGER refuse BEFORE UPDATE ON delivery WHEN NEW.state = 'sent' "
        "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    )
    world.clock.advance_to(MONDAY)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(world.bot.tick())
        await ada.receives("learned in step 1")
        await bea.receives("en el paso 1")
        await run(world, "DROP TRIGGER refuse")

    await world.pass_time(hours=1)
    await world.until(MONDAY + WEEK)

    for phone, words in [(ada, "learned in step"), (bea, "en el paso")]:
        assert len(about(phone, f"{words} 1")) == 1
        assert len(about(phone, f"{words} 2")) == 1
    states = [state for kind, state, _ in await world.deliveries() if kind == "question"]
    assert states == ["sent"] * 4


async def run(world: World, statement: str) -> None:
    async with world.database.sessions.begin() as session:
        await session.execute(text(statement))
