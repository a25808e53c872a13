import asyncio
import json
from collections import Counter

import pytest
from planting import MONDAY

from bot.inbound.admission import AdmissionControl, asks_for_page
from bot.inbound.backlog import Backlog
from bot.inbox.updates import Waiting
from bot.telegram.absence import Absence
from bot.telegram.gate import Gate, Priority
from bot.telegram.request import NOT_SENT

RATE = 3


@pytest.fixture
async def gate() -> Gate:
    return Gate(RATE)


@pytest.fixture
def absence() -> Absence:
    return Absence()


@pytest.fixture
def admission(gate: Gate, absence: Absence) -> AdmissionControl:
    return AdmissionControl(gate, absence)


@pytest.fixture
def backlog(admission: AdmissionControl) -> Backlog:
    return Backlog(admission)


def words(number: int, lane: int) -> Waiting:
    return Waiting(number, lane, json.dumps({"message": {"text": "Hola"}}), MONDAY)


def page(number: int, lane: int, *, owed: bool = False) -> Waiting:
    return Waiting(number, lane, json.dumps({"message": {"text": "/start"}}), MONDAY, owed)


def begun(backlog: Backlog) -> list[int]:
    return [waiting.inbox_id for waiting in backlog.due()]


@pytest.mark.parametrize(
    ("update", "asks"),
    [
        ({"message": {"text": "/start training"}}, True),
        ({"callback_query": {"data": "join:1"}}, True),
        ({"message": {"text": "a “callback_query” of mine"}}, False),
        ({"message": {"voice": {}}}, False),
        ({"edited_message": {"text": "/start"}}, False),
        ({"my_chat_member": {}}, False),
        ([], False),
    ],
)
def test_taps_and_commands_ask_for_a_page_and_nothing_else_does(update: object, *, asks: bool) -> None:
    assert asks_for_page(json.dumps(update)) is asks


def test_what_is_no_update_at_all_is_begun_so_that_it_is_parked() -> None:
    assert not asks_for_page("no JSON")


async def test_no_more_pages_are_begun_than_go_out_in_a_second_and_words_pass_them(backlog: Backlog) -> None:
    for number in range(1, 6):
        backlog.add(page(number, number))
    backlog.add(words(6, 6))

    assert begun(backlog) == [1, 2, 3, 6]
    assert backlog.unbegun == 2


async def test_only_a_few_pages_are_worked_on_ahead_of_their_turn_at_the_gate(absence: Absence) -> None:
    gate = Gate(30)
    backlog = Backlog(AdmissionControl(gate, absence))
    for number in range(1, 31):
        backlog.add(page(number, number))

    at_first = len(begun(backlog))
    async with asyncio.TaskGroup() as tasks:
        for number in range(1, at_first + 1):
            tasks.create_task(gate.free.slot(Priority.ANSWER, number))
        await asyncio.sleep(0)
        then = len(begun(backlog))

    assert (at_first, then) == (15, 15)


async def test_when_a_page_is_done_the_next_one_that_waits_is_begun(
    backlog: Backlog, admission: AdmissionControl
) -> None:
    for number in range(1, 6):
        backlog.add(page(number, number))
    begun(backlog)

    admission.end(page(2, 2))

    assert begun(backlog) == [4]


async def test_within_a_chat_words_stay_behind_a_page_that_is_put_off(
    backlog: Backlog, admission: AdmissionControl
) -> None:
    for waiting in (page(1, 7), page(2, 7), words(3, 7), words(4, 8)):
        backlog.add(waiting)

    first = begun(backlog)
    admission.end(page(1, 7))
    then = begun(backlog)

    assert first == [1, 4]
    assert then == [2, 3]


async def test_what_is_put_off_is_not_looked_at_while_answers_queue_up_at_the_gate(
    backlog: Backlog, admission: AdmissionControl, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 1001):
        backlog.add(page(number, number))
    begun(backlog)
    for number in range(1, RATE + 1):
        admission.end(page(number, number))
    looked = Counter[int]()
    monkeypatch.setattr(AdmissionControl, "may_begin", lambda _, waiting: looked.update([waiting.inbox_id]))

    async with asyncio.TaskGroup() as tasks:
        for chat_id in range(1, RATE + 1):
            tasks.create_task(gate.free.slot(Priority.ANSWER, chat_id))
        await asyncio.sleep(0)
        begun(backlog)

    assert looked.total() == 0


async def test_where_answers_queue_up_at_the_gate_no_page_is_begun(backlog: Backlog, gate: Gate) -> None:
    async with asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(gate.free.slot(Priority.ANSWER, chat_id)) for chat_id in (8, 9)]
        await asyncio.sleep(0)
        backlog.add(page(1, 1))
        at_first = begun(backlog)
        await asyncio.wait(waiting)

    assert at_first == []
    assert begun(backlog) == [1]


async def test_what_is_owed_goes_first_and_holds_up_nothing_of_its_chat(backlog: Backlog, gate: Gate) -> None:
    gate.halt(0.0)
    for waiting in (page(1, 7), words(2, 9), page(3, 8, owed=True)):
        backlog.add(waiting)
    backlog.add(words(4, 8))

    assert begun(backlog) == [3, 1, 2, 4]


async def test_while_telegram_says_wait_words_are_begun_and_pages_are_not(backlog: Backlog, gate: Gate) -> None:
    gate.halt(60)
    for waiting in (page(1, 1), words(2, 2), page(3, 3, owed=True)):
        backlog.add(waiting)

    assert begun(backlog) == [2]


async def test_the_same_without_a_way_to_telegram(backlog: Backlog, absence: Absence) -> None:
    absence.called(NOT_SENT)
    for waiting in (page(1, 1), words(2, 2)):
        backlog.add(waiting)

    assert begun(backlog) == [2]


def test_the_receipt_for_a_person_s_words_goes_first_and_a_reaction_in_a_group_does_not(
    admission: AdmissionControl,
) -> None:
    asked = [admission.asking(waiting).priority for waiting in (words(1, 7), page(2, 7), words(3, -7))]

    assert asked == [Priority.THANKS, Priority.ANSWER, Priority.ANSWER]
