import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select, text
from telegram import Bot
from telegram.error import Conflict

from bot.database import Database
from bot.inbound.keeper import Keeper, NotKept
from bot.inbound.polling import Poller, lane_of, raw_update
from bot.inbox import updates
from bot.models import InboxState, InboxUpdate
from bot.sandbox import Clock, Phone, Sandbox
from bot.telegram.absence import Absence

REFUSE = """
CREATE TRIGGER refuse BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
"""


@pytest.fixture
def phone(sandbox: Sandbox) -> Phone:
    return sandbox.phone(user_id=1003, first_name="Chloé")


@pytest.fixture
def news() -> list[str]:
    """Grows when the worker is told that something came."""
    return []


@pytest.fixture
async def keeper(database: Database, clock: Clock, news: list[str]) -> AsyncIterator[Keeper]:
    keeper = Keeper(database, clock.now, lambda lanes: news.append(f"{len(lanes)} arrived"))
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(keeper.run())
        yield keeper
        running.cancel()


@pytest.fixture
def poller(api: Bot, keeper: Keeper) -> Poller:
    return Poller(api, keeper.keep, Absence())


@pytest.fixture
def begun_anew(api: Bot, keeper: Keeper) -> Poller:
    """The same after a restart."""
    return Poller(api, keeper.keep, Absence())


async def inbox(database: Database) -> list[InboxUpdate]:
    async with database.readers() as session:
        return list(await session.scalars(select(InboxUpdate).order_by(InboxUpdate.id)))


async def run(database: Database, statement: str) -> None:
    async with database.sessions.begin() as session:
        await session.execute(text(statement))


async def test_an_update_is_kept_whole_and_confirmed_by_the_next_request_only(
    poller: Poller, database: Database, sandbox: Sandbox, phone: Phone
) -> None:
    await phone.sends("Première")
    await poller.poll()
    confirmed_too_soon = sandbox.pending_updates == 0
    await phone.sends("Deuxième")
    await poller.poll()

    first, second = await inbox(database)
    assert not confirmed_too_soon
    assert sandbox.pending_updates == 1
    assert (first.lane, first.state, first.attempts) == (phone.user_id, InboxState.NEW, 0)
    assert first.received_at == sandbox.clock.now()
    assert '"text": "Première"' in first.raw
    assert '"text": "Deuxième"' in second.raw


async def test_the_worker_is_told_of_what_was_kept_and_of_nothing_else(
    poller: Poller, sandbox: Sandbox, phone: Phone, news: list[str]
) -> None:
    await phone.sends("Première")
    await poller.poll()
    await phone.sends("Deuxième")
    await poller.poll()
    sandbox.faults.add("getUpdates", status=409, description="terminated by other getUpdates request")

    with pytest.raises(Conflict):
        await poller.poll()

    assert news == ["1 arrived", "1 arrived"]


async def test_what_could_not_be_kept_is_not_confirmed_and_comes_again(
    poller: Poller, database: Database, sandbox: Sandbox, phone: Phone, news: list[str]
) -> None:
    await run(database, REFUSE)
    await phone.sends("Unique")
    with pytest.raises(NotKept):
        await poller.poll()
    with pytest.raises(NotKept):
        await poller.poll()
    pending_meanwhile = sandbox.pending_updates
    await run(database, "DROP TRIGGER refuse")

    await poller.poll()

    assert pending_meanwhile == 1
    assert len(await inbox(database)) == 1
    assert news == ["1 arrived"]


async def test_a_batch_of_which_something_can_t_be_kept_in_any_form_is_asked_for_again(
    poller: Poller, database: Database, phone: Phone
) -> None:
    await run(database, REFUSE.replace("ON inbox BEGIN", "ON inbox WHEN NEW.raw LIKE '%Deux%' BEGIN"))
    for words in ("Un", "Deux", "Trois"):
        await phone.sends(words)

    with pytest.raises(NotKept):
        await poller.poll()
    await run(database, "DROP TRIGGER refuse")
    await poller.poll()

    assert [json.loads(one.raw)["message"]["text"] for one in await inbox(database)] == ["Un", "Deux", "Trois"]


async def test_an_update_that_comes_twice_is_kept_once_and_its_state_stays(
    poller: Poller, api: Bot, keeper: Keeper, database: Database, phone: Phone
) -> None:
    await phone.sends("Unique")
    await poller.poll()
    await run(database, "UPDATE inbox SET state = 'done'")

    await Poller(api, keeper.keep, Absence()).poll()  # as after a crash: asks from the beginning

    assert [update.state for update in await inbox(database)] == [InboxState.DONE]


async def test_a_bot_that_begins_anew_asks_from_the_start_and_keeps_once_what_it_had_kept_unconfirmed(
    poller: Poller, begun_anew: Poller, database: Database, sandbox: Sandbox, phone: Phone
) -> None:
    await phone.sends("Première")
    await poller.poll()
    await phone.sends("Deuxième")

    await begun_anew.poll()

    assert sandbox.pending_updates == 2  # it confirmed nothing, since ids may have started anew
    assert ["Première" in one.raw for one in await inbox(database)] == [True, False]


async def test_another_update_under_a_used_id_is_kept_too(database: Database, clock: Clock) -> None:
    # Telegram's ids may start anew after an idle week.

    for words in ("old", "new"):
        async with database.sessions.begin() as session:
            update = raw_update({"update_id": 7, "message": {"chat": {"id": 1}, "text": words}})
            await updates.keep(session, [update], now=clock.now())

    assert len(await inbox(database)) == 2


async def test_half_a_character_is_kept_in_place_of_failing_all_that_came_with_it(
    keeper: Keeper, database: Database
) -> None:
    cut = {"update_id": 7, "message": {"chat": {"id": 1003}, "text": "\ud83d"}}

    await keeper.keep([raw_update(cut)])

    (kept,) = await inbox(database)
    assert json.loads(kept.raw) == cut


async def test_the_kinds_that_the_bot_handles_are_asked_for_by_name(
    poller: Poller, database: Database, phone: Phone
) -> None:
    message = await phone.sends("Bonjour")
    await poller.poll()
    await phone.edits(message["message_id"], "Bonsoir")
    await phone.blocks()

    await poller.poll()

    kinds = [next(kind for kind in KINDS if f'"{kind}"' in update.raw) for update in await inbox(database)]
    assert kinds == ["message", "edited_message", "my_chat_member"]


KINDS = ("edited_message", "my_chat_member", "message")
HERE: dict[str, Any] = {"id": 1003, "type": "private"}
SHE: dict[str, Any] = {"id": 1003, "is_bot": False, "first_name": "Chloé"}


@pytest.mark.parametrize(
    ("content", "lane"),
    [
        ({"message": {"message_id": 1, "chat": HERE, "from": SHE}}, 1003),
        ({"edited_message": {"message_id": 1, "chat": HERE}}, 1003),
        ({"message": {"message_id": 1, "chat": {"id": -1001}, "from": SHE}}, -1001),
        ({"callback_query": {"id": "1", "from": SHE, "message": {"chat": {"id": -1001}}}}, -1001),
        ({"callback_query": {"id": "1", "from": SHE, "inline_message_id": "x"}}, 1003),
        ({"my_chat_member": {"chat": HERE, "from": SHE}}, 1003),
        ({"inline_query": {"id": "1", "from": SHE, "query": ""}}, 1003),
        ({"poll": {"id": "1", "question": "?"}}, 0),
        ({"something_newer": "than this program"}, 0),
        ({"something_newer": {"message": "without a chat", "from": "nobody"}}, 0),
        ({"something_newer": {"chat": {"id": "a word"}}}, 0),
        ({"message": {"chat": {"id": 2**63}}}, 0),
        ({"message": {"chat": {"id": -(10**30)}}}, 0),
        ({}, 0),
    ],
)
def test_each_update_keeps_the_order_of_its_chat(content: dict[str, Any], lane: int) -> None:
    assert lane_of({"update_id": 7, **content}) == lane
