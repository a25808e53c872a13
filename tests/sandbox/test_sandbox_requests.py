"""Requests are held against the Bot API's table; what Telegram would refuse is refused and recorded."""

import json
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from staging import FIXTURES, Call

from bot.sandbox import Phone, Sandbox

clock, sandbox, call, ada, dalia = FIXTURES


def keyboard(data: str, count: int = 1) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Tap", "callback_data": data}]] * count}


@pytest.mark.parametrize(
    ("method", "parameters", "code", "description"),
    [
        ("sendNothing", {}, 404, "Not Found"),
        ("sendMessage", {"text": "x"}, 400, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": 1004}, 400, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": 1004, "text": " \n"}, 400, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": 1004, "text": "x" * 4097}, 400, "Bad Request: message is too long"),
        ("sendMessage", {"chat_id": 1004, "text": 5}, 400, 'Bad Request: parameter "text" must be String'),
        ("sendMessage", {"chat_id": 999, "text": "x"}, 400, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": "@nowhere", "text": "x"}, 400, "Bad Request: chat not found"),
        (
            "sendMessage",
            {"chat_id": 1004, "text": "x", "reply_markup": keyboard("x" * 65)},
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"chat_id": 1004, "text": "x", "reply_markup": keyboard("é" * 33)},
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"chat_id": 1004, "text": "x", "reply_markup": keyboard("x", 101)},
            400,
            "Bad Request: reply markup is too long",
        ),
        (
            "sendMessage",
            {"chat_id": 1004, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
            400,
            "Bad Request: Text buttons are unallowed in the inline keyboard",
        ),
        (
            "sendMessage",
            {"chat_id": 1004, "text": "x", "reply_parameters": {"message_id": 77}},
            400,
            "Bad Request: message to be replied not found",
        ),
        (
            "editMessageText",
            {"chat_id": 1004, "message_id": 77, "text": "x"},
            400,
            "Bad Request: message to edit not found",
        ),
        (
            "editMessageText",
            {"chat_id": 1004, "message_id": 1, "text": "x"},
            400,
            "Bad Request: message can't be edited",
        ),
        (
            "setMessageReaction",
            {"chat_id": 1004, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "✅"}]},
            400,
            "Bad Request: REACTION_INVALID",
        ),
        ("sendChatAction", {"chat_id": 1004, "action": "dance"}, 400, "Bad Request: wrong parameter action in request"),
        (
            "setMyCommands",
            {"commands": [{"command": "Start", "description": "x"}]},
            400,
            "Bad Request: BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [], "language_code": "pt-br"},
            400,
            "Bad Request: invalid language code specified",
        ),
        ("sendDocument", {"chat_id": 1004}, 400, "Bad Request: there is no document in the request"),
        ("deleteMessage", {"chat_id": 1004, "message_id": 77}, 400, "Bad Request: message to delete not found"),
        ("deleteMessage", {"chat_id": 1004}, 400, "Bad Request: message identifier is not specified"),
    ],
)
async def test_a_wrong_request_is_refused_in_telegrams_words_and_recorded(  # noqa: PLR0917 - the table's columns
    sandbox: Sandbox, dalia: Phone, call: Call, method: str, parameters: dict[str, Any], code: int, description: str
) -> None:
    before = dalia.messages

    answer = await call(method, **parameters)

    assert answer == {"ok": False, "error_code": code, "description": description}
    assert [(refusal.method, refusal.description) for refusal in sandbox.refusals] == [(method, description)]
    assert dalia.messages == before
    assert sandbox.requests == []


async def test_an_unknown_parameter_is_passed_over_but_recorded(sandbox: Sandbox, dalia: Phone, call: Call) -> None:
    reply = {"message_id": 1, "colour": "red"}

    answer = await call("sendMessage", chat_id=dalia.user_id, text="x", reply_to_message_id=1, reply_parameters=reply)

    assert answer["ok"]
    assert [refusal.description for refusal in sandbox.refusals] == [
        "unknown parameters: reply_to_message_id, reply_parameters.colour"
    ]


async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.url}/bot42:other/getMe") as response:
        answer = await response.json()

    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_parameters_may_come_by_query_form_or_multipart(sandbox: Sandbox, dalia: Phone) -> None:
    url = f"{sandbox.url}/bot{sandbox.token}"
    markup = json.dumps(keyboard("x"))
    multipart = aiohttp.FormData({"chat_id": "1004", "caption": "three"})
    multipart.add_field("document", b"content", filename="a.txt", content_type="text/plain")

    async with aiohttp.ClientSession() as session:
        await session.get(f"{url}/sendmessage", params={"chat_id": "1004", "text": "one"})
        await session.post(f"{url}/sendMessage", data={"chat_id": "1004", "text": "two", "reply_markup": markup})
        await session.post(f"{url}/sendDocument", data=multipart)

    one, two, three = dalia.received
    assert one["text"] == "one"
    assert two["reply_markup"] == keyboard("x")
    assert three["caption"] == "three"
    assert three["document"]["file_name"] == "a.txt"
    assert [request.method for request in sandbox.requests] == ["sendMessage", "sendMessage", "sendDocument"]
    assert sandbox.requests[0].params == {"chat_id": 1004, "text": "one"}
    assert sandbox.refusals == []


async def test_an_edit_that_changes_nothing_is_refused(sandbox: Sandbox, dalia: Phone, call: Call) -> None:
    sent = await call("sendMessage", chat_id=dalia.user_id, text="<b>one</b>", parse_mode="HTML")
    message_id = sent["result"]["message_id"]

    answer = await call(
        "editMessageText", chat_id=dalia.user_id, message_id=message_id, text="<b>one</b>", parse_mode="HTML"
    )

    assert "message is not modified" in answer["description"]
    assert len(sandbox.refusals) == 1


async def test_a_message_of_three_days_ago_can_not_be_deleted(sandbox: Sandbox, dalia: Phone, call: Call) -> None:
    sent = await call("sendMessage", chat_id=dalia.user_id, text="one")
    sandbox.clock.advance(timedelta(days=3))

    answer = await call("deleteMessage", chat_id=dalia.user_id, message_id=sent["result"]["message_id"])

    assert answer["description"] == "Bad Request: message can't be deleted for everyone"


async def test_circumstances_are_not_recorded_as_wrong_requests(
    sandbox: Sandbox, ada: Phone, dalia: Phone, call: Call
) -> None:
    await dalia.blocks()

    blocked = await call("sendMessage", chat_id=dalia.user_id, text="x")
    not_started = await call("sendMessage", chat_id=ada.user_id, text="x")
    too_old = await call("answerCallbackQuery", callback_query_id="1")

    assert blocked["description"] == "Forbidden: bot was blocked by the user"
    assert not_started["description"] == "Forbidden: bot can't initiate conversation with a user"
    assert "query is too old" in too_old["description"]
    assert sandbox.refusals == []
