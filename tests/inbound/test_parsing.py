import json
from typing import Any

import pytest
from telegram import Bot

from bot.inbound.parsing import Misshaped, parse

HERE: dict[str, Any] = {"id": 1003, "type": "private"}


@pytest.fixture
def bot() -> Bot:
    return Bot("1:token")


def raw(**message: Any) -> str:
    return json.dumps({"update_id": 7, "message": {"message_id": 1, "date": 0, "chat": HERE, **message}})


@pytest.mark.parametrize(
    "kept",
    [
        "no JSON",
        "[]",
        '"update"',
        "{}",
        '{"update_id": 7, "message": {"message_id": 1}}',
        '{"update_id": 7, "message": "words"}',
        raw(chat={"id": 2**63, "type": "private"}),
        raw(**{"from": {"id": 10**30, "is_bot": False, "first_name": "Bea"}}),
    ],
)
def test_what_no_attempt_would_read_is_misshaped(bot: Bot, kept: str) -> None:
    with pytest.raises(Misshaped):
        parse(kept, bot)


def test_a_long_number_within_words_is_no_fault(bot: Bot) -> None:
    update = parse(raw(text="1" * 40), bot)

    assert update.message is not None
    assert update.message.text == "1" * 40


def test_signs_that_no_database_keeps_are_replaced_wherever_they_stand(bot: Bot) -> None:
    update = parse(raw(document={"file_id": "a", "file_unique_id": "b", "file_name": "a\ud83d\0b"}), bot)

    assert update.message is not None
    assert update.message.document is not None
    assert update.message.document.file_name == "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b"


def test_whole_characters_beyond_the_basic_plane_stay(bot: Bot) -> None:
    update = parse(raw(text="😀", caption="\0"), bot)

    assert update.message is not None
    assert update.message.text == "😀"
