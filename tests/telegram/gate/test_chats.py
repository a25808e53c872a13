import asyncio

import pytest

from bot.telegram.gate import chats as limits
from bot.telegram.gate.chats import GROUP_REST_SECONDS, PRIVATE_SECONDS, Chats

PERSON, GROUP, OTHER = 1003, -1001, 1004


async def test_after_a_message_a_group_takes_nothing_unasked_for_longer_than_a_person() -> None:
    chats = Chats()

    chats.answered(PERSON)
    chats.answered(GROUP)

    assert 0 < chats.quiet_seconds(PERSON) <= PRIVATE_SECONDS < chats.quiet_seconds(GROUP) <= GROUP_REST_SECONDS
    assert chats.quiet_seconds(OTHER) == 0
    assert chats.quiet() == {PERSON, GROUP}


async def test_a_group_that_has_had_its_rest_takes_something_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GROUP_REST_SECONDS", 0.02)
    chats = Chats()
    chats.answered(GROUP)
    seconds = chats.quiet_seconds(GROUP)

    await asyncio.sleep(0.03)

    assert 0 < seconds <= 0.02
    assert chats.quiet_seconds(GROUP) == 0
    assert chats.quiet() == frozenset()
