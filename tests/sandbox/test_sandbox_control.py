"""What the page asks of the server: the state, news as it happens, deeds by hand, the clock."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from staging import FIXTURES, Call

from bot.sandbox import Clock, Phone, Sandbox

clock, _, call, ada, dalia = FIXTURES

DUE = datetime(2027, 1, 11, 9, tzinfo=UTC)


async def due() -> datetime:
    return DUE


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock, next_event=due) as sandbox:
        yield sandbox


class Page:
    """The page's requests."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.url = sandbox.url
        self.session = session

    async def state(self) -> Any:
        async with self.session.get(f"{self.url}/control/state") as response:
            return await response.json()

    async def posts(self, path: str, body: dict[str, Any] | aiohttp.FormData | None = None) -> tuple[int, Any]:
        form = body if isinstance(body, aiohttp.FormData) else None
        async with self.session.post(
            f"{self.url}/control/{path}", data=form, json=None if form else body or {}
        ) as response:
            return response.status, await response.json()


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(sandbox, session)


async def event(response: aiohttp.ClientResponse, *kinds: str) -> dict[str, Any]:
    """The next event of one of the kinds."""
    async for line in response.content:
        if line.startswith(b"data: "):
            told: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
            if told["type"] in kinds:
                return told
    raise AssertionError(f"the stream ended without {kinds}")


async def test_the_state_shows_phones_with_messages_and_the_clock(
    page: Page, call: Call, ada: Phone, dalia: Phone
) -> None:
    sent = await call("sendMessage", chat_id=dalia.user_id, text="<b>Hi</b> &lt;you&gt;", parse_mode="HTML")
    reaction = [{"type": "emoji", "emoji": "👍"}]
    await call("setMessageReaction", chat_id=dalia.user_id, message_id=1, reaction=reaction)
    await call("setMyCommands", commands=[{"command": "help", "description": "Help"}])

    state = await page.state()

    assert state["clock"] == {"now": "2027-01-04T09:00:00+00:00", "speed": 0}
    assert state["bot"] == {"name": "Sandbox bot", "username": "sandbox_bot"}
    phones = {phone["user_id"]: phone for phone in state["phones"]}
    start, hi = phones[dalia.user_id]["messages"]
    assert start["reactions"] == ["👍"]
    assert start["html"] == '<span class="command">/start</span>'
    assert hi == sent["result"] | {"html": "<b>Hi</b> &lt;you&gt;", "reactions": []}
    assert phones[ada.user_id] == {
        "user_id": ada.user_id,
        "first_name": "Ada",
        "language_code": "en",
        "note": "moderator",
        "blocked": False,
        "commands": [{"command": "help", "description": "Help"}],
        "messages": [],
    }


async def test_events_tell_what_happens(page: Page, call: Call, dalia: Phone) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Join", "callback_data": "join"}]]}
    chat = {"chat_id": dalia.user_id}

    async with page.session.get(f"{page.url}/control/events") as stream:
        sent = (await call("sendMessage", **chat, text="one", reply_markup=keyboard))["result"]["message_id"]
        message = await event(stream, "message")
        await call(
            "editMessageText", **chat, message_id=sent, text="<i>two</i>", parse_mode="HTML", reply_markup=keyboard
        )
        edited = await event(stream, "edited")
        query = await dalia.taps("Join")
        await call("answerCallbackQuery", callback_query_id=query, text="Welcome")
        alert = await event(stream, "alert")
        await call("setMessageReaction", **chat, message_id=1, reaction=[{"type": "emoji", "emoji": "❤"}])
        reaction = await event(stream, "reaction")
        await call("deleteMessage", **chat, message_id=sent)
        deleted = await event(stream, "deleted")
        await call("setMyCommands", commands=[{"command": "help", "description": "Help"}])
        commands = await event(stream, "commands")
        await dalia.blocks()
        blocked = await event(stream, "blocked")

    user = {"user_id": dalia.user_id}
    assert (message["user_id"], message["message"]["html"]) == (dalia.user_id, "one")
    assert (edited["user_id"], edited["message"]["html"]) == (dalia.user_id, "<i>two</i>")
    assert alert == {"type": "alert", "text": "Welcome"} | user
    assert reaction == {"type": "reaction", "message_id": 1, "reactions": ["❤"]} | user
    assert deleted == {"type": "deleted", "message_id": sent} | user
    assert commands == {"type": "commands", "commands": [{"command": "help", "description": "Help"}]} | user
    assert blocked == {"type": "blocked", "blocked": True} | user


async def test_the_time_is_told_without_anything_happening(page: Page) -> None:
    async with page.session.get(f"{page.url}/control/events") as stream:
        told = await event(stream, "clock")

    assert told["clock"]["speed"] == 0


async def test_deeds_by_hand_reach_the_bot(page: Page, call: Call, dalia: Phone) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Join", "callback_data": "join"}]]}
    sent = (await call("sendMessage", chat_id=dalia.user_id, text="one", reply_markup=keyboard))["result"]["message_id"]
    phone = f"phones/{dalia.user_id}"
    file = aiohttp.FormData({"kind": "voice", "caption": "Listen"})
    file.add_field("file", b"sound", filename="note.ogg", content_type="audio/ogg")

    await page.posts(f"{phone}/text", {"text": "typed", "reply_to": sent})
    await page.posts(f"{phone}/tap", {"message_id": sent, "data": "join"})
    await page.posts(f"{phone}/edit", {"message_id": 3, "text": "retyped"})
    await page.posts(f"{phone}/file", file)
    await page.posts(f"{phone}/block")
    await page.posts(f"{phone}/unblock")

    typed, tapped, edited, voice, blocked, unblocked = await call.updates()
    assert typed["message"]["reply_to_message"]["message_id"] == sent
    assert tapped["callback_query"]["data"] == "join"
    assert edited["edited_message"]["text"] == "retyped"
    assert voice["message"]["caption"] == "Listen"
    assert "my_chat_member" in blocked
    assert "my_chat_member" in unblocked
    async with page.session.get(f"{page.url}/control/file/{voice['message']['voice']['file_id']}") as response:
        assert await response.read() == b"sound"
        assert response.content_type == "audio/ogg"


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("phones/1004/text", {}, "text is missing"),
        ("phones/1004/tap", {"message_id": 1, "data": "join"}, "sees no button"),
        ("phones/1004/edit", {"message_id": 9, "text": "x"}, "has no message 9"),
        ("phones/1004/dance", {}, "nobody can dance"),
        ("phones/9/text", {"text": "x"}, "nobody has this phone"),
        ("phones/1004/file", {}, "file is missing"),
        ("clock", {"speed": -1}, "would turn time back"),
        ("clock", {"to": "2020-01-01T00:00:00+00:00"}, "is past"),
        ("clock", {"to": "tomorrow"}, "tomorrow"),
    ],
)
async def test_an_order_that_makes_no_sense_is_refused_with_the_reason(
    page: Page, dalia: Phone, path: str, body: dict[str, Any], error: str
) -> None:
    status, answer = await page.posts(path, body)

    assert status == 400
    assert error in answer["error"]
    assert len(dalia.messages) == 1


async def test_the_clock_is_set_from_the_page(page: Page, sandbox: Sandbox) -> None:
    await page.posts("clock", {"to": "2027-01-05T09:00:00+00:00"})
    day_later = sandbox.clock.now()
    _, answer = await page.posts("clock", {"next": True})
    await page.posts("clock", {"speed": 60})

    assert day_later == DUE - timedelta(days=6)
    assert answer["clock"]["now"] == DUE.isoformat()
    assert sandbox.clock.speed == 60


async def test_the_page_and_its_parts_are_served(page: Page) -> None:
    async with page.session.get(page.url) as response:
        assert response.content_type == "text/html"
    async with page.session.get(f"{page.url}/static/sandbox.css") as response:
        assert response.content_type == "text/css"
    async with page.session.get(f"{page.url}/static/../server.py") as response:
        assert response.status == 404
