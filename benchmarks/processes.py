"""What it costs that several processes serve one bot: replies received, handled and thanked for by 1, 2 and 4 of them, on PostgreSQL.

All run on one core, the database, the stub and the load on the other. So it is their seconds of CPU that are compared, and not the clock:
with a core for each they would do as many times as much as there are, but for what they lose by sharing.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from parts import processes
from parts.filling import plant, plant_deliveries
from parts.processes import Served
from parts.table import Row, at_least, show

from bot import database, logs
from bot.models import State

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
from postgresql import Server

CONNECTIONS = 10  # to each
WARM_UP = 300
SHARED_SECONDS = 6.0  # after which chats and pace are shared, a beat apart
PATIENCE = 90.0
LOOK_SECONDS = 0.1
SHARE_OF_ONE = 0.8


def handled(server: Server, count: int, replies: int) -> float:
    """How many replies so many processes receive, handle and thank for in a second of CPU that they use together."""
    with _dialogue(server, WARM_UP + replies) as url, processes.running("stub") as stub, ExitStack() as ending:
        fellows = [
            ending.enter_context(processes.running("fellow", url, stub.url, core=processes.OURS)) for _ in range(count)
        ]
        time.sleep(SHARED_SECONDS)
        _hand_in(fellows, url, first=1, count=WARM_UP)
        before = _cpu_seconds(fellows)
        _hand_in(fellows, url, first=WARM_UP + 1, count=replies)
        return replies / (_cpu_seconds(fellows) - before)


@contextmanager
def _dialogue(server: Server, members: int) -> Iterator[str]:
    """A database with so many members, who were asked a question."""
    server.copy("migrated", "bench")
    url = server.url("bench")
    asyncio.run(_plant(url, members))
    try:
        yield url
    finally:
        server.execute("DROP DATABASE bench WITH (FORCE)")


async def _plant(url: str, members: int) -> None:
    opened = database.connect(url)
    await plant(opened, members=members, questions=1)
    async with opened.sessions.begin() as session:
        await plant_deliveries(session, members=members, question_id=1, state=State.SENT)
    await opened.close()


def _hand_in(fellows: Sequence[Served], url: str, *, first: int, count: int) -> None:
    """Post replies from as many members, some to each process, and wait until all are handled and thanked for."""
    each = count // len(fellows)
    begun = time.monotonic()
    with ThreadPoolExecutor(len(fellows)) as side_by_side:
        for number, fellow in enumerate(fellows):
            load = [urlsplit(fellow.url).port, CONNECTIONS, first + number * each, each]
            side_by_side.submit(processes.output_of, "blast", load, core=processes.THEIRS, seconds=PATIENCE)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        while _done(connection) < first - 1 + count:
            assert time.monotonic() - begun < PATIENCE, "not all are thanked for"
            time.sleep(LOOK_SECONDS)


def _done(connection: psycopg.Connection) -> int:
    found = connection.execute("SELECT count(*) FROM inbox WHERE state = 'done'").fetchone()
    return found[0] if found else 0


def _cpu_seconds(fellows: Sequence[Served]) -> float:
    return sum(fellow.cpu_seconds() for fellow in fellows)


async def _migrate(url: str) -> None:
    opened = database.connect(url)
    await database.upgrade(opened)
    await opened.close()


def measure(server: Server, counts: Sequence[int], replies: int, rounds: int) -> list[Row]:
    """The median of the rounds, in which each number of processes has its turn."""
    server.execute("CREATE DATABASE migrated")
    asyncio.run(_migrate(server.url("migrated")))
    found = defaultdict(list)
    for _ in range(rounds):
        for count in counts:
            found[count].append(handled(server, count, replies))
    medians = {count: statistics.median(figures) for count, figures in found.items()}
    rows = [Row(f"replies handled per CPU second, processes: {count}", figure) for count, figure in medians.items()]
    one = medians[counts[0]]
    return rows + [
        Row(
            f"of what {counts[0]} does in a CPU second, {count} do",
            medians[count] / one,
            goal=at_least(SHARE_OF_ONE) if count == counts[-1] else None,
        )
        for count in counts[1:]
    ]


def main() -> None:
    """Measure, and print."""
    logs.configure("console", "ERROR")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--counts", type=int, nargs="+", default=[1, 2, 4], help="of processes, the first to compare with"
    )
    parser.add_argument("--replies", type=int, default=1_200, help="a multiple of each")
    parser.add_argument("--rounds", type=int, default=2)
    told = parser.parse_args()
    server = Server.start(durable=False)
    if server is None:
        print("no PostgreSQL server is installed", file=sys.stderr)
        return
    try:
        show("Processes that share a bot, on PostgreSQL", measure(server, told.counts, told.replies, told.rounds))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
