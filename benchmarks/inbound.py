"""How many replies a core takes in: kept before Telegram hears of it, and handled to the thanks.

Each receiver runs on one core, the load and the stub of the Bot API on the other; rounds alternate, and medians count.
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


def receive(name: str, count: int) -> dict[str, float]:
    """Rate and 99th percentile of one webhook, fresh and warmed up."""
    with processes.running("stub") as stub, processes.running("receiver", name, stub, core=processes.OURS) as url:
        port = urlsplit(url).port
        _blast(port, 1, WARM_UP)
        return _blast(port, WARM_UP + 1, count)


def _blast(port: int | None, first: int, count: int) -> dict[str, float]:
    load = [port, CONNECTIONS, first, count]
    measured: dict[str, float] = json.loads(processes.output_of("blast", load, core=processes.THEIRS, seconds=PATIENCE))
    return measured


def handle(name: str, count: int) -> float:
    """Replies per second of one bot, from the poll to the thanks."""
    with processes.running("stub", "--replies", count) as stub:
        return float(processes.output_of("bot_polling", [name, stub, count], core=processes.OURS, seconds=PATIENCE))


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--replies", type=int, default=1_000, help="to be handled")
    arguments = parser.parse_args()
    figures: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(arguments.rounds):
        for name in NAMES:
            for measure, figure in receive(name, arguments.posts).items():
                figures[measure, name].append(figure)
            figures["handled", name].append(handle(name, arguments.replies))
    median = {key: statistics.median(values) for key, values in figures.items()}
    rows = []
    for peer in NAMES[1:]:
        rows += [
            Row(f"kept, replies/s ({peer})", median["rate", "ours"], median["rate", peer], at_least(5_000)),
            Row(f"99th percentile, ms ({peer})", median["p99", "ours"], median["p99", peer], at_most(20)),
            Row(f"handled, replies/s ({peer})", median["handled", "ours"], median["handled", peer], at_least(800)),
        ]
    show("Receiving on one core; the peers answer 200 before anything is kept", rows)


if __name__ == "__main__":
    main()
