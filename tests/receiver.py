"""A system outside that is told what happens in a dialogue (webhooks), as far as the bot can tell."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ssl import SSLContext
from typing import Any, Self

import planting
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import update

from bot.database import Database
from bot.features.webhooks.actions import endpoints
from bot.features.webhooks.jobs import herald as heralding
from bot.features.webhooks.jobs.herald import Herald
from bot.models import Reply
from bot.sandbox import Clock
from bot.settings import load

LOOPBACK = "127.0.0.0/8"


@dataclass(frozen=True)
class Heard:
    """One request: its headers in small letters, and its body as it was signed."""

    headers: Mapping[str, str]
    body: str

    @property
    def uid(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told

    @property
    def data(self) -> dict[str, Any]:
        told: dict[str, Any] = self.event["data"]
        return told


@dataclass
class Receiver:
    """Remembers what it heard, and answers each request with the next of `answers` (a status, and headers), else with 204.

    It answers nothing while `may_answer` isn't set.
    """

    heard: list[Heard] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    body: bytes = b""
    url: str = ""
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def serving(self, ssl: SSLContext | None = None) -> AsyncIterator[Self]:
        self.may_answer.set()
        app = web.Application()
        app.router.add_post("/hook", self.receive)
        app.router.add_post("/elsewhere", self.receive)
        server = TestServer(app)
        await server.start_server(ssl=ssl)
        self.url = str(server.make_url("/hook"))
        try:
            yield self
        finally:
            self.may_answer.set()
            await server.close()

    async def receive(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append(Heard(headers, (await request.read()).decode()))
        await self.may_answer.wait()
        status, also = self.answers.pop(0) if self.answers else (204, {})
        return web.Response(status=status, headers=also, body=None if status == 204 else self.body)

    @property
    def types(self) -> list[str]:
        """What it was told, in its order."""
        return [each.event["type"] for each in self.heard]

    def told(self) -> list[tuple[str, int]]:
        """The same with what it was about."""
        return [(each.event["type"], each.data["id"]) for each in self.heard]


@dataclass
class Told:
    """A dialogue with two members, and what tells others of it; its question is open."""

    database: Database
    clock: Clock
    outcomes: list[str]

    def herald(self, *, to_private: str = LOOPBACK, **settings: Any) -> Herald:
        return Herald(
            self.database,
            load(None, webhooks_to_private=to_private, **settings),
            self.clock.now,
            is_ours=lambda: True,
            on_told=self.outcomes.append,
        )

    async def add(self, url: str, *, with_words: bool = False, wanted: tuple[str, ...] = ()) -> int:
        async with self.database.sessions.begin() as session:
            made = await endpoints.add(
                session, "training", url, wanted=wanted, with_words=with_words, in_clear=True, now=self.clock.now()
            )
        await heralding.note(self.database, made.id, self.clock.now)
        return made.id

    async def tell(self) -> None:
        await self.herald().tell_all()

    async def say(self, message_id: int = 5, **how: Any) -> int:
        async with self.database.sessions.begin() as session:
            said = await planting.reply(
                session, how.pop("member_id", 1), message_id=message_id, at=self.clock.now(), **how
            )
        return said.reply_id

    async def change(self, reply_id: int, **values: Any) -> None:
        """By a bare UPDATE, as a feature might that knows nothing of webhooks."""
        async with self.database.sessions.begin() as session:
            await session.execute(update(Reply).where(Reply.id == reply_id).values(**values))

    async def standing(self) -> endpoints.HookStanding:
        async with self.database.readers() as session:
            (found,) = await endpoints.standings(session)
        return found
