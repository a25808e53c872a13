import asyncio
from datetime import timedelta

import pytest
from planting import MONDAY, WEEK
from sqlalchemy import update
from steps import about, buttons, join, last, press, say
from world import World

from bot.features.dialogues.actions import files
from bot.models import Person, Question
from bot.sandbox import Phone

QUESTION = {
    "ada": "What have you learned in step 1?",
    "bea": "¿Qué ha aprendido en el paso 1?",
    "chloe": "Qu’avez-vous appris à l’étape 1 ?",
    "dalia": "ماذا تعلّمتم في الخطوة 1؟",
}


@pytest.mark.on_either_database
@pytest.mark.usefixtures("dialogue")
async def test_each_member_is_asked_once_in_their_own_language(
    world: World, ada: Phone, bea: Phone, chloe: Phone, dalia: Phone
) -> None:
    cast = {"ada": ada, "bea": bea, "chloe": chloe, "dalia": dalia}
    for phone in cast.values():
        await join(world, phone)

    await world.until(MONDAY)
    await world.pass_time(hours=1)

    for name, phone in cast.items():
        assert len(about(phone, QUESTION[name])) == 1


@pytest.mark.usefixtures("dialogue")
async def test_a_question_says_its_number_title_prompts_and_until_when_in_the_member_s_zone(
    world: World, ada: Phone
) -> None:
    await join(world, ada)
    async with world.database.sessions.begin() as session:
        await session.execute(update(Person).values(timezone="America/Lima"))

    await world.until(MONDAY + timedelta(hours=5))

    assert "Question 1 of 3: \u2068Step 1\u2069" in last(ada)
    assert "• With whom?\n• Where?" in last(ada)
    assert "until \u2068Monday 7 December at 09:00\u2069." in last(ada)  # by her own clock, that needs no name


@pytest.mark.usefixtures("dialogue")
async def test_the_night_is_quiet_and_the_morning_brings_the_question(world: World, ada: Phone) -> None:
    await join(world, ada)
    async with world.database.sessions.begin() as session:
        await session.execute(update(Question).values(opens=(MONDAY + timedelta(hours=13)).replace(tzinfo=None)))

    await world.until(MONDAY + timedelta(hours=13))
    at_night = about(ada, "step 1")
    await world.until(MONDAY + timedelta(hours=23))

    assert at_night == []
    assert len(about(ada, "step 1")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_who_has_not_replied_is_reminded_and_who_has_is_not(world: World, ada: Phone, bea: Phone) -> None:
    await join(world, ada)
    await join(world, bea)
    await world.until(MONDAY)
    await say(world, bea, "Aprendí a preguntar.")

    await world.until(MONDAY + timedelta(days=5))

    assert len(about(ada, "We would be glad to hear your view")) == 1
    assert buttons(ada) == ["skip:1", "hush:1"]
    assert len(about(bea, "paso 1")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_not_this_week_leaves_the_next_week_s_reminder(world: World, ada: Phone) -> None:
    await join(world, ada)
    await world.until(MONDAY)
    await world.until(MONDAY + timedelta(days=5))
    await press(world, ada, "skip:1")
    await world.until(MONDAY + WEEK)

    await world.until(MONDAY + WEEK + timedelta(days=5))

    assert len(about(ada, "We would be glad to hear your view")) == 2


@pytest.mark.usefixtures("dialogue")
async def test_no_more_reminders_ends_them_but_not_the_questions(world: World, ada: Phone) -> None:
    await join(world, ada)
    await world.until(MONDAY)
    await world.until(MONDAY + timedelta(days=5))
    await press(world, ada, "hush:1")
    await world.until(MONDAY + WEEK)

    await world.until(MONDAY + WEEK + timedelta(days=5))

    assert len(about(ada, "We would be glad to hear your view")) == 1
    assert len(about(ada, "What have you learned in step 2?")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_during_a_pause_nothing_comes_and_at_its_end_the_open_question(world: World, ada: Phone) -> None:
    await join(world, ada)
    await say(world, ada, "/pause")
    await press(world, ada, "pause:open")
    await world.until(MONDAY)
    during = about(ada, "step 1")

    await say(world, ada, "/pause")
    await press(world, ada, "resume")

    assert during == []
    assert len(about(ada, "step 1")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_a_send_that_may_have_arrived_is_not_repeated_and_the_reminder_carries_the_question(
    world: World, ada: Phone
) -> None:
    await join(world, ada)
    world.sandbox.faults.add(method="sendMessage", drop="after")

    await world.until(MONDAY)
    await world.pass_time(hours=1)
    held = await world.deliveries()
    await world.until(MONDAY + timedelta(days=5))

    assert len(about(ada, "What have you learned in step 1?")) == 2  # shown though unanswered, then with the reminder
    assert ("question", "uncertain") in [delivery[:2] for delivery in held]
    assert ("question", "sent", "the reminder brought it") in await world.deliveries()


@pytest.mark.usefixtures("dialogue")
async def test_a_refusal_for_a_while_is_waited_out(world: World, ada: Phone) -> None:
    await join(world, ada)
    world.sandbox.faults.add(method="sendMessage", status=429, retry_after=1)

    await world.until(MONDAY)
    too_soon = about(ada, "step 1")
    await asyncio.sleep(1)  # Telegram's waits last as long as they last, whatever clock dialogues go by
    await world.pass_time(seconds=30)

    assert too_soon == []
    assert len(about(ada, "step 1")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_a_posted_question_whose_wording_changes_is_edited_where_it_stands(world: World, ada: Phone) -> None:
    await join(world, ada)
    await world.until(MONDAY)
    async with world.database.sessions.begin() as session:
        file = await files.export_file(session, "training")
        better = file.questions[0].model_copy(update={"text": {"en": "What has step 1 taught you?"}})
        file = file.model_copy(update={"questions": (better, *file.questions[1:])})
        await files.import_file(session, file, now=MONDAY)

    await world.settle()

    assert about(ada, "What have you learned in step 1?") == []
    assert len(about(ada, "What has step 1 taught you?")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_a_reply_shows_that_an_uncertain_question_did_arrive(world: World, ada: Phone) -> None:
    await join(world, ada)
    world.sandbox.faults.add(method="sendMessage", drop="after")
    await world.until(MONDAY)

    await say(world, ada, "I did get it.")

    assert ("question", "sent", "they replied") in await world.deliveries()


@pytest.mark.usefixtures("dialogue")
async def test_a_moderator_has_uncertain_questions_sent_again(world: World, ada: Phone, bea: Phone) -> None:
    await say(world, ada, "/start")
    await join(world, bea)
    world.sandbox.faults.add(method="sendMessage", drop="before")
    await world.until(MONDAY)
    missing = about(bea, "paso 1")
    await say(world, ada, "/digest")

    await press(world, ada, "again:1")

    assert missing == []
    assert len(about(bea, "paso 1")) == 1
