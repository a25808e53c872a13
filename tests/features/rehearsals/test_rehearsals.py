import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from planting import MONDAY
from sqlalchemy import func, select, update
from steps import say, texts
from world import ADA, World

from bot import authoring
from bot.core import members
from bot.core.plays import NoStage, PlayMaker, Scene, Script, Side
from bot.features.dialogues.actions import running
from bot.features.rehearsals.actions import rehearsals
from bot.features.rehearsals.actions.rehearsals import AlreadyRehearsing
from bot.features.rehearsals.jobs import Rehearser
from bot.models import Awaiting, Kind, Person, Question, Rehearsal
from bot.sandbox import Phone

SCENES = [
    Scene(MONDAY + timedelta(days=day), Side.MEMBER, Kind.QUESTION, f"Words of day {day}.", number=day + 1)
    for day in range(3)
]


class Known(NoStage):
    """A stage on which these scenes were played."""

    async def play(self, script: Script) -> Sequence[Scene]:
        assert script.company
        return SCENES


@pytest.fixture
async def begun(world: World, dialogue: str, ada: Phone) -> None:
    """Ada's rehearsal has begun; the bot's own job rests, so that the test says when it goes on."""
    await say(world, ada, "/start")
    async with world.database.sessions.begin() as session:
        file = await running.as_it_runs(session, dialogue)
        person = await members.known(session, telegram_id=ADA)
        assert person is not None
        await rehearsals.begin(session, person, file, language="es", now=world.clock.now())


def rehearser(world: World, stage: PlayMaker | None = None) -> Rehearser:
    house = replace(world.bot.application.bot_data["house"], stage=stage or Known())
    return Rehearser(world.bot.application.bot, house, is_ours=lambda: True)


def played(phone: Phone) -> list[str]:
    return [text for text in texts(phone) if "Words of day" in text]


async def going_on(world: World) -> int:
    async with world.database.readers() as session:
        return await session.scalar(select(func.count(Rehearsal.id))) or 0


@pytest.mark.usefixtures("begun")
async def test_after_a_restart_a_rehearsal_goes_on_where_it_was(world: World, ada: Phone) -> None:
    before = rehearser(world)
    await before.go_on()
    await before.go_on()

    after = rehearser(world)
    while await after.go_on():
        pass

    assert ["Words of day 0" in played(ada)[0], len(played(ada))] == [True, 3]
    assert "This was the rehearsal" in texts(ada)[-1]
    assert await going_on(world) == 0


@pytest.mark.usefixtures("begun")
async def test_a_message_that_telegram_puts_off_comes_later_and_once(world: World, ada: Phone) -> None:
    job = rehearser(world)
    await job.go_on()
    world.sandbox.faults.add("sendMessage", chat_id=ADA, status=429, retry_after=1)

    await job.go_on()
    await job.go_on()  # still waits
    waited = len(played(ada))
    async with asyncio.timeout(10):
        while len(played(ada)) < 3:
            await job.go_on()
            await asyncio.sleep(0.05)

    assert waited == 1
    assert [text.count("Words of day") for text in played(ada)] == [1, 1, 1]


@pytest.mark.usefixtures("begun")
async def test_a_rehearsal_ends_with_whoever_blocks_the_bot(world: World) -> None:
    world.sandbox.faults.add("sendMessage", chat_id=ADA, status=403)

    await rehearser(world).go_on()

    assert await going_on(world) == 0


@pytest.mark.usefixtures("begun")
async def test_what_can_t_be_played_is_said_and_over(world: World, ada: Phone) -> None:
    await rehearser(world, NoStage()).go_on()

    assert "could not be played through" in texts(ada)[-1]
    assert await going_on(world) == 0


@pytest.mark.usefixtures("begun")
async def test_nothing_comes_after_a_stop_and_what_is_typed_is_taken_as_ever(world: World, ada: Phone) -> None:
    job = rehearser(world)
    await job.go_on()
    async with world.database.sessions.begin() as session:
        ended = await rehearsals.end(session, ADA)

    await job.go_on()

    assert ended
    assert len(played(ada)) == 1
    async with world.database.readers() as session:
        assert await session.scalar(select(Person.awaiting).where(Person.telegram_id == ADA)) is None


@pytest.mark.usefixtures("begun")
async def test_nobody_has_two_rehearsals_and_what_else_is_asked_for_stays_asked_for(world: World) -> None:
    async with world.database.sessions.begin() as session:
        person = await members.known(session, telegram_id=ADA)
        assert person is not None
        file = await running.as_it_runs(session, "training")
        with pytest.raises(AlreadyRehearsing):
            await rehearsals.begin(session, person, file, language="fr", now=world.clock.now())
        person.awaiting = Awaiting.NAME

        await rehearsals.end(session, ADA)

        assert person.awaiting is Awaiting.NAME


@pytest.mark.usefixtures("begun")
async def test_what_is_rehearsed_is_kept_word_for_word_and_moment_for_moment(world: World) -> None:
    file = authoring.read(authoring.EXAMPLE.read_bytes()).dialogue
    assert file is not None
    async with world.database.sessions.begin() as session:
        await rehearsals.end(session, ADA)
        person = await members.known(session, telegram_id=ADA)
        assert person is not None
        await rehearsals.begin(session, person, file, language="es", now=world.clock.now())

    async with world.database.readers() as session:
        (kept,) = await rehearsals.playing(session)

    assert kept.file == file


@pytest.mark.usefixtures("begun")
async def test_a_question_is_shown_at_the_time_to_which_it_was_moved(world: World) -> None:
    moved = MONDAY.replace(tzinfo=None) + timedelta(hours=3)
    async with world.database.sessions.begin() as session:
        await session.execute(update(Question).where(Question.position == 0).values(opens=moved))

    async with world.database.readers() as session:
        file = await running.as_it_runs(session, "training")

    assert file.question_opens(0) == moved
