import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.settings import Address
from bot.web.receiver import SECRET_HEADER, Receiver
from bot.web.server import MOST_BYTES, Server
from bot.web.vitals import Vitals

SECRET = "s3cret_-"
UPDATE = {"update_id": 7, "message": {"chat": {"id": 1003}, "text": "Bonjour"}}


@dataclass
class Inbox:
    """Where updates go in these tests; out of order while there is a `fault`."""

    kept: list[dict[str, Any]] = field(default_factory=list)
    fault: Exception | None = None

    async def keep(self, update: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        if self.fault:
            raise self.fault
        self.kept.append(update)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def vitals() -> Vitals:
    return Vitals()


@pytest.fixture
async def post(inbox: Inbox, vitals: Vitals) -> AsyncIterator[Callable[..., Any]]:
    routes = Receiver(SECRET, inbox.keep, vitals).routes("https://bot.example.org/from/telegram")
    async with Server(Address("127.0.0.1", 0), routes, needed=True) as server, aiohttp.ClientSession() as session:

        async def post(body: Any, *, path: str = "/telegram", secret: str | None = SECRET) -> int:
            headers = {} if secret is None else {SECRET_HEADER: secret}
            data = io.BytesIO(body.encode()) if isinstance(body, str) else body
            async with session.post(f"{server.url}{path}", data=data, headers=headers) as response:
                return response.status

        yield post


@pytest.mark.parametrize("path", ["/telegram", "/from/telegram"])
async def test_an_update_with_the_secret_is_kept(post: Callable[..., Any], inbox: Inbox, path: str) -> None:
    assert await post(json.dumps(UPDATE), path=path) == 200

    assert inbox.kept == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "S3CRET_-", SECRET + "x", SECRET[:-1], "s3crét"])
async def test_whoever_lacks_the_secret_is_turned_away_and_nothing_is_kept(
    post: Callable[..., Any], inbox: Inbox, secret: str | None
) -> None:
    assert await post(json.dumps(UPDATE), secret=secret) == 403

    assert inbox.kept == []


async def test_at_other_addresses_nothing_is_taken(post: Callable[..., Any], inbox: Inbox) -> None:
    assert await post(json.dumps(UPDATE), path="/") == 404

    assert inbox.kept == []


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    """A body whose length isn't said in advance."""
    for _ in range(size // 2**14):
        yield b" " * 2**14


async def test_a_body_over_the_limit_is_refused_whether_or_not_it_says_so(
    post: Callable[..., Any], inbox: Inbox
) -> None:
    big = json.dumps(UPDATE | {"filling": " " * MOST_BYTES})

    assert await post(big) == 413
    assert await post(in_pieces(MOST_BYTES + 2**15)) == 413
    assert inbox.kept == []


async def test_a_large_update_within_the_limit_is_kept(post: Callable[..., Any], inbox: Inbox) -> None:
    assert await post(json.dumps(UPDATE | {"filling": " " * (MOST_BYTES - 1000)})) == 200

    assert len(inbox.kept) == 1


@pytest.mark.parametrize("body", ["", '{"update_id": 7, "mess', "\xff", "[" * 100_000, "9" * 5000])
async def test_what_is_no_json_is_asked_for_again(post: Callable[..., Any], inbox: Inbox, body: str) -> None:
    assert await post(body.encode("latin-1")) == 400

    assert inbox.kept == []


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        "[]",
        "null",
        '{"update_id": "7"}',
        '{"update_id": true}',
        '{"update_id": 7.5}',
        '{"update_id": -1}',
        '{"update_id": 9223372036854775808}',
    ],
)
async def test_what_can_never_be_kept_is_not_asked_for_again(
    post: Callable[..., Any], inbox: Inbox, vitals: Vitals, body: str
) -> None:
    assert await post(body) == 200

    assert inbox.kept == []
    assert vitals.registry.get_sample_value("vdialogue_webhook_refusals_total", {"reason": "no update_id"}) == 1


async def test_an_update_of_an_unknown_kind_is_kept_whole(post: Callable[..., Any], inbox: Inbox) -> None:
    update = {"update_id": 8, "something_newer": {"than": ["this", None, 1.5]}}

    assert await post(json.dumps(update)) == 200

    assert inbox.kept == [update]


async def test_what_could_not_be_kept_is_asked_for_again(post: Callable[..., Any], inbox: Inbox) -> None:
    inbox.fault = OSError("the disk is full")
    refused = await post(json.dumps(UPDATE))
    inbox.fault = None

    accepted = await post(json.dumps(UPDATE))

    assert (refused, accepted) == (503, 200)
    assert inbox.kept == [UPDATE]


async def test_a_sender_who_breaks_off_costs_nothing(post: Callable[..., Any], inbox: Inbox) -> None:
    async def broken_off() -> AsyncIterator[bytes]:
        yield b'{"update_id": 7, '
        raise ConnectionResetError

    with pytest.raises(aiohttp.ClientError):
        await post(broken_off())

    assert await post(json.dumps(UPDATE)) == 200
    assert inbox.kept == [UPDATE]
