"""What ten million members would take: when all have a question, what is written, how large it grows, what paid pace costs.

A simulation in steps of a minute, by the rules of the ledger (each member's own clock, quiet hours, a question of its day); paces
and the cost of a message are those of docs/benchmarks.md, sizes those that `--measure` finds on PostgreSQL. It prints the tables of
docs/scale.md; `--members` and `--tokens` ask for others.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MEMBERS = 10_000_000
TOKENS = (1, 3, 10, 100)
OFFSETS = (-5, -5, -4, 1, 2, 3, 3, 8)  # hours from UTC: as many members in each, as in parts/filling.py
DAY, HOUR = 24 * 60, 60
OPENS, QUIET_FROM, QUIET_UNTIL = 9 * HOUR, 21 * HOUR, 8 * HOUR  # minutes of a member's day
OPEN_FOR = 7 * DAY
FREE, PAID = 28, 900  # messages a second: MESSAGES_PER_SECOND and PAID_MESSAGES_PER_SECOND as they are unless set
FREE_SHARE, PAID_SHARE = 0.96, 0.91  # of the pace, as measured ("Pace" in docs/benchmarks.md)
STARS = 0.1  # for each message that is paid for (Bot API, allow_paid_broadcast)
SENT_PER_CORE, HANDLED_PER_CORE, KEPT_PER_CORE = (
    906,
    398,
    6_944,
)  # in a second of a core, as measured ("Pace", "Receiving")
PLANNED_PER_SECOND = 40_000  # on PostgreSQL ("Ledger")
ROWS_WRITTEN = 3  # of a delivery: planned, claimed, recorded
REPLIES, REMINDED, IN_FIRST_HOURS = 0.2, 0.6, 0.5  # of the members: reply, are reminded; of the replies: within 3 hours
FIRST_SECONDS = 3 * 3600
QUESTIONS = 12
INBOX_DAYS = 8
# Bytes of a row with its indexes on PostgreSQL, and the room that changes of it leave (`--measure`, 50,000 members).
BYTES = {"person": 123, "member": 293, "delivery": 638, "reply": 823, "inbox": 779}
GIB = 2**30


@dataclass
class Zone:
    """Members of one clock: when what is left of them falls due, in minutes of UTC since the day of the question began there."""

    offset: int
    left: float
    due: int

    def clock(self, minute: int) -> int:
        """Minutes since the day of the question began, by their clock."""
        return minute + self.offset * HOUR


@dataclass(frozen=True)
class Reached:
    """How a question went out: to what share by the end of its first day, when to the last, and whom it missed."""

    on_first_day: float
    hours: float
    missed: float


def send(members: int, pace: float, *, quiet: bool = True) -> Reached:
    """Send a question to all at so many messages a second, minute by minute."""
    zones = [Zone(offset, members / len(OFFSETS), OPENS - offset * HOUR) for offset in OFFSETS]
    minute = begun = min(zone.due for zone in zones)
    reached = on_first_day = missed = 0.0
    last = begun
    while any(zone.left for zone in zones):
        room = pace * 60
        for zone in sorted(zones, key=lambda each: each.due):
            if not zone.left or zone.due > minute:
                continue
            clock = zone.clock(minute)
            if quiet and not QUIET_UNTIL <= clock % DAY < QUIET_FROM:
                zone.due = minute + (QUIET_UNTIL - clock) % DAY  # put off until they wake
            elif clock >= OPENS + OPEN_FOR or clock // DAY != zone.clock(zone.due) // DAY:
                missed, zone.left = missed + zone.left, 0.0
            elif room > 0:
                sent = min(room, zone.left)
                room, zone.left, reached, last = room - sent, zone.left - sent, reached + sent, minute
                on_first_day += sent if clock < DAY else 0.0
        minute += 1
    return Reached(on_first_day / members, (last + 1 - begun) / HOUR, missed / members)


def tables(members: int, tokens: Sequence[int]) -> Iterator[str]:
    """All that is printed, line by line, in Markdown."""
    yield from _reaching(members, tokens)
    yield ""
    yield from _missing()
    yield ""
    yield from _writing(members, tokens)
    yield ""
    yield from _growing(members)


def _reaching(members: int, tokens: Sequence[int]) -> Iterator[str]:
    yield f"| {members:,} members, a question | on its first day | the last after | not at all | Stars |"
    yield "|---|---|---|---|---|"
    for count in tokens:
        for name, pace, stars in _paces():
            found = send(members, count * pace)
            price = f"{members * STARS:,.0f}" if stars else "none"
            yield (
                f"| {_tokens(count)}, {name} | {found.on_first_day:.0%} | {_span(found.hours)} "
                f"| {found.missed:.0%} | {price} |"
            )


def _missing() -> Iterator[str]:
    yield "| without quiet hours, for each token | members whom a question reaches on its day |"
    yield "|---|---|"
    for name, pace, _ in _paces():
        yield f"| {name} | {_most(pace) / 1e6:.1f} million |"


def _most(pace: float) -> float:
    """How many members a question reaches before the day is over, were there as many as one likes."""
    endless = 10**12
    return endless * (1 - send(endless, pace, quiet=False).missed)


def _writing(members: int, tokens: Sequence[int]) -> Iterator[str]:
    yield "| while a question goes out | rows written a second, at most | cores that send |"
    yield "|---|---|---|"
    for count in tokens:
        for name, pace, _ in _paces():
            rate = count * pace
            yield f"| {_tokens(count)}, {name} | {ROWS_WRITTEN * rate:,.0f} | {rate / SENT_PER_CORE:.2f} |"
    yield ""
    replies = members * REPLIES * IN_FIRST_HOURS / FIRST_SECONDS
    yield (
        f"Replies in the first three hours: {replies:,.0f} a second, which {replies / KEPT_PER_CORE:.2f} cores keep and "
        f"{replies / HANDLED_PER_CORE:.2f} handle, and {replies / FREE:.1f} tokens can thank for."
    )
    yield f"Planning, on one connection of PostgreSQL: {_span(members / PLANNED_PER_SECOND / 3600)}."


def _growing(members: int) -> Iterator[str]:
    yield f"| after {QUESTIONS} questions | rows | bytes each | GiB |"
    yield "|---|---|---|---|"
    rows = {
        "person": members,
        "member": members,
        "delivery": members * QUESTIONS * (1 + REMINDED),
        "reply": members * QUESTIONS * REPLIES,
        "inbox": members * REPLIES * INBOX_DAYS / 7,
    }
    for table, count in rows.items():
        yield f"| {table} | {count:,.0f} | {BYTES[table]} | {count * BYTES[table] / GIB:,.0f} |"
    whole = sum(count * BYTES[table] for table, count in rows.items())
    yield f"| all | | | {whole / GIB:,.0f} |"


def _paces() -> tuple[tuple[str, float, bool], ...]:
    return ("free", FREE * FREE_SHARE, False), ("paid", PAID * PAID_SHARE, True)


def _tokens(count: int) -> str:
    return "1 token" if count == 1 else f"{count} tokens"


def _span(hours: float) -> str:
    if hours < 1:
        return f"{hours * 60:.0f} minutes"
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"  # noqa: PLR2004 - two days


async def measure(url: str, members: int) -> dict[str, int]:
    """Bytes of a row with its indexes, of each table, on an empty PostgreSQL database."""
    from parts import sizes  # noqa: PLC0415 - the tables need neither a database nor the bot

    return await sizes.measure(url, members)


def main() -> None:
    """Print the tables, or the sizes they rest on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=MEMBERS)
    parser.add_argument("--tokens", type=int, nargs="+", default=TOKENS)
    parser.add_argument("--measure", metavar="URL", help="find the sizes on this empty PostgreSQL database")
    chosen = parser.parse_args()
    if chosen.measure:
        print(asyncio.run(measure(chosen.measure, 50_000)))
        return
    print("\n".join(tables(chosen.members, chosen.tokens)))


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parent))
    main()
