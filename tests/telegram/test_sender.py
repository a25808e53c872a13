import asyncio

import pytest
from steps import texts
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, InvalidToken, RetryAfter

from bot.ledger.outcomes import Later, Migrated, Refused, Sent, Uncertain, Unreachable
from bot.sandbox import Phone, Sandbox
from bot.telegram.request import NotSent
from bot.telegram.sender import LONG_FAULT_SECONDS, outcome_of, send, wait_of

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Plus tard", callback_data="skip:1")]])


@pytest.fixture
async def phone(sandbox: Sandbox) -> Phone:
    """Someone who has started the bot."""
    phone = sandbox.phone(user_id=1003, first_name="Chloé")
    await phone.sends("/start")
    return phone


async def test_a_text_that_arrives_is_sent_in_html_without_a_preview(api: Bot, phone: Phone) -> None:
    outcome = await send(api, phone.user_id, ["<b>Question 1</b> https://example.org"], BUTTON)

    (message,) = phone.received
    assert outcome == Sent(message["message_id"])
    assert message["entities"][0] == {"type": "bold", "offset": 0, "length": 10}
    assert message["link_preview_options"] == {"is_disabled": True}
    assert message["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "skip:1"


async def test_a_refusal_for_now_says_for_how_long(api: Bot, sandbox: Sandbox, phone: Phone) -> None:
    sandbox.faults.add("sendMessage", status=429, retry_after=17)

    assert await send(api, phone.user_id, ["Bonjour"]) == Later(17)
    assert phone.received == []


async def test_who_blocked_the_bot_is_unreachable(api: Bot, phone: Phone) -> None:
    await phone.blocks()

    assert await send(api, phone.user_id, ["Bonjour"]) == Unreachable("Forbidden: bot was blocked by the user")


async def test_who_deleted_their_account_is_unreachable(api: Bot, phone: Phone) -> None:
    await phone.deactivates()

    assert await send(api, phone.user_id, ["Bonjour"]) == Unreachable("Forbidden: user is deactivated")


@pytest.mark.parametrize("description", ["chat not found", "user not found", "PEER_ID_INVALID"])
async def test_who_is_not_there_is_unreachable(api: Bot, sandbox: Sandbox, phone: Phone, description: str) -> None:
    sandbox.faults.add("sendMessage", status=400, description=description)

    outcome = await send(api, phone.user_id, ["Bonjour"])

    assert isinstance(outcome, Unreachable)
    assert outcome.reason.lower() == description.lower()


async def test_a_text_that_telegram_can_t_read_is_refused_for_good(api: Bot, sandbox: Sandbox, phone: Phone) -> None:
    outcome = await send(api, phone.user_id, ["<b>Question"])

    assert outcome == Refused("Can't parse entities: can't find end tag corresponding to start tag \"b\"")
    assert len(sandbox.refusals) == 1
    sandbox.refusals.clear()


@pytest.mark.parametrize("status", [500, 502])
async def test_an_answer_from_half_way_leaves_it_uncertain(
    api: Bot, sandbox: Sandbox, phone: Phone, status: int
) -> None:
    sandbox.faults.add("sendMessage", status=status)

    assert isinstance(await send(api, phone.user_id, ["Bonjour"]), Uncertain)


async def test_a_connection_lost_leaves_it_uncertain_and_the_text_is_there_once(
    api: Bot, sandbox: Sandbox, phone: Phone
) -> None:
    sandbox.faults.add("sendMessage", drop="after")

    outcome = await send(api, phone.user_id, ["Bonjour"])

    assert isinstance(outcome, Uncertain)
    assert texts(phone) == ["Bonjour"]


async def test_a_wrong_token_is_a_fault_of_the_host_and_is_waited_out() -> None:
    assert outcome_of(InvalidToken()) == Later(LONG_FAULT_SECONDS)


async def test_a_token_that_telegram_takes_no_longer_is_waited_out(api: Bot, sandbox: Sandbox, phone: Phone) -> None:
    sandbox.faults.add("sendMessage", status=401, description="Unauthorized")

    assert await send(api, phone.user_id, ["Bonjour"]) == Later(LONG_FAULT_SECONDS)
    assert phone.received == []


async def test_what_never_left_is_sent_soon() -> None:
    outcome = outcome_of(NotSent("no connection"))

    assert isinstance(outcome, Later)
    assert 0 < outcome.seconds < LONG_FAULT_SECONDS


async def test_what_nobody_foresaw_is_refused_and_not_repeated() -> None:
    assert isinstance(outcome_of(EndPointNotFound("Not Found")), Refused)


async def test_a_group_that_moved_tells_where_it_is_now() -> None:
    assert outcome_of(ChatMigrated(-1001)) == Migrated(-1001)


@pytest.mark.parametrize(
    "message", ["TOPIC_CLOSED", "message thread not found", "not enough rights to send text messages"]
)
async def test_a_group_that_lets_the_bot_write_no_more_is_unreachable(message: str) -> None:
    assert outcome_of(BadRequest(message)) == Unreachable(message)


async def test_the_wait_is_in_seconds() -> None:
    assert wait_of(RetryAfter(90)) == 90


async def test_a_long_text_comes_in_order_with_the_buttons_under_its_end(api: Bot, phone: Phone) -> None:
    outcome = await send(api, phone.user_id, ["one", "two", "three"], BUTTON)

    assert texts(phone) == ["one", "two", "three"]
    assert outcome == Sent(phone.received[0]["message_id"])
    assert ["reply_markup" in message for message in phone.received] == [False, False, True]


async def striking_the_second(api: Bot, sandbox: Sandbox, phone: Phone, **fault: int | str) -> object:
    """Send three parts, of which the second runs into a fault."""
    sandbox.faults.add("sendMessage", delay=0.1)
    async with asyncio.TaskGroup() as tasks:
        sending = tasks.create_task(send(api, phone.user_id, ["one", "two", "three"]))
        await phone.receives("one")
        sandbox.faults.add("sendMessage", **fault)  # type: ignore[arg-type]  # a test's few words
    return sending.result()


async def test_once_a_part_has_arrived_the_rest_is_waited_for(api: Bot, sandbox: Sandbox, phone: Phone) -> None:
    outcome = await striking_the_second(api, sandbox, phone, status=429, retry_after=1)

    assert texts(phone) == ["one", "two", "three"]
    assert outcome == Sent(phone.received[0]["message_id"])


@pytest.mark.parametrize(
    "fault",
    [{"drop": "before"}, {"status": 502}, {"status": 400}, {"status": 403}, {"status": 429, "retry_after": 3 * 3600}],
)
async def test_a_text_of_which_a_part_is_missing_is_uncertain_so_that_nothing_comes_twice(
    api: Bot, sandbox: Sandbox, phone: Phone, fault: dict[str, int | str]
) -> None:
    outcome = await striking_the_second(api, sandbox, phone, **fault)

    assert isinstance(outcome, Uncertain)
    assert outcome.reason.startswith("part 2 of 3: ")
    assert texts(phone) == ["one"]
