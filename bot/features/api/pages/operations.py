"""What can be asked of the API: one row for each operation, from which come its routes, its checks and its description."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.features.api.actions.tokens import Bearer
from bot.features.api.pages.bodies import Answer
from bot.features.api.pages.problems import Declined
from bot.features.api.pages.requests import MOST, Asked
from bot.models import TokenScope

Given = TypeVar("Given", bound=Asked)
NUMBERS = frozenset({"reply"})
"""The names in addresses that stand for a number; any other is a word."""


@dataclass(frozen=True)
class ApiCall:
    """A request of a system that is let in, taken apart."""

    database: Database
    now: datetime
    bearer: Bearer
    names: Mapping[str, str]
    given: Asked | None

    def asked(self, kind: type[Given]) -> Given:
        """The parameters, or the body, of which the operation's row says what they are."""
        assert isinstance(self.given, kind)
        return self.given

    def number(self, name: str) -> int:
        """A number in the address; raises Declined where it is none."""
        text = self.names[name]
        if not (text.isascii() and text.isdecimal() and len(text) < len(str(MOST)) + 1 and 1 <= int(text) <= MOST):
            raise Declined(HTTPStatus.NOT_FOUND, f"There is no {name} of this number.")
        return int(text)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only reads."""
        async with self.database.readers() as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction."""
        async with self.database.sessions.begin() as session:
            yield session


Handler = Callable[[ApiCall], Awaitable[Answer]]


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked: where, for whoever has the `scope` (None: any token), and what is answered.

    It takes a `query` or a `body`. It may be refused because of how the dialogue stands if `conflicts`. It `follows` the replies: the
    feed is brought up to date before.
    """

    method: str
    path: str
    scope: TokenScope | None
    summary: str
    answer: type[Answer]
    handle: Handler
    query: type[Asked] | None = None
    body: type[Asked] | None = None
    conflicts: bool = False
    follows: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names that stand in its address."""
        return tuple(part.partition("}")[0] for part in self.path.split("{")[1:])
