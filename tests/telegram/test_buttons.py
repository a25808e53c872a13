from collections import Counter

import pytest
from rights import IN_GROUPS, NEEDED, taken
from telegram import CallbackQuery, Chat, InlineKeyboardMarkup, Message, Update, User

from bot.core.messages import About
from bot.core.rights import Right
from bot.features.discussion.keyboards.cards import CARD, RESPOND
from bot.features.groups.keyboards import REFUSE
from bot.features.questions.keyboards import LATER_BY, MOVE, MOVED, SKIP
from bot.features.replies.keyboards import REPLIES
from bot.telegram.buttons import VERBS, Pressed, StaleButton, about_of, stays

ADA = User(1001, "Ada", is_bot=False)


def pressed(data: str, chat: str = Chat.PRIVATE) -> Update:
    message = Message(7, date=None, chat=Chat(1001, chat))  # type: ignore[arg-type]
    return Update(1, callback_query=CallbackQuery("1", ADA, "1", message=message, data=data))


async def nothing(_update: object, _context: object) -> None:
    """Stands in for a handler."""


def test_each_verb_has_one_handler() -> None:
    assert Counter(taken()) == dict.fromkeys(VERBS, 1)


def test_each_verb_declares_the_right_that_was_written_down_for_it_by_hand() -> None:
    declared = {word: verb.right for word, verb in VERBS.items() if verb.right is not None}

    assert {word: right for word, right in declared.items() if right is not Right.LINK} == NEEDED
    assert {word for word, right in declared.items() if right is Right.LINK} <= set(IN_GROUPS)


def test_in_groups_only_verbs_work_that_declare_it() -> None:
    assert {word for word, verb in VERBS.items() if verb.in_groups} == {"link", "unlink", "refuse", "allow"}
    assert Pressed(REFUSE, nothing).check_update(pressed("refuse", Chat.GROUP))
    assert not Pressed(SKIP, nothing).check_update(pressed("skip:1", Chat.GROUP))
    assert Pressed(SKIP, nothing).check_update(pressed("skip:1"))


@pytest.mark.parametrize(
    "data",
    [
        "skip",
        "skip:",
        "skip:x",
        "skip:1:2",
        "skip:1.0",
        "skip:1e3",
        "skip:٣",
        f"skip:{10**18}",
        "skipping:1",
        "skip: 1",
        "",
    ],
)
def test_data_that_no_keyboard_writes_is_stale(data: str) -> None:
    with pytest.raises(StaleButton):
        SKIP.read(data)


@pytest.mark.parametrize("data", ["later:1:x:1", "later:1:o", "move:1:o:soon", "move:1:o:20261399T0000"])
def test_a_code_or_a_moment_that_no_keyboard_writes_is_stale(data: str) -> None:
    with pytest.raises(StaleButton):
        (LATER_BY if data.startswith("later") else MOVE).read(data)


@pytest.mark.parametrize("page", ["-1", "1000000", ""])
def test_a_page_that_no_list_has_is_stale(page: str) -> None:
    with pytest.raises(StaleButton):
        REPLIES.read(f"replies:{page}")


def test_a_part_that_may_be_lacking_is_left_out_and_read_as_none() -> None:
    question_id, edge, wall, held_id = MOVED.read("moved:1:o:now")

    assert (question_id, wall, held_id) == (1, None, None)
    assert MOVED.button("Yes", question_id, edge, wall, held_id).callback_data == "moved:1:o:now"
    assert MOVED.button("Yes", question_id, edge, wall, 7).callback_data == "moved:1:o:now:7"


def test_a_message_shows_what_its_buttons_say() -> None:
    shown = InlineKeyboardMarkup([[CARD.button("Next", 3, None, None), RESPOND.button("Respond", 5)]])
    message = Message(7, date=None, chat=Chat(1001, Chat.PRIVATE), reply_markup=shown)  # type: ignore[arg-type]

    assert about_of(message) == About(reply_id=5)
    assert not stays(message)
    assert about_of(None) is None
