import asyncio
import socket

import aiohttp
import pytest
from aiohttp import web

from bot.settings import Address
from bot.web.server import AddressTaken, Server, reason_of

LOOPBACK = Address("127.0.0.1", 0)


async def test_what_was_asked_before_the_end_is_answered() -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def answer(_request: web.Request) -> web.Response:
        asked.set()
        await may_answer.wait()
        return web.Response(text="safe")

    async with (
        Server(LOOPBACK, [web.get("/", answer)], needed=True) as server,
        aiohttp.ClientSession() as session,
        asyncio.TaskGroup() as tasks,
    ):
        answered = tasks.create_task(text_of(session, str(server.url)))
        await asked.wait()
        stopping = tasks.create_task(server.stop())
        await asyncio.sleep(0.01)
        stopped_too_soon = stopping.done()
        may_answer.set()

    assert not stopped_too_soon
    assert answered.result() == "safe"


async def text_of(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(url) as response:
        return await response.text()


async def test_after_the_end_nobody_is_listened_to() -> None:
    async with Server(LOOPBACK, [], needed=True) as server:
        url = str(server.url)

    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await text_of(session, url)
    assert server.url is None


async def test_a_taken_address_matters_only_where_it_is_needed() -> None:
    async with Server(LOOPBACK, [], needed=True) as first:
        taken = Address("127.0.0.1", int(str(first.url).rpartition(":")[2]))

        async with Server(taken, [], needed=False) as second:
            assert second.url is None
        with pytest.raises(AddressTaken) as refused:
            async with Server(taken, [], needed=True):
                pass

    assert (refused.value.address, refused.value.reason) == (taken, "Address already in use")


def test_a_host_that_is_not_there_is_told_in_the_resolver_s_words() -> None:
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert reason_of(unknown) == "Name or service not known"
