"""People and their phones: what they do reaches the bot, and what the bot does reaches them."""

from datetime import timedelta

import aiohttp
import pytest
from staging import FIXTURES, Call

from bot.sandbox import ImpossibleError, Phone, Sandbox

clock, sandbox, call, ada, dalia = FIXTURES

BUTTONS = {"inline_keyboard": [[{"text": "Join \u2068Water\u2069", "callback_data": "join:1"}]]}


async def test_what_a_person_sends_becomes_an_update(call: Call, ada: Phone) -> None:
    sent = await ada.sends("/start welcome")

    [update] = await call.updates()
    assert update["message"] == sent
    assert sent["chat"] == {"id": 1001, "type": "private", "first_name": "Ada"}
    assert sent["from"] == {"id": 1001, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    assert sent["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_an_empty_or_overlong_text_can_not_be_sent(dalia: Phone) -> None:
    for text in (" \n", "x" * 4097):
        with pytest.raises(ImpossibleError, match="1 to 4096"):
            await dalia.sends(text)

    assert len(dalia.messages) == 1


async def test_a_change_of_language_shows_in_later_updates(dalia: Phone) -> None:
    await dalia.changes_language("fr")

    assert (await dalia.sends("x"))["from"]["language_code"] == "fr"


async def test_messages_are_dated_by_the_virtual_clock(sandbox: Sandbox, call: Call, dalia: Phone) -> None:
    sandbox.clock.advance(timedelta(days=7))

    sent = await call("sendMessage", chat_id=dalia.user_id, text="a week later")

    assert sent["result"]["date"] - dalia.messages[0]["date"] == 7 * 24 * 3600


async def test_a_reply_carries_the_message_it_answers(call: Call, dalia: Phone) -> None:
    question = (await call("sendMessage", chat_id=dalia.user_id, text="Question 1"))["result"]
    answer = await dalia.sends("An answer", reply_to=question["message_id"])

    thanks = await call(
        "sendMessage", chat_id=dalia.user_id, text="!", reply_parameters={"message_id": answer["message_id"]}
    )

    assert answer["reply_to_message"] == question
    assert thanks["result"]["reply_to_message"]["text"] == "An answer"
    assert "reply_to_message" not in thanks["result"]["reply_to_message"]


async def test_an_edit_reaches_the_bot_and_the_old_update_stays_as_it_was(call: Call, dalia: Phone) -> None:
    message = await dalia.sends("befroe")
    await dalia.edits(message["message_id"], "before")
    await dalia.edits_without_change(message["message_id"])

    first, second, third = await call.updates()

    assert first["message"]["text"] == "befroe"
    assert second["edited_message"]["text"] == third["edited_message"]["text"] == "before"
    assert "edit_date" in second["edited_message"]
    assert dalia.messages[-1]["text"] == "before"


async def test_a_person_edits_only_their_own_messages(call: Call, dalia: Phone) -> None:
    sent = await call("sendMessage", chat_id=dalia.user_id, text="the bot's")

    with pytest.raises(ImpossibleError):
        await dalia.edits(sent["result"]["message_id"], "mine")


async def test_a_tap_becomes_a_callback_query_and_its_answer_an_alert(call: Call, dalia: Phone) -> None:
    await call("sendMessage", chat_id=dalia.user_id, text="Old", reply_markup=BUTTONS)
    newest = await call("sendMessage", chat_id=dalia.user_id, text="New", reply_markup=BUTTONS)
    await call("sendMessage", chat_id=dalia.user_id, text="No buttons")

    await dalia.taps("Join Water")
    [update] = await call.updates()
    query = update["callback_query"]
    await call("answerCallbackQuery", callback_query_id=query["id"], text="Welcome")

    assert query["data"] == "join:1"
    assert query["from"]["id"] == dalia.user_id
    assert query["message"] == newest["result"]
    assert dalia.alerts == ["Welcome"]


async def test_a_button_that_is_not_there_can_not_be_tapped(call: Call, dalia: Phone) -> None:
    await call("sendMessage", chat_id=dalia.user_id, text="x", reply_markup=BUTTONS)

    with pytest.raises(ImpossibleError, match="Leave"):
        await dalia.taps("Leave")


async def test_an_edit_by_the_bot_shows_and_takes_the_keyboard_away(call: Call, dalia: Phone) -> None:
    sent = await call("sendMessage", chat_id=dalia.user_id, text="x", reply_markup=BUTTONS)

    await call("editMessageText", chat_id=dalia.user_id, message_id=sent["result"]["message_id"], text="y")

    assert dalia.received[-1]["text"] == "y"
    assert "reply_markup" not in dalia.received[-1]
    assert await dalia.sees("y") == dalia.received[-1]


async def test_a_reaction_of_the_bot_shows_under_the_message(sandbox: Sandbox, call: Call, dalia: Phone) -> None:
    message = await dalia.sends("An answer")
    reaction = [{"type": "emoji", "emoji": "👍"}]

    await call("setMessageReaction", chat_id=dalia.user_id, message_id=message["message_id"], reaction=reaction)

    assert dalia.reactions(message["message_id"]) == ["👍"]
    assert sandbox.refusals == []


async def test_blocking_and_unblocking_are_told_by_my_chat_member(call: Call, dalia: Phone) -> None:
    await dalia.blocks()
    await dalia.unblocks()

    blocked, unblocked = await call.updates()

    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["old_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (await call("sendMessage", chat_id=dalia.user_id, text="x"))["ok"]


async def test_a_link_starts_the_bot_again_after_a_block(dalia: Phone) -> None:
    await dalia.blocks()

    with pytest.raises(ImpossibleError):
        await dalia.sends("x")
    message = await dalia.opens_link("water")

    assert message["text"] == "/start water"


async def test_a_deleted_account_gets_nothing(call: Call, dalia: Phone) -> None:
    await dalia.deactivates()

    answer = await call("sendMessage", chat_id=dalia.user_id, text="x")

    assert answer["description"] == "Forbidden: user is deactivated"


async def test_each_received_message_is_returned_once(call: Call, dalia: Phone) -> None:
    await call("sendMessage", chat_id=dalia.user_id, text="Question \u20681\u2069 is here")
    await call("sendMessage", chat_id=dalia.user_id, text="Question 2 is here")

    first = await dalia.receives("Question 1")
    second = await dalia.receives("Question")

    assert (first["message_id"], second["message_id"]) == (2, 3)
    with pytest.raises(AssertionError, match="nothing"):
        await dalia.receives("Question", timeout=0.01)


async def test_the_complaint_shows_what_came_instead(call: Call, dalia: Phone) -> None:
    await call("sendMessage", chat_id=dalia.user_id, text="Something else")

    with pytest.raises(AssertionError, match=r"Dalia did not receive 'Question'(?s:.*)Something else"):
        await dalia.receives("Question", timeout=0.01)


@pytest.mark.parametrize("kind", ["voice", "audio", "photo", "video", "video_note", "animation", "document", "sticker"])
async def test_each_kind_of_file_arrives_and_can_be_downloaded(
    sandbox: Sandbox, call: Call, dalia: Phone, kind: str
) -> None:
    await dalia.sends_file(kind, content=b"sound", duration=7)
    [update] = await call.updates()
    told = update["message"][kind]

    file = await call("getFile", file_id=(told[-1] if kind == "photo" else told)["file_id"])
    url = f"{sandbox.url}/file/bot{sandbox.token}/{file['result']['file_path']}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        content = await response.read()

    assert content == b"sound"


async def test_a_file_of_more_than_20_mb_can_not_be_downloaded(call: Call, dalia: Phone) -> None:
    message = await dalia.sends_file("video", file_size=20_000_001)

    answer = await call("getFile", file_id=message["video"]["file_id"])

    assert answer["description"] == "Bad Request: file is too big"


async def test_an_album_is_several_messages_with_one_id(call: Call, dalia: Phone) -> None:
    await dalia.sends_file("photo", caption="Two wells", album="7")
    await dalia.sends_file("photo", album="7")

    first, second = await call.updates()

    assert first["message"]["media_group_id"] == second["message"]["media_group_id"] == "7"
    assert first["message"]["caption"] == "Two wells"


async def test_places_and_numbers_arrive(call: Call, dalia: Phone) -> None:
    await dalia.sends_location(30.0, 31.2)
    await dalia.sends_contact("+20100", "Egor")

    place, number = await call.updates()

    assert place["message"]["location"] == {"latitude": 30.0, "longitude": 31.2}
    assert number["message"]["contact"] == {"phone_number": "+20100", "first_name": "Egor"}


async def test_the_most_specific_menu_in_the_own_language_is_shown(call: Call, ada: Phone, dalia: Phone) -> None:
    def command(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": name}]

    private = {"type": "all_private_chats"}
    await call("setMyCommands", commands=command("all"))
    await call("setMyCommands", commands=command("private"), scope=private)
    await call("setMyCommands", commands=command("arabic"), scope=private, language_code="ar")
    await call("setMyCommands", commands=command("own"), scope={"type": "chat", "chat_id": ada.user_id})

    assert ada.commands() == command("own")
    assert dalia.commands() == command("arabic")
    await call("deleteMyCommands", scope=private, language_code="ar")
    assert dalia.commands() == command("private")


async def test_descriptions_fall_back_to_the_one_without_a_language(sandbox: Sandbox, call: Call) -> None:
    await call("setMyDescription", description="Dialogues")
    await call("setMyDescription", description="Diálogos", language_code="es")

    assert sandbox.description("es") == "Diálogos"
    assert sandbox.description("fr") == "Dialogues"
    assert (await call("getMyDescription", language_code="es"))["result"] == {"description": "Diálogos"}


@pytest.mark.parametrize("nothing", [{}, {"inline_keyboard": []}])
async def test_an_empty_keyboard_is_none(call: Call, dalia: Phone, nothing: dict[str, list[object]]) -> None:
    await call("sendMessage", chat_id=dalia.user_id, text="x", reply_markup=nothing)

    assert "reply_markup" not in dalia.received[-1]


async def test_an_app_opens_from_https_and_in_private_alone(sandbox: Sandbox, call: Call, dalia: Phone) -> None:
    circle = sandbox.group(-1001, "Circle", members=[dalia], bot="member")

    answers = [
        await call(
            "sendMessage",
            chat_id=chat_id,
            text="?",
            reply_markup={"inline_keyboard": [[{"text": "Desk", "web_app": {"url": f"{scheme}://example.org"}}]]},
        )
        for chat_id, scheme in ((dalia.user_id, "http"), (circle.id, "https"), (dalia.user_id, "https"))
    ]

    assert "Only HTTPS links are allowed" in answers[0]["description"]
    assert answers[1]["description"] == "Bad Request: BUTTON_TYPE_INVALID"
    assert answers[2]["ok"]
    assert (await dalia.opens_app("Desk")).startswith("https://example.org#tgWebAppData=query_id%3D")
    with pytest.raises(ImpossibleError, match="opens an app"):
        await dalia.opens_app("Another")
