import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import psycopg
import pytest
from planting import MONDAY
from scenes import scene
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from steps import about, join, last, say, texts
from structlog.testing import capture_logs
from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler
from world import World, settings_for

from bot.app.application import Bot
from bot.database import Database
from bot.features.health.actions import findings
from bot.features.health.actions.findings import Matter
from bot.features.menu import texts as menu_texts
from bot.features.replies import texts as reply_texts
from bot.i18n import translator
from bot.inbound.worker import IN_HAND
from bot.inbox import updates as inbox_updates
from bot.inbox.updates import RawUpdate
from bot.models import InboxState, InboxUpdate, Reply
from bot.sandbox import Clock, Phone, Sandbox
from bot.telegram.context import current_work

PATIENCE = 20.0
BACKLOG = int(os.environ.get("BACKLOG", "1600"))

# Stands for any fault of ours: the words can't be kept, whatever the handler does.
POISON = """
CREATE TRIGGER refuse BEFORE INSERT ON reply WHEN NEW.text LIKE '%veneno%' BEGIN SELECT RAISE(ABORT, 'poison'); END
"""
NOTHING_IS_WRITTEN_DOWN = """
CREATE TRIGGER away BEFORE UPDATE OF error ON inbox BEGIN SELECT RAISE(ABORT, 'away'); END
"""
FAILED = menu_texts.something_failed(translator("es"))


@pytest.fixture
@scene
async def _asked(world: World, dialogue: str, bea: Phone, chloe: Phone) -> None:
    """Bea and Chloé were asked question 1 of the dialogue."""
    assert dialogue
    await join(world, bea)
    await join(world, chloe)
    await world.until(MONDAY)


async def run(world: World, statement: str) -> None:
    async with world.database.sessions.begin() as session:
        await session.execute(text(statement))


async def kept(world: World) -> list[str]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply.text).order_by(Reply.id)))


async def newest(world: World) -> InboxUpdate:
    async with world.database.readers() as session:
        found = await session.scalars(select(InboxUpdate).order_by(InboxUpdate.id.desc()).limit(1))
        return found.one()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An update that failed is tried again almost at once."""
    monkeypatch.setattr("bot.inbound.worker.RETRY_SECONDS", 0.02)


@pytest.mark.usefixtures("_asked")
async def test_what_comes_from_one_chat_is_worked_off_in_its_order(world: World, bea: Phone) -> None:
    said = [f"Paso {number}" for number in range(30)]

    for words in said:
        await bea.sends(words)
    await world.settle()

    assert await kept(world) == said


@pytest.mark.usefixtures("_asked")
async def test_while_one_chat_is_stuck_the_others_are_answered_and_its_own_order_is_kept(
    world: World, bea: Phone, chloe: Phone
) -> None:
    await run(world, POISON)
    await bea.sends("Es veneno")
    await bea.sends("Lo que sigue")
    await chloe.sends("Tout va bien")

    await chloe.receives("Merci")
    meanwhile = await kept(world)
    await world.settle()

    assert meanwhile == ["Tout va bien"]
    assert await kept(world) == ["Tout va bien", "Lo que sigue"]


@pytest.mark.usefixtures("_asked", "impatient")
async def test_a_fault_that_passes_costs_nothing(world: World, bea: Phone) -> None:
    await run(world, POISON)
    await bea.sends("Es veneno")
    while (await newest(world)).attempts == 0:  # noqa: ASYNC110 - the bot tells nobody that it failed
        await asyncio.sleep(0.001)

    await run(world, "DROP TRIGGER refuse")
    await world.settle()

    assert await kept(world) == ["Es veneno"]
    assert (await newest(world)).state is InboxState.DONE
    assert about(bea, FAILED) == []


@pytest.mark.usefixtures("_asked", "impatient")
async def test_an_update_that_fails_three_times_is_parked_with_its_traceback_and_the_person_is_told_once(
    world: World, bea: Phone
) -> None:
    await run(world, POISON)

    await say(world, bea, "Es veneno")

    parked = await newest(world)
    assert (parked.state, parked.attempts) == (InboxState.PARKED, 3)
    assert "Traceback" in (parked.error or "")
    assert "poison" in (parked.error or "")
    assert "Es veneno" in parked.raw
    assert "veneno" not in (parked.error or "")  # what people say is not to be found in logs
    assert len(about(bea, FAILED)) == 1
    async with aiohttp.ClientSession() as client, client.get(f"{world.bot.server.url}/metrics") as page:
        shown = await page.text()
        assert 'vdialogue_inbox_updates{state="parked"} 1.0' in shown
        assert "vdialogue_inbox_parked_chats 1.0" in shown


@pytest.mark.usefixtures("_asked", "impatient")
async def test_an_update_that_nobody_can_read_is_parked_at_the_first_attempt_and_stops_nothing(
    world: World, bea: Phone
) -> None:
    broken = "INSERT INTO inbox (update_id, fingerprint, lane, raw, received_at, state, attempts) VALUES "
    await run(world, f"{broken} (1, 'x', {bea.user_id}, 'no JSON', '2026-11-30 09:00:00', 'new', 0)")
    world.bot.worker.look_again()

    await say(world, bea, "Sigo aquí")

    assert await kept(world) == ["Sigo aquí"]
    async with world.database.readers() as session:
        parked = (await session.scalars(select(InboxUpdate).where(InboxUpdate.raw == "no JSON"))).one()
    assert (parked.state, parked.attempts) == (InboxState.PARKED, 1)


@pytest.mark.usefixtures("_asked", "impatient")
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"status": 400}, "an update failed"),
        ({"status": 502}, "an answer did not arrive"),
        ({"drop": "after"}, "an answer did not arrive"),
    ],
)
async def test_what_was_kept_is_not_kept_again_because_the_answer_failed_and_only_a_fault_of_ours_is_traced(
    world: World, bea: Phone, fault: dict[str, int | str], told: str
) -> None:
    world.sandbox.faults.add("sendMessage", **fault)  # type: ignore[arg-type]  # a test's few words

    with capture_logs() as logs:
        await say(world, bea, "Una vez")

    done = await newest(world)
    assert await kept(world) == ["Una vez"]
    assert (done.state, done.attempts) == (InboxState.DONE, 0)
    ours = told == "an update failed"
    assert (done.error is not None) is ours
    assert len(about(bea, FAILED)) == ours
    async with world.database.readers() as session:
        found = {each.matter: each.count for each in await findings.examine(session, now=world.clock.now())}
    assert found.get(Matter.UNANSWERED, 0) == ours
    refused = world.bot.vitals.registry.get_sample_value("vdialogue_answers_refused_total")
    assert refused == ours
    assert [(line["event"], "exc_info" in line) for line in logs] == [(told, told == "an update failed")]


@pytest.mark.usefixtures("_asked")
async def test_an_answer_that_telegram_puts_off_for_hours_holds_up_nothing_that_follows(
    world: World, bea: Phone
) -> None:
    world.sandbox.faults.add("sendMessage", status=429, retry_after=3 * 3600)

    await say(world, bea, "Uno")
    await say(world, bea, "Dos")

    assert await kept(world) == ["Uno", "Dos"]


@pytest.mark.usefixtures("_asked")
async def test_an_update_of_a_kind_nobody_handles_is_done_and_answered_by_nothing(world: World, bea: Phone) -> None:
    before = len(texts(bea))

    await bea.sends_raw({"new_chat_title": "Nuevo título"})
    await world.settle()

    assert (await newest(world)).state is InboxState.DONE
    assert len(texts(bea)) == before


@pytest.mark.usefixtures("_asked")
async def test_what_waits_in_the_inbox_when_the_bot_begins_is_worked_off(world: World, bea: Phone) -> None:
    await say(world, bea, "Antes")
    assert "Gracias" in last(bea)
    await run(world, "DELETE FROM reply")
    await run(world, "UPDATE inbox SET state = 'new' WHERE raw LIKE '%Antes%'")

    world.bot.worker.look_again()
    await world.settle()

    assert await kept(world) == ["Antes"]


@asynccontextmanager
async def handling(
    sandbox: Sandbox, database: Database, url: str, clock: Clock, handle: Callable[[int], Awaitable[None]], *lanes: int
) -> AsyncIterator[Bot]:
    """A bot in whose inbox an update of each lane waits (numbered from 1), and that does nothing but `handle` each."""

    async def on_update(update: Update, _context: object) -> None:
        await handle(update.update_id)
        raise ApplicationHandlerStop

    async with database.sessions.begin() as session:
        waiting = [RawUpdate(number, lane, f'{{"update_id": {number}}}') for number, lane in enumerate(lanes, 1)]
        await inbox_updates.keep(session, waiting, now=MONDAY)
    bot = Bot(settings_for(sandbox, url), database, clock=clock.now)
    bot.application.add_handler(TypeHandler(Update, on_update), group=-1)
    async with bot.running():
        yield bot


async def test_a_backlog_far_beyond_what_is_in_hand_is_worked_off_without_waiting_for_a_tick(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock
) -> None:
    async def take_a_while(number: int) -> None:
        await asyncio.sleep(number % 13 / 500)

    async with handling(sandbox, database, sqlite_url, clock, take_a_while, *range(1, BACKLOG + 1)):
        left = await _left_at_last(database)

    assert left == 0


class Held:
    """Lets some updates wait until they are released, and knows which others were handled."""

    def __init__(self, *numbers: int) -> None:
        self._numbers, self.released, self.handled = set(numbers), asyncio.Event(), list[int]()

    async def __call__(self, number: int) -> None:
        if number in self._numbers:
            await self.released.wait()
        self.handled.append(number)


async def until_handled(held: Held, number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while number not in held.handled:  # noqa: ASYNC110 - the handlers of a test
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("once", "begun"), [(False, 2), (True, 1)])
async def test_what_was_done_before_the_database_went_away_is_answered_once_it_is_back(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock, *, once: bool, begun: int
) -> None:
    """And what was done once is not done again, for an answer."""
    times: list[int] = []

    async def lose_the_database_behind_it(number: int) -> None:
        times.append(number)
        work = current_work.get()
        work.once = once
        async with database.sessions.begin() as session:
            await inbox_updates.settle(session, work.inbox_id, was_owed=work.owed or work.done, over=once)
        work.done = True
        if len(times) == 1:
            raise OperationalError("", {}, psycopg.errors.AdminShutdown())

    async with database.sessions.begin() as session:
        await session.execute(text(NOTHING_IS_WRITTEN_DOWN))
    async with handling(sandbox, database, sqlite_url, clock, lose_the_database_behind_it, 1) as bot:
        left = await _left_at_last(database)
        held = len(bot.worker._hand)  # noqa: SLF001 - what stays there is never looked at again

    assert (left, held, times) == (0, 0, [1] * begun)


async def test_one_chat_that_is_stuck_with_a_flood_keeps_nobody_else_waiting_and_its_order(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock
) -> None:
    flood, held = 600, Held(*range(1, 601))
    in_lanes = [7] * flood

    async with handling(sandbox, database, sqlite_url, clock, held, *in_lanes, 8) as bot:
        await until_handled(held, flood + 1)
        meanwhile = list(held.handled)
        held.released.set()
        await bot.worker.settled()

    assert meanwhile == [flood + 1]
    assert held.handled == [flood + 1, *range(1, flood + 1)]


async def test_what_belongs_to_no_chat_shares_nobody_s_fate(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock
) -> None:
    held = Held(1)

    async with handling(sandbox, database, sqlite_url, clock, held, 0, 0):
        await until_handled(held, 2)
        held.released.set()

    assert held.handled[0] == 2


async def test_updates_that_fail_hold_no_place_until_their_next_attempt(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbound.worker.RETRY_SECONDS", 10 * PATIENCE)
    held, failing = Held(), 2 * IN_HAND

    async def fail(number: int) -> None:
        if number <= failing:
            raise RuntimeError(number)
        await held(number)

    async with handling(sandbox, database, sqlite_url, clock, fail, *range(1, failing + 2)):
        await until_handled(held, failing + 1)

    assert held.handled == [failing + 1]


async def test_nothing_is_handled_twice_however_often_the_inbox_is_looked_through(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock
) -> None:
    """What is being written down as done while the worker looks is still seen to wait by that look."""
    handled: list[int] = []

    async def take_a_while(number: int) -> None:
        await asyncio.sleep(number / 1000)
        handled.append(number)

    async with handling(sandbox, database, sqlite_url, clock, take_a_while, *range(1, 201)) as bot:
        while len(handled) < 200:
            bot.worker.look_again()
            await asyncio.sleep(0)
        await bot.worker.settled()

    assert sorted(handled) == list(range(1, 201))


async def _left_at_last(database: Database) -> int:
    """How many updates wait once that number no longer changes for a second, which is less than the time between ticks."""
    counts = [-1]
    while len(set(counts[-20:])) > 1 or len(counts) < 20:
        async with database.readers() as session:
            count = await session.scalar(select(func.count()).where(InboxUpdate.state == InboxState.NEW))
        counts.append(count or 0)
        await asyncio.sleep(0.05)
    return counts[-1]


async def test_what_was_done_long_ago_is_forgotten_when_the_bot_begins_and_what_waits_for_a_person_stays(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock
) -> None:
    async with database.sessions.begin() as session:
        session.add_all(
            InboxUpdate(update_id=1, fingerprint=str(state), lane=7, raw="{}", received_at=MONDAY, state=state)
            for state in InboxState
            if state is not InboxState.NEW
        )
    clock.advance_to(MONDAY + timedelta(days=9))

    async with Bot(settings_for(sandbox, sqlite_url), database, clock=clock.now).running():
        left = await _until_forgotten(database)

    assert left == [InboxState.PARKED]


async def _until_forgotten(database: Database) -> list[InboxState]:
    for _ in range(100):
        async with database.readers() as session:
            left = list(await session.scalars(select(InboxUpdate.state)))
        if InboxState.DONE not in left:
            break
        await asyncio.sleep(0.02)
    return left


@pytest.mark.usefixtures("_asked")
async def test_of_a_flood_all_is_kept_and_it_is_thanked_for_once(world: World, bea: Phone) -> None:
    said = [f"Paso {number}" for number in range(40)]
    for words in said:
        await bea.sends(words)

    await world.settle()

    assert await kept(world) == said
    assert len(about(bea, reply_texts.all_recorded(translator("es")))) == 1
    assert len(about(bea, "Quedan guardadas 5 respuestas suyas")) == 1
    assert len(about(bea, "Gracias")) == 1


async def test_what_others_are_to_work_on_is_left_once_what_was_begun_has_ended(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock
) -> None:
    held, mine = Held(1), {7, 8}
    async with handling(sandbox, database, sqlite_url, clock, held, 7, 7, 8) as bot:
        await _has_handled(held, 3)
        bot.worker._owns = mine.__contains__  # noqa: SLF001 - as the locks would say
        mine.discard(7)
        while_begun = bot.worker.leave(lambda lane: lane == 7)
        held.released.set()
        async with asyncio.timeout(PATIENCE):
            while not bot.worker.leave(lambda lane: lane == 7):  # noqa: ASYNC110 - the handlers of a test
                await asyncio.sleep(0.01)
        left = await _waiting(database)
        mine.add(7)

    assert not while_begun
    assert held.handled == [3, 1, *([2] if 2 in held.handled else [])]
    assert set(left) <= {2}


async def test_what_was_begun_for_a_chat_that_is_another_s_by_now_is_broken_off_and_waits_for_it(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock
) -> None:
    held, mine = Held(1), {7, 8}
    async with handling(sandbox, database, sqlite_url, clock, held, 7, 8) as bot:
        await _has_handled(held, 2)
        bot.worker._owns = mine.__contains__  # noqa: SLF001 - as the locks would say
        mine.discard(7)
        bot.worker.abandon()
        await asyncio.sleep(0.05)
        held.released.set()
        is_free = bot.worker.leave(lambda lane: lane == 7)
        left = await _waiting(database)

    assert (held.handled, left, is_free) == ([2], [1], True)


async def _has_handled(held: Held, number: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while number not in held.handled:  # noqa: ASYNC110 - the handlers of a test
            await asyncio.sleep(0.01)


async def _waiting(database: Database) -> list[int]:
    async with database.readers() as session:
        return list(await session.scalars(select(InboxUpdate.id).where(InboxUpdate.state == InboxState.NEW)))


async def test_what_another_process_did_meanwhile_is_left_at_that(
    sandbox: Sandbox, database: Database, sqlite_url: str, clock: Clock
) -> None:
    """This one stood still in the middle of it."""
    times: list[int] = []

    async def be_overtaken(number: int) -> None:
        times.append(number)
        async with database.sessions.begin() as session:
            await inbox_updates.mark_done(session, number)
        async with database.sessions.begin() as session:
            await inbox_updates.settle(session, number, was_owed=False, over=False)

    async with handling(sandbox, database, sqlite_url, clock, be_overtaken, 7) as bot:
        left = await _left_at_last(database)
        held = len(bot.worker._hand)  # noqa: SLF001 - what stays there is never looked at again

    assert (left, held, times) == (0, 0, [1])
