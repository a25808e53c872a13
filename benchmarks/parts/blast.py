"""Load on a webhook: replies posted over so many connections, each waiting for its answer before the next; prints JSON."""

import argparse
import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import cast

import uvloop
from parts import sample

SECRET = "bench-secret-of-some-length"  # noqa: S105 - opens nothing
PATH = "/telegram"
OK = b"HTTP/1.1 200"
END_OF_HEAD = b"\r\n\r\n"


@dataclass
class Load:
    """What is still to be posted, and how long each post that was answered took (seconds)."""

    port: int
    waiting: list[bytes]
    took: list[float] = field(default_factory=list)


class Connection(asyncio.Protocol):
    """Posts one reply after the other; plain bytes, since an HTTP client would cost more than what is measured."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but name
        self._next()

    def data_received(self, data: bytes) -> None:
        """An answer, which comes in one piece with the head at least."""
        if self._begun is None or END_OF_HEAD not in data:
            return
        if not data.startswith(OK):
            self.done.set_exception(RuntimeError(data.decode()))
            return
        self._load.took.append(time.perf_counter() - self._begun)
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up."""
        if not self.done.done():
            self.done.set_exception(exc or ConnectionResetError())

    def _next(self) -> None:
        self._begun = None
        if not self._load.waiting:
            self.done.set_result(None)
            self._transport.close()
            return
        self._begun = time.perf_counter()
        self._transport.write(self._load.waiting.pop())

    _begun: float | None = None


def _post(number: int) -> bytes:
    body = json.dumps(sample.reply(number), ensure_ascii=False).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def blast(port: int, connections: int, first: int, count: int) -> dict[str, float]:
    """Post replies with ids from `first` on; answers per second, and the 99th percentile of the wait in milliseconds."""
    load = Load(port, [_post(number) for number in range(first, first + count)])
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    opened = [await loop.create_connection(lambda: Connection(load), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.gather(*(connection.done for _, connection in opened))
    seconds = time.perf_counter() - begun
    return {"rate": count / seconds, "p99": sorted(load.took)[int(count * 0.99)] * 1000}


def main() -> None:
    """Post, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("port", "connections", "first", "count"):
        parser.add_argument(name, type=int)
    arguments = parser.parse_args()
    print(json.dumps(uvloop.run(blast(arguments.port, arguments.connections, arguments.first, arguments.count))))


if __name__ == "__main__":
    main()
