"""The sandbox as python-telegram-bot sees it, and the table's view of what the sandbox answers."""

from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest
import telegram
from staging import FIXTURES, Call
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TimedOut

from bot.sandbox import Phone, Sandbox
from bot.sandbox.checking import check
from bot.sandbox.requests import RawRequest
from bot.sandbox.spec import Field, Spec, load

clock, sandbox, call, ada, dalia = FIXTURES


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    made = telegram.Bot(sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot")
    async with made:
        yield made


async def test_the_library_talks_with_a_person(bot: telegram.Bot, sandbox: Sandbox, dalia: Phone) -> None:
    join = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("Join", callback_data="join"))
    await bot.send_message(dalia.user_id, "<b>Join?</b>", parse_mode="HTML", reply_markup=join)
    await dalia.taps("Join")

    [update] = await bot.get_updates(timeout=5, allowed_updates=["message", "callback_query"])
    assert update.callback_query is not None
    await update.callback_query.answer("Welcome")
    await update.callback_query.edit_message_text("You are in.")
    await bot.set_message_reaction(dalia.user_id, 1, "👍")
    await bot.send_chat_action(dalia.user_id, "typing")
    await bot.delete_message(dalia.user_id, 1)

    assert dalia.alerts == ["Welcome"]
    assert [message["text"] for message in dalia.messages] == ["You are in."]
    assert sandbox.refusals == []


async def test_the_library_sends_and_fetches_files(bot: telegram.Bot, sandbox: Sandbox, dalia: Phone) -> None:
    document = await bot.send_document(
        dalia.user_id, b"a,b", filename="replies.csv", caption="<i>All</i>", parse_mode="HTML"
    )
    photos = [telegram.InputMediaPhoto(b"one", caption="Two wells"), telegram.InputMediaPhoto(b"two")]
    album = await bot.send_media_group(dalia.user_id, photos)
    voice = await dalia.sends_file("voice", content=b"sound")
    heard = await (await bot.get_file(voice["voice"]["file_id"])).download_as_bytearray()
    copied = await bot.copy_message(dalia.user_id, dalia.user_id, document.message_id)
    forwarded = await bot.forward_message(dalia.user_id, dalia.user_id, voice["message_id"])

    assert document.document is not None
    assert (document.document.file_name, document.caption) == ("replies.csv", "All")
    assert album[0].media_group_id == album[1].media_group_id is not None
    assert bytes(heard) == b"sound"
    assert copied.message_id > document.message_id
    assert forwarded.forward_origin is not None
    assert sandbox.refusals == []


async def test_the_library_describes_the_bot(bot: telegram.Bot, sandbox: Sandbox, dalia: Phone) -> None:
    await bot.set_my_commands([("help", "Help")], scope=telegram.BotCommandScopeAllPrivateChats(), language_code="ar")
    await bot.set_my_description("Dialogues")
    await bot.set_my_short_description("Short", language_code="es")
    await bot.set_my_name("Dialogues", language_code="fr")

    assert dalia.commands() == [{"command": "help", "description": "Help"}]
    assert (await bot.get_my_description()).description == "Dialogues"
    assert (await bot.get_my_name("fr")).name == "Dialogues"
    assert (await bot.get_chat(dalia.user_id)).first_name == "Dalia"
    assert sandbox.refusals == []


async def test_the_library_knows_the_errors(
    bot: telegram.Bot, sandbox: Sandbox, ada: Phone, dalia: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # or RetryAfter warns of a change to come
    group = sandbox.group(-500, "Water", members=[ada])
    await group.migrates(-1001000000001)
    sandbox.faults.add("sendMessage", chat_id=dalia.user_id, status=429, retry_after=3)

    with pytest.raises(Forbidden):
        await bot.send_message(ada.user_id, "x")
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(-500, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(dalia.user_id, "x")
    with pytest.raises(BadRequest):
        await bot.send_message(dalia.user_id, "<x>", parse_mode="HTML")
    sandbox.faults.add("sendMessage", delay=30)
    with pytest.raises(TimedOut):
        await bot.send_message(dalia.user_id, "twice?", read_timeout=0.2)

    assert migrated.value.new_chat_id == -1001000000001
    assert [message["text"] for message in dalia.received] == ["twice?"]
    assert [refusal.error_code for refusal in sandbox.refusals] == [400]


def misfits(kind: str, value: Any) -> Iterable[str]:
    """What the table does not know in an answer, or misses in it."""
    original = load()
    probe = Spec(
        original.version,
        {"probe": ("probe", {"value": Field((kind,), required=True)})},
        original.types,
        original.unions,
    )
    return check(probe, "probe", RawRequest({"value": value})).unknown


async def test_what_the_sandbox_answers_fits_the_table(sandbox: Sandbox, call: Call, ada: Phone, dalia: Phone) -> None:
    group = sandbox.group(-1001000000001, "Water", members=[ada, dalia], bot="administrator", forum=True)
    keyboard = {"inline_keyboard": [[{"text": "Join", "callback_data": "join"}]]}
    for kind in ("voice", "audio", "photo", "video", "video_note", "animation", "document", "sticker"):
        await dalia.sends_file(kind)
    await call("sendMessage", chat_id=dalia.user_id, text="<pre>x</pre>", parse_mode="HTML", reply_markup=keyboard)
    await call("sendPoll", chat_id=dalia.user_id, question="Which?", options=[{"text": "One"}, {"text": "Two"}])
    await call("forwardMessage", chat_id=dalia.user_id, from_chat_id=dalia.user_id, message_id=1)
    await call("pinChatMessage", chat_id=dalia.user_id, message_id=1)
    await dalia.taps("Join")
    await dalia.blocks()
    topic = await group.opens_topic(ada, "English")
    await dalia.sends("x", chat=group, topic=topic)
    await group.closes_topic(ada, topic)
    await group.joins(dalia)
    await group.mutes_bot(ada)
    await group.removes_bot(ada)

    messages = dalia.messages + group.messages
    updates = await call.updates()
    chat = (await call("getChat", chat_id=dalia.user_id))["result"]

    assert [misfits("Message", message) for message in messages] == [[]] * len(messages)
    assert [misfits("Update", update) for update in updates] == [[]] * len(updates)
    assert misfits("ChatFullInfo", chat) == []
    assert misfits("User", (await call("getMe"))["result"]) == []
    assert misfits("WebhookInfo", (await call("getWebhookInfo"))["result"]) == []
