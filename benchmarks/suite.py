"""All benchmarks, one after the other, as one table: each with sizes that fit its share of forty minutes on two idle cores.

A script that isn't through within its minutes is ended, and so the whole comes to its end.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parts.table import HANDED_OVER, Row, Section, at_most, handed_over, print_head, print_section

FOLDER = Path(__file__).resolve().parent
LAST_SECONDS = 15.0  # for a script that is ended to end what it has started
LAST_LINES = 12  # of what a script that failed has said


@dataclass(frozen=True)
class Part:
    """A script, the sizes that it is told, and the minutes it may take."""

    script: str
    minutes: float
    sizes: str = ""


PARTS = (
    Part("pacing", 3, "--messages 900 --paid 10000"),
    Part("rush", 6, "--rushes 300@12 300@60 --members 600 --replies 0 10"),
    Part("flood", 4.5, "--count 300 --seconds 15 --waiting 1500"),
    Part("inbound", 4.5, "--rounds 3 --posts 3000 --replies 900"),
    Part("ledger", 7.5, "--sizes 10000 100000 1000000 --digests 10000 100000"),
    Part("growth", 4.5, "--members 100 10000 1000000 --taps 3000 30000 300000 --rows 3000 30000 300000"),
    Part("footprint", 3),
    Part("exporting", 2, "--replies 3000"),
    Part("answers", 4, "--replies 100 1000 10000 --broadcast 1500"),
    Part("summaries", 0.5, "--replies 1000"),
    Part("groups", 1.5, "--rates 1000 4000 --seconds 12"),
    Part("reading", 0.5, "--replies 100 1000 10000"),
    Part("loom", 0.5),
    Part("desk", 2.5, "--replies 1000 10000"),
    Part("weaving", 2.5, "--questions 1 --many 300"),
    Part("moving", 1.5, "--replies 1000 10000"),
    Part("processes", 3),
    Part("size", 2, "--sizes 100000 1000000"),
)


def run(part: Part, seconds: float) -> list[Section]:
    """What one script finds; a last row tells of one that failed, or took too long."""
    command = [sys.executable, str(FOLDER / f"{part.script}.py"), *part.sizes.split()]
    with tempfile.TemporaryDirectory() as folder:
        rows, said = Path(folder) / "rows", Path(folder) / "said"
        with said.open("w") as file:
            environment = {**os.environ, HANDED_OVER: str(rows)}
            code = _run(command, environment, file.fileno(), seconds)
        found = handed_over(rows)
        if code:
            print("\n".join(said.read_text().splitlines()[-LAST_LINES:]), file=sys.stderr, flush=True)
            found.append(Section(part.script, os.getloadavg()[0], [Row("did not come to its end", 1, goal=at_most(0))]))
    return found


def _run(command: Sequence[str], environment: dict[str, str], said: int, seconds: float) -> int:
    """Run a script for so many seconds at most; returns its exit code."""
    with subprocess.Popen(  # noqa: S603 - our own command line
        command, env=environment, stdout=said, stderr=said, start_new_session=True
    ) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)  # so that it stops the servers it has started
        try:
            process.wait(LAST_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        return process.wait() or 1


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scripts", nargs="*", metavar="script", help=f"of {', '.join(part.script for part in PARTS)}")
    parser.add_argument("--patience", type=float, default=1.0, help="times the minutes, on a slower or a busy machine")
    arguments = parser.parse_args()
    begun, goals = time.monotonic(), []
    print_head()
    for part in PARTS:
        if arguments.scripts and part.script not in arguments.scripts:
            continue
        minutes = arguments.patience * part.minutes
        print(f"{time.strftime('%H:%M:%S')} {part.script}: {minutes:g} minutes at most …", file=sys.stderr, flush=True)
        for section in run(part, 60 * minutes):
            print_section(section)
            goals += [row.goal.is_met(row.ours) for row in section.rows if row.goal is not None]
    took = (time.monotonic() - begun) / 60
    print(f"{sum(goals)} of {len(goals)} goals met, in {took:.1f} minutes, load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
