import asyncio
import socket

import aiohttp
import pytest
from aiohttp import web

from bot.settings import Address
from bot.web.connections import Connections
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


async def test_half_sent_requests_keep_nobody_else_from_an_answer() -> None:
    connections = Connections(most=4)
    async with Server(LOOPBACK, [web.get("/", answer_at_once)], needed=True, connections=connections) as server:
        halves = [await half_a_request(server) for _ in range(30)]

        async with asyncio.timeout(5), aiohttp.ClientSession() as session:
            assert await text_of(session, str(server.url)) == "here"

        ended = [await is_ended(reader) for reader, _ in halves]
        assert ended.count(False) <= 4
        for _, writer in halves:
            writer.close()


async def test_a_burst_of_connections_leaves_no_more_than_so_many_open() -> None:
    async with Server(LOOPBACK, [], needed=True, connections=Connections(most=4)) as server:
        halves = await asyncio.gather(*[half_a_request(server) for _ in range(30)])
        await asyncio.sleep(0.05)

        ended = [await is_ended(reader) for reader, _ in halves]
        assert ended.count(False) <= 4
        for _, writer in halves:
            writer.close()


async def test_a_request_that_does_not_come_whole_is_ended_in_time() -> None:
    connections = Connections(header_seconds=0.05)
    async with Server(LOOPBACK, [web.get("/", answer_at_once)], needed=True, connections=connections) as server:
        async with asyncio.timeout(5), aiohttp.ClientSession() as session:
            reader, writer = await half_a_request(server)
            assert await is_ended(reader, seconds=5)

            await text_of(session, str(server.url))
            await asyncio.sleep(0.1)
            assert await text_of(session, str(server.url)) == "here"
        writer.close()


async def test_who_is_being_answered_makes_room_for_nobody() -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def answer(_request: web.Request) -> web.Response:
        asked.set()
        await may_answer.wait()
        return web.Response(text="safe")

    async with (
        Server(LOOPBACK, [web.get("/", answer)], needed=True, connections=Connections(most=1)) as server,
        aiohttp.ClientSession() as session,
        asyncio.TaskGroup() as tasks,
    ):
        answered = tasks.create_task(text_of(session, str(server.url)))
        await asked.wait()
        reader, writer = await half_a_request(server)
        refused = await is_ended(reader, seconds=5)
        may_answer.set()
        writer.close()

    assert refused
    assert answered.result() == "safe"


async def answer_at_once(_request: web.Request) -> web.Response:
    return web.Response(text="here")


async def half_a_request(server: Server) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, _, port = str(server.url).removeprefix("http://").rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"GET / HTTP/1.1\r\nHost: ")
    return reader, writer


async def is_ended(reader: asyncio.StreamReader, *, seconds: float = 0.2) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await reader.read() == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


def test_a_host_that_is_not_there_is_told_in_the_resolver_s_words() -> None:
    unknown = socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert reason_of(unknown) == "Name or service not known"
