import asyncio
import os
import time
from collections.abc import AsyncIterator

import pytest

from bot.child import Child, Died, TookTooLong


@pytest.fixture
async def child() -> AsyncIterator[Child]:
    child = Child(idle_seconds=0.3)
    yield child
    await child.end()


def fail(words: str) -> None:
    raise ValueError(words)


def spin() -> None:
    while True:
        pass


async def test_what_is_made_and_what_is_raised_comes_back_from_one_process(child: Child) -> None:
    process = await child.do(os.getpid)

    with pytest.raises(ValueError, match="no such thing"):
        await child.do(fail, "no such thing")

    assert process != os.getpid()
    assert await child.do(os.getpid) == process
    assert await child.do(bytes, 1_000_000) == bytes(1_000_000)


async def test_work_that_takes_too_much_of_the_processor_is_ended_and_the_next_is_done(child: Child) -> None:
    with pytest.raises(TookTooLong):
        await child.do(spin, seconds=0.1)

    assert await child.do(int, "3") == 3


async def test_work_that_only_waits_is_ended_by_the_clock(child: Child) -> None:
    with pytest.raises(TookTooLong):
        await child.do(time.sleep, 60.0, seconds=0.05)

    assert await child.do(int, "3") == 3


async def test_who_stops_waiting_leaves_no_answer_to_the_next(child: Child) -> None:
    first = asyncio.ensure_future(child.do(spin))
    await asyncio.sleep(0.5)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first

    assert await child.do(int, "3") == 3


async def test_a_child_that_dies_in_its_work_is_told_of_and_followed_by_another(child: Child) -> None:
    with pytest.raises(Died):
        await child.do(os._exit, 3)

    assert await child.do(int, "3") == 3


async def test_a_child_without_work_ends_and_the_next_work_finds_another(child: Child) -> None:
    before = await child.do(os.getpid)
    for _ in range(200):
        if not _lives(before):
            break
        await asyncio.sleep(0.05)

    assert await child.do(os.getpid) != before


async def test_each_waits_for_its_turn_and_gets_its_own(child: Child) -> None:
    assert await asyncio.gather(*(child.do(str, number) for number in range(20))) == [str(each) for each in range(20)]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
