"""How many replies a core takes in: kept before Telegram hears of it, and handled to the thanks.

Each receiver runs on one core, the load and the stub of the Bot API on the other; rounds alternate, and medians count.
A second of CPU is what a second on an idle core would be: other work on the machine hardly changes it.
"""

import argparse
import json
import statistics
from collections import defaultdict
from urllib.parse import urlsplit

from parts import processes
from parts.table import Row, at_least, at_most, show

CONNECTIONS = 40  # Telegram's default for a webhook
NAMES = ("ours", "python-telegram-bot", "aiogram")
PATIENCE = 180.0
WARM_UP = 500
MEASURES = (
    ("rate", "kept, replies/s", None),
    ("rate per CPU", "kept, replies per CPU second", at_least(5_000)),
    ("p99", "99th percentile of the 200, ms", at_most(20)),
    ("p99 handling", "the same while replies are handled, ms", at_most(20)),
    ("handled", "handled, replies/s", None),
    ("handled per CPU", "handled, replies per CPU second", at_least(800)),
)


def receive(name: str, count: int) -> dict[str, float]:
    """One webhook, fresh and warmed up: replies per second, and per second of CPU, and the 99th percentile in ms."""
    with (
        processes.running("stub") as stub,
        processes.running("receiver", name, stub.url, core=processes.OURS) as receiver,
    ):
        port = urlsplit(receiver.url).port
        _blast(port, 1, WARM_UP)
        before = receiver.cpu_seconds()
        measured = _blast(port, WARM_UP + 1, count)
        return measured | {"rate per CPU": count / (receiver.cpu_seconds() - before)}


def _blast(port: int | None, first: int, count: int) -> dict[str, float]:
    load = [port, CONNECTIONS, first, count]
    measured: dict[str, float] = json.loads(processes.output_of("blast", load, core=processes.THEIRS, seconds=PATIENCE))
    return measured


def receive_and_handle(name: str, count: int) -> dict[str, float]:
    """The same while all that came is handled, from as many members: the 99th percentile in ms."""
    with (
        processes.running("stub") as stub,
        processes.running("receiver", name, stub.url, "--handling", WARM_UP + count, core=processes.OURS) as receiver,
    ):
        port = urlsplit(receiver.url).port
        _blast(port, 1, WARM_UP)
        return {"p99 handling": _blast(port, WARM_UP + 1, count)["p99"]}


def handle(name: str, count: int) -> dict[str, float]:
    """One bot from the poll to the thanks: replies per second, and per second of CPU."""
    with processes.running("stub", "--replies", count) as stub:
        load = [name, stub.url, count]
        measured: dict[str, float] = json.loads(
            processes.output_of("bot_polling", load, core=processes.OURS, seconds=PATIENCE)
        )
    return measured


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--replies", type=int, default=3_000, help="to be handled")
    arguments = parser.parse_args()
    figures: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(arguments.rounds):
        for name in NAMES:
            measured = (
                receive(name, arguments.posts)
                | receive_and_handle(name, arguments.replies)
                | handle(name, arguments.replies)
            )
            for measure, figure in measured.items():
                figures[measure, name].append(figure)
    median = {key: statistics.median(values) for key, values in figures.items()}
    rows = [
        Row(f"{words} ({peer})", median[measure, "ours"], median[measure, peer], goal)
        for peer in NAMES[1:]
        for measure, words, goal in MEASURES
    ]
    show("Receiving on one core; the peers answer 200 before anything is kept", rows)


if __name__ == "__main__":
    main()
