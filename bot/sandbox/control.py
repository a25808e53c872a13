"""The page's side of the server: the state of all phones and groups, news as it happens, and what people do by hand."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.chats import Chat
from bot.sandbox.groups import Group
from bot.sandbox.phone import ImpossibleError, Phone, Where
from bot.sandbox.refusing import RefusedError
from bot.sandbox.world import World

STATIC = Path(__file__).parent / "static"
CLOCK_EVENT_SECONDS = 1.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
NextEvent = Callable[[], Awaitable[datetime | None]]


@dataclass
class Control:
    """Routes for the page. `next_event` tells when the bot has something to do next, if anyone knows."""

    world: World
    phones: Mapping[int, Phone]
    next_event: NextEvent | None = None

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where the page and its controls are found."""
        return [
            web.get("/", self.page),
            web.static("/static", STATIC),
            web.get("/control/state", self.state),
            web.get("/control/events", self.events),
            web.get("/control/file/{file_id}", self.file),
            web.post("/control/clock", _refusable(self.set_clock)),
            web.post("/control/phones/{user_id}/app", _refusable(self.open_app)),
            web.post("/control/phones/{user_id}/{deed}", _refusable(self.act)),
        ]

    async def page(self, _request: web.Request) -> web.StreamResponse:
        """The page itself."""
        return web.FileResponse(STATIC / "index.html")

    async def state(self, _request: web.Request) -> web.Response:
        """Everything that the page shows."""
        bot = {"name": self.world.profile.text("name", ""), "username": self.world.bot["username"]}
        phones = [self._phone(phone) for phone in self.phones.values()]
        groups = [self._group(chat) for chat in self.world.chats.values() if _is_group(chat)]
        return web.json_response({"clock": self._clock(), "bot": bot, "phones": phones, "groups": groups})

    def _phone(self, phone: Phone) -> dict[str, Any]:
        chat = self.world.chats[phone.user_id]
        return {
            "user_id": phone.user_id,
            "first_name": phone.first_name,
            "language_code": phone.language_code,
            "note": phone.note,
            "blocked": phone.blocked,
            "commands": phone.commands(),
            "messages": [self.world.shown(chat, message) for message in phone.messages],
        }

    def _group(self, chat: Chat) -> dict[str, Any]:
        topics = [
            {"thread_id": each.thread_id, "name": each.name, "closed": each.closed} for each in chat.topics.values()
        ]
        people = [
            each["user"]
            for user_id, each in chat.members.items()
            if user_id != self.world.bot["id"] and each["status"] not in {"left", "kicked"}
        ]
        return {
            "chat_id": chat.id,
            "title": chat.profile["title"],
            "type": chat.type,
            "members": len(people),
            "people": [
                {"user_id": each["id"], "first_name": each["first_name"]}
                for each in people
                if each["id"] in self.phones and chat.type != "channel"
            ],
            "topics": topics if chat.is_forum else None,
            "messages": [self.world.shown(chat, message) for message in chat.messages.values()],
        }

    def _clock(self) -> dict[str, Any]:
        return {"now": self.world.clock.now().isoformat(), "speed": self.world.clock.speed}

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: what happens, and the time once a real second."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with self.world.events.listen() as news:
            while True:
                try:
                    async with asyncio.timeout(CLOCK_EVENT_SECONDS):
                        event = await news.get()
                except TimeoutError:
                    event = {"type": "clock", "clock": self._clock()}
                if event is None:
                    return response
                try:
                    await response.write(f"data: {json.dumps(event)}\n\n".encode())
                except ConnectionResetError:  # the page was closed
                    return response

    async def file(self, request: web.Request) -> web.Response:
        """What is in a file; never shown as a page of its own."""
        try:
            stored = self.world.files.get(request.match_info["file_id"])
        except RefusedError:
            raise web.HTTPNotFound from None
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=stored.content, content_type=stored.mime_type, headers=headers)

    async def set_clock(self, request: web.Request) -> web.Response:
        """Change the clock's speed, or jump to a moment or the next event."""
        order = await request.json()
        clock = self.world.clock
        if "speed" in order:
            clock.set_speed(float(order["speed"]))
        if "to" in order:
            clock.advance_to(datetime.fromisoformat(order["to"]))
        if order.get("next"):
            moment = await self.next_event() if self.next_event else None
            if moment is None:
                raise ImpossibleError("nothing is due")
            clock.advance_to(max(moment, clock.now()))
        self.world.events.publish("clock", clock=self._clock())
        return web.json_response({"clock": self._clock()})

    async def act(self, request: web.Request) -> web.Response:
        """One deed of a person."""
        phone = self._phone_of(request)
        match request.match_info["deed"]:
            case "file":
                await _send_file(phone, request)
            case "block":
                await phone.blocks()
            case "unblock":
                await phone.unblocks()
            case deed:
                order = await request.json()
                await _act(phone, deed, order, self._where(order))
        return web.json_response({"ok": True})

    async def open_app(self, request: web.Request) -> web.Response:
        """A person presses a button that opens a Mini App: where the page then goes."""
        order = await request.json()
        address = await self._phone_of(request).opens_app(
            order["label"], message_id=int(order["message_id"]), dark=bool(order.get("dark"))
        )
        return web.json_response({"address": address})

    def _phone_of(self, request: web.Request) -> Phone:
        phone = self.phones.get(int(request.match_info["user_id"]))
        if phone is None:
            raise ImpossibleError("nobody has this phone")
        return phone

    def _where(self, order: dict[str, Any]) -> Where:
        """Where a deed is done: in a group, in a topic of it, in reply to something; else in the private chat."""
        where: Where = {}
        if "chat_id" in order:
            where["chat"] = Group(self.world, self.world.chats[int(order["chat_id"])])
        if order.get("topic"):
            where["topic"] = int(order["topic"])
        if order.get("reply_to"):
            where["reply_to"] = int(order["reply_to"])
        return where


def _is_group(chat: Chat) -> bool:
    return chat.type != "private" and chat.migrated_to is None


async def _act(phone: Phone, deed: str, order: dict[str, Any], where: Where) -> None:
    match deed:
        case "text":
            await phone.sends(order["text"], **where)
        case "tap":
            await phone.taps(message_id=int(order["message_id"]), data=order["data"], chat=where.get("chat"))
        case "edit":
            await phone.edits(int(order["message_id"]), order["text"])
        case _:
            raise ImpossibleError(f"nobody can {deed}")


async def _send_file(phone: Phone, request: web.Request) -> None:
    form = await request.post()
    file = form["file"]
    if not isinstance(file, web.FileField):
        raise ImpossibleError("there is no file")
    await phone.sends_file(
        str(form["kind"]),
        caption=str(form.get("caption", "")),
        content=file.file.read(),
        file_name=file.filename,
        mime_type=file.content_type,
    )


def _refusable(handler: Handler) -> Handler:
    """Answer 400 with the reason when an order makes no sense."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except KeyError as error:
            return web.json_response({"error": f"{error.args[0]} is missing"}, status=400)
        except (ImpossibleError, ValueError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)

    return answer
