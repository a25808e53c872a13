import json
from collections.abc import Iterator
from datetime import timedelta
from enum import EnumMeta
from typing import Any

import pytest
from planting import MONDAY
from sqlalchemy import select
from steps import join, say
from world import World

from bot.inbound.routes import HANDLERS
from bot.inbox import updates
from bot.inbox.retries import last_line
from bot.inbox.updates import RawUpdate
from bot.models import InboxState, InboxUpdate
from bot.sandbox import Phone, Sandbox
from bot.telegram.buttons import DATA_BYTES, VERBS, Field, Verb

ABSENT = "999999999"
FORGED = ("x", str(10**30), "-1", "٣")
FIRST_ID = 1_000_000


@pytest.fixture(autouse=True)
def _lenient(sandbox: Sandbox) -> Iterator[None]:
    yield
    sandbox.refusals.clear()  # a page that stands there already: none of these buttons was ever under it


def test_every_handler_is_there_so_that_all_verbs_are_known() -> None:
    assert HANDLERS
    assert len(VERBS) > 100


def forged() -> Iterator[str]:
    """Data of every verb that no keyboard wrote, or wrote for another: too few parts, too many, none that can be read."""
    for word, verb in VERBS.items():
        yield from {":".join([word, *parts]) for parts in _parts(verb)}
    yield from ("", ":", "nonsense", "nonsense:1:2")


def _parts(verb: Verb[*tuple[Any, ...]]) -> Iterator[list[str]]:
    right = [_right(field) for field in verb.fields]
    yield []
    yield [*right, "1"]
    for value in FORGED:
        yield [value] * len(right)
    for value in ("1", ABSENT):
        yield [value if each.isdecimal() else each for each in right]


def _right(field: Field[Any]) -> str:
    """What stands in a button of this kind."""
    values: list[object] = list(field.read) if isinstance(field.read, EnumMeta) else ["1", "es", "yes", "all"]
    for value in map(str, values):
        try:
            field.read(value)
        except ValueError:
            continue
        return value
    return "1"


def press(number: int, phone: Phone, data: str) -> RawUpdate:
    """A press that Telegram would pass on, since data may be anything; of long ago, so that none awaits an answer."""
    chat = {"id": phone.user_id, "type": "private", "first_name": phone.first_name}
    sender = {"id": phone.user_id, "is_bot": False, "first_name": phone.first_name, "language_code": "en"}
    shown = phone.received[0]["message_id"]
    message = {"message_id": shown, "date": 1, "chat": chat, "text": "?"}
    query = {"id": str(number), "from": sender, "chat_instance": "1", "data": data, "message": message}
    return RawUpdate(number, phone.user_id, json.dumps({"update_id": number, "callback_query": query}))


@pytest.mark.usefixtures("dialogue")
async def test_data_that_no_keyboard_wrote_is_refused_in_words_and_parks_nothing(
    world: World, ada: Phone, bea: Phone
) -> None:
    for phone in (ada, bea):
        await join(world, phone)
    await world.until(MONDAY)
    await say(world, bea, "Una respuesta")
    await say(world, ada, "A reply")
    taps = [
        press(FIRST_ID + n, (ada, bea)[n % 2], data)
        for n, data in enumerate(forged())
        if len(data.encode()) <= DATA_BYTES
    ]

    async with world.database.sessions.begin() as session:
        await updates.keep(session, taps, now=world.clock.now() - timedelta(minutes=1))
    await world.settle()

    async with world.database.readers() as session:
        failed = select(InboxUpdate.raw, InboxUpdate.error).where(InboxUpdate.error.is_not(None))
        errors = await session.execute(failed)
        assert [f"{json.loads(raw)['callback_query']['data']}: {last_line(error)}" for raw, error in errors] == []
        states = await session.scalars(select(InboxUpdate.state).where(InboxUpdate.update_id >= FIRST_ID).distinct())
        assert list(states) == [InboxState.DONE]


async def test_a_press_under_no_message_of_ours_is_done_and_parks_nothing(world: World, bea: Phone) -> None:
    await say(world, bea, "Hola")
    tap = press(FIRST_ID, bea, "me")
    update = json.loads(tap.raw)
    update["callback_query"] |= {"inline_message_id": "x"}
    del update["callback_query"]["message"]

    async with world.database.sessions.begin() as session:
        now = world.clock.now() - timedelta(minutes=1)
        await updates.keep(session, [RawUpdate(FIRST_ID, bea.user_id, json.dumps(update))], now=now)
    world.bot.worker.look_again()
    await world.settle()

    async with world.database.readers() as session:
        found = await session.scalars(select(InboxUpdate.error).where(InboxUpdate.update_id == FIRST_ID))
        assert found.one() is None
