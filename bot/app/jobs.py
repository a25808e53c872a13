"""Periodic work: the named jobs of the scheduler, what each does, when, and what becomes of a run that was missed."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.app.guard import Guard, Work
from bot.backups import erasures, nightly
from bot.database import Database
from bot.features.desk.actions import openings, sessions
from bot.features.privacy import jobs as privacy_jobs
from bot.features.webhooks.jobs import herald as webhook_jobs
from bot.inbox import retention
from bot.settings import Settings
from bot.tallies import reconciliation
from bot.web.vitals import Vitals

TICK, HOUSEKEEPING, RETENTION = "tick", "housekeeping", "retention"
TALLIES, BACKUP = "comparing tallies", "backup"
COMPARES_AT, BACKS_UP_AT = {"hour": 2, "minute": 30}, {"hour": 3, "minute": 0}  # by the clock of DEFAULT_TIMEZONE
SOON = timedelta(minutes=5)  # after the start, when what waits for answers has had them
BACKUP_IS_OLD = timedelta(hours=24)
LAST_WORK_SECONDS = 1.0  # for a job that is cancelled
# However late a run is, it is made, and once for all that were missed: each looks at what is due, and not at the hour.
LATE = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}

log = structlog.get_logger()


class TalliesDiffer(Exception):
    """What digests are made from isn't what is kept; `count` places."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} places: vdialogue db recount puts them right")
        self.count = count


class Executor(AsyncIOExecutor):  # type: ignore[misc]  # APScheduler has no types
    """Runs the jobs, and leaves it to them to end: one that it cancels it takes for a fault, and logs so."""

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002 - as APScheduler calls it
        """Begin nothing more."""


class Jobs:
    """The jobs, each guarded under its name; `wake` begins a tick, which says itself when it has been made.

    Of several processes the one of which `is_ours` says so takes the backups, and lets go what was kept long enough.

    What was missed while the bot didn't run is made up for at the start where that matters: old updates are forgotten,
    and a backup is taken if the newest is older than a day.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        guard: Guard,
        vitals: Vitals,
        *,
        clock: Callable[[], datetime],
        is_ours: Callable[[], bool],
        wake: Work,
        tick_seconds: float,
    ) -> None:
        self._settings, self._database, self._guard, self._clock = settings, database, guard, clock
        self._vitals = vitals
        self._is_ours, self._wake, self._tick_seconds = is_ours, wake, tick_seconds
        self._scheduler: AsyncIOScheduler | None = None
        self._runs: set[asyncio.Task[Any]] = set()

    def start(self, *, now: datetime) -> None:
        """Begin; `now` is real time, as the scheduler has it."""
        zone, folder = ZoneInfo(self._settings.default_timezone), self._settings.backup_dir
        self._scheduler = AsyncIOScheduler(timezone=UTC, executors={"default": Executor()})
        self._scheduler.add_job(
            self._wake, IntervalTrigger(seconds=self._tick_seconds, timezone=UTC), id=TICK, name=TICK, **LATE
        )
        self._add(HOUSEKEEPING, self._forget, IntervalTrigger(hours=1, timezone=UTC), next_run_time=now)
        self._add(RETENTION, self._let_go, IntervalTrigger(hours=1, timezone=UTC), next_run_time=now + SOON)
        self._add(TALLIES, self._compare_tallies, CronTrigger(**COMPARES_AT, timezone=zone))
        if folder is not None:
            at_once = {"next_run_time": now} if _is_old(folder, now) else {}
            self._add(BACKUP, lambda: self._back_up(folder), CronTrigger(**BACKS_UP_AT, timezone=zone), **at_once)
        self._scheduler.start()

    def _add(self, name: str, work: Work, trigger: BaseTrigger, **others: Any) -> None:
        assert self._scheduler is not None
        self._scheduler.add_job(self._run, trigger, args=[name, work], id=name, name=name, **LATE, **others)

    async def _run(self, name: str, work: Work) -> None:
        if self._scheduler is None:
            return  # it was to begin just when the bot ends
        run = asyncio.current_task()
        assert run is not None
        self._runs.add(run)
        run.add_done_callback(self._runs.discard)
        # What is cancelled is done at the next start.
        with contextlib.suppress(asyncio.CancelledError):
            await self._guard.guarded(name, work)

    async def stop(self) -> None:
        """Begin nothing more, cancel what runs, and let it give back what it holds of the database."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        for run in self._runs:
            run.cancel()
        if self._runs:
            await asyncio.wait(self._runs, timeout=LAST_WORK_SECONDS)

    def next_runs(self) -> Mapping[str, datetime]:
        """When each job runs next, by its name."""
        jobs = self._scheduler.get_jobs() if self._scheduler is not None else []
        return {job.name: job.next_run_time for job in jobs if job.next_run_time is not None}

    async def _forget(self) -> None:
        pruned = await self._prune()
        async with self._database.sessions.begin() as session:
            await sessions.forget(session, now=self._clock())
            await openings.forget(session, now=self._clock())
        await webhook_jobs.forget(self._database, self._clock)
        listed = erasures.of(self._settings.database_url, self._settings.erasures_dir)
        await asyncio.to_thread(listed.forget, now=self._clock())
        if pruned:
            await self._database.empty_log()
            log.info("old raw updates are forgotten", count=pruned)

    async def _prune(self) -> int:
        pruned, step, most = 0, retention.Forgotten(-1, None), retention.LEAST
        while step.count:
            begun = time.monotonic()
            async with self._database.sessions.begin() as session:
                step = await retention.prune(session, now=self._clock(), most=most, after=step.up_to)
            seconds = time.monotonic() - begun
            most, pruned = retention.next_step(most, seconds), pruned + step.count
            await asyncio.sleep(seconds)  # as long as the others waited: now they write
        return pruned

    async def _let_go(self) -> None:
        if not self._is_ours():
            return
        gone = await privacy_jobs.let_go(self._database, self._clock)
        for each in gone:
            self._vitals.let_go(identities=each.identities, files=each.files, dialogues=int(each.whole))
            log.info(
                "kept for as long as its file says",
                dialogue=each.slug,
                members_forgotten=each.identities,
                replies_without_files=each.files,
                deleted=each.whole,
            )
        if gone:
            await self._database.scrub()

    async def _compare_tallies(self) -> None:
        async with self._database.readers() as session:
            count = await reconciliation.differing(session)
        if count:
            raise TalliesDiffer(count)

    async def _back_up(self, folder: Path) -> None:
        if not self._is_ours():
            return
        kept, url = self._settings.backups_kept, self._settings.database_url
        file = await asyncio.to_thread(nightly.back_up, url, folder, kept=kept, now=self._clock())
        log.info("backed up", file=str(file))


def _is_old(folder: Path, now: datetime) -> bool:
    age = nightly.age(folder, now=now)
    return age is None or age > BACKUP_IS_OLD
