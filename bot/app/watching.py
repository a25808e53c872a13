"""What the parts of a bot know of themselves is read by whoever watches over it, as metrics (gauges)."""

import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.backups import nightly
from bot.database.lease import Lease
from bot.database.outage import Outage
from bot.telegram.gate import Gate
from bot.web.vitals import Vitals


def watch(
    vitals: Vitals, lease: Lease, gate: Gate, outage: Outage, *, backups: Path | None, clock: Callable[[], datetime]
) -> None:
    """Have `vitals` tell who holds the lease, whether the database is away, how long Telegram said wait, how old the newest backup is."""
    vitals.watch("lease_held", "Whether this process sends for the bot", lambda: lease.held)
    vitals.watch("halted_seconds", "For how long Telegram asked to send nothing at all", lambda: gate.halted_seconds)
    vitals.watch("database_outage", "Whether writing to the database fails", lambda: outage.lasts)
    if backups is not None:
        vitals.watch("backup_age_seconds", "Since the newest backup", lambda: _age(backups, clock()))


def _age(folder: Path, now: datetime) -> float:
    """Of the newest backup in a folder; where there is none it is as old as can be."""
    age = nightly.age(folder, now=now)
    return math.inf if age is None else age.total_seconds()
