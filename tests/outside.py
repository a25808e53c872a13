"""Another system, which asks the API over HTTP with a token."""

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from planting import MONDAY
from sqlalchemy import select

from bot.database import Database
from bot.features.api.actions import tokens
from bot.features.api.actions.tokens import TokenWanted
from bot.features.api.pages.pace import TokenPace
from bot.features.api.pages.site import ROOT, Api
from bot.models import Dialogue, Member, TokenScope
from bot.sandbox import Clock
from bot.settings import Address
from bot.web.server import Server

EVERYTHING = frozenset(TokenScope)
UNHURRIED = TokenPace(per_second=1000, burst=1000)


@dataclass(frozen=True)
class Heard:
    """An answer: its status, its headers, and what its JSON says."""

    status: int
    headers: Mapping[str, str]
    body: Any


class System:
    """Another system, with a secret."""

    def __init__(self, url: str, session: aiohttp.ClientSession, secret: str) -> None:
        self.url, self._session, self.secret = url, session, secret

    def with_secret(self, secret: str) -> "System":
        """Another one, which has another secret."""
        return System(self.url, self._session, secret)

    async def ask(
        self, path: str, method: str = "GET", *, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Heard:
        """The answer, which is JSON, if it has anything in it."""
        given = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        if body is not None:
            given["Content-Type"] = "application/json"
        async with self._session.request(
            method, f"{self.url}{ROOT}{path}", data=sent, headers={**given, **(headers or {})}
        ) as answer:
            told = await answer.read()
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            if answer.status >= 400:
                assert answer.content_type == "application/problem+json"
            return Heard(answer.status, answer.headers, json.loads(told) if told else None)

    async def follow(self, after: int = 0, **asked: object) -> tuple[list[Any], list[int], int]:
        """All there is to tell of replies after a place: those that are there, ids of those that are gone, and the next place."""
        replies: list[Any] = []
        gone: list[int] = []
        more = True
        while more:
            behind = "".join(f"&{name}={value}" for name, value in asked.items())
            page = (await self.ask(f"/replies?after={after}{behind}")).body
            replies, gone = replies + page["replies"], gone + page["gone"]
            after, more = page["next"], page["more"]
        return replies, gone, after


@asynccontextmanager
async def served(database: Database, clock: Clock, pace: TokenPace = UNHURRIED) -> AsyncIterator[str]:
    """The API, and nothing else of the bot: where it is; the replies are followed with each request."""
    api = Api(database, clock.now, lambda: None, pace=pace, pause=0)
    async with Server(Address("127.0.0.1", 0), api.routes(), needed=True) as server:
        yield str(server.url)


@asynccontextmanager
async def asking(url: str, secret: str) -> AsyncIterator[System]:
    """A system that knows where to ask."""
    async with aiohttp.ClientSession() as session:
        yield System(url, session, secret)


async def let_in(
    database: Database,
    *,
    slug: str = "training",
    giver: int | None = None,
    scopes: Iterable[TokenScope] = EVERYTHING,
    now: datetime = MONDAY,
    name: str = "Dashboard",
    days: int = 30,
) -> str:
    """A secret for a dialogue, given by a member (by id), or by the host."""
    async with database.sessions.begin() as session:
        dialogue_id = await session.scalar(select(Dialogue.id).where(Dialogue.slug == slug))
        assert dialogue_id is not None
        by = await session.get_one(Member, giver) if giver is not None else None
        wanted = TokenWanted(name, frozenset(scopes), now + timedelta(days=days))
        return (await tokens.give(session, dialogue_id, by, wanted, now=now)).secret
