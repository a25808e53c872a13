"""The composition root: the one module that knows all others, and keeps them running together."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from telegram.error import TelegramError

from bot.app import agenda, preparing, receiving, watching
from bot.app.apologies import apologise
from bot.app.guard import Guard, Work, see_through
from bot.app.jobs import TICK, Jobs
from bot.app.receiving import SharedServer
from bot.app.sharing import Sharing, sender_of
from bot.app.stage import Playhouse
from bot.child import Child
from bot.database import Database
from bot.database.bell import Bell
from bot.database.lease import lease
from bot.features.members.actions import profile
from bot.features.menu import handlers as menu
from bot.features.rehearsals.jobs import Rehearser
from bot.features.replies import jobs as reply_jobs
from bot.features.themes.jobs import Sorter
from bot.features.translations.jobs import Interpreter
from bot.features.webhooks.jobs.herald import Herald
from bot.inbound.admission import AdmissionControl
from bot.inbound.application import build, connected
from bot.inbound.keeper import Keeper
from bot.inbound.routes import TYPED
from bot.inbound.worker import Worker
from bot.inbox.updates import Waiting
from bot.outbound.sending import Sending
from bot.services import translation
from bot.settings import ProcessRole, Settings
from bot.telegram.absence import Absence
from bot.telegram.context import House
from bot.telegram.gate import Gate, unasked
from bot.web.vitals import Vitals

TICK_SECONDS = 15.0
DRAIN_SECONDS = 5.0
KEPT, DUE = "kept", "due"  # what the bell rings for: updates in these lanes, something to be sent
HELD_TO_THE_END = {"lease", "sharing"}  # for what is on its way
LAST_ANSWER_SECONDS = 3.0  # both together end before a service manager's patience of ten seconds

log = structlog.get_logger()


def wall_clock() -> datetime:
    """The moment, in UTC: the one place where the clock is read."""
    return datetime.now(UTC)  # noqa: TID251 - the edge


class Bot:
    """The bot, put together and not yet running; `tick_seconds` is real time, whatever `clock` says.

    One that isn't the first of its process is served by the server that is `shared`.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        clock: Callable[[], datetime] = wall_clock,
        tick_seconds: float = TICK_SECONDS,
        shared: SharedServer | None = None,
    ) -> None:
        self._settings, self.database, self._clock = settings, database, clock
        self._woken = asyncio.Event()
        self._stopping = False
        self._ticking = asyncio.Lock()
        self.shared = shared or SharedServer.empty()
        self.vitals = Vitals(of_process=shared is None)
        self._guard = Guard(database.outage, self.vitals)
        self._jobs = Jobs(
            settings,
            database,
            self._guard,
            self.vitals,
            clock=clock,
            is_ours=lambda: self.sharing.ticks,
            wake=self._wake,
            tick_seconds=tick_seconds,
        )
        self._absence = Absence()
        gate = Gate(
            settings.messages_per_second,
            settings.paid_messages_per_second,
            is_ours=lambda: self.sharing.is_certain,
        )
        self._child = Child()
        self._stage = Playhouse()
        house = House(
            database,
            settings,
            clock,
            gate,
            self._wake_who_sends,
            profile.return_to_reach,
            child=self._child,
            stage=self._stage,
            typed=TYPED,
        )
        self.application = build(settings, house, self._on_called)
        self.worker = Worker(
            self.application,
            database,
            partial(apologise, house, self.application.bot),
            self.vitals.unanswered,
            self._on_worked_off,
            admission=AdmissionControl(gate, self._absence),
            clock=clock,
            owns=self._owns,
        )
        self.keeper = Keeper(database, clock, self._on_kept)
        bot = self.application.bot
        frontage = receiving.build(
            house,
            bot,
            self.keeper,
            self.vitals,
            absence=self._absence,
            next_runs=self._next_runs,
            polls=lambda: self.sharing.polls,
            shared=self.shared,
            is_first=shared is None,
        )
        self.receiving, self.server, self.pages = frontage.receiving, frontage.server, frontage.pages
        bot_id = int(bot.token.partition(":")[0])
        self.lease = lease(database, sender_of(bot_id), self._take_over)
        self.sharing = Sharing(house, self.lease, bot_id)
        self._bell = Bell(database, f"bot {bot_id}", {KEPT: self.worker.arrived, DUE: lambda _none: self._woken.set()})
        self.sending = Sending(bot, house, self.lease, self._absence)
        self.sorter = Sorter(database, clock, is_ours=lambda: self.sharing.ticks)
        self.rehearser = Rehearser(bot, house, is_ours=lambda: self.lease.held)
        self.herald = Herald(database, settings, clock, is_ours=lambda: self.sharing.ticks, on_told=self.vitals.told)
        folder = settings.backup_dir
        watching.watch(self.vitals, self.lease, gate, database.outage, backups=folder, clock=wall_clock)

    def _next_runs(self) -> Mapping[str, float]:
        """In how many seconds each job runs next."""
        now = wall_clock()
        return {name: (moment - now).total_seconds() for name, moment in self._jobs.next_runs().items()}

    def _on_called(self, method: str, outcome: str, seconds: float) -> None:
        self.vitals.called(method, outcome, seconds)
        self._absence.called(outcome)

    def _on_worked_off(self, waiting: Waiting) -> None:
        self.vitals.worked_off((self._clock() - waiting.received_at).total_seconds())

    def _owns(self, lane: int) -> bool:
        return self.sharing.owns(lane)

    def _on_kept(self, lanes: Sequence[int]) -> None:
        self.vitals.received(len(lanes))
        self.worker.arrived(lanes)
        self._bell.ring(KEPT, lanes)

    def _wake_who_sends(self) -> None:
        self._woken.set()
        self._bell.ring(DUE)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Receive, work and send until the block is left; then end in order: what is being sent is still recorded."""
        await self.prepare()
        async with (
            self.server,
            connected(self.application, self._absence),
            self._present(),
            asyncio.TaskGroup() as tasks,
        ):
            if ProcessRole.SEND in self._settings.roles:
                await self.lease.take()
            await self._beat()
            running = {
                name: tasks.create_task(self._guard.keep_going(name, work)) for name, work in self._works().items()
            }
            sending = tasks.create_task(self._guard.keep_going("ticks", self._tick_when_woken))
            self._jobs.start(now=wall_clock())
            self._woken.set()
            log.info("running", bot=self.application.bot.username)
            try:
                yield
            finally:
                await see_through(self._end(running, sending))

    @asynccontextmanager
    async def _present(self) -> AsyncIterator[None]:
        await self.sharing.arrive()
        await preparing.look_once_more(self.database)
        yield

    def _works(self) -> Mapping[str, Work]:
        """What goes on as long as the bot runs, by what this process has a part in."""
        everywhere: dict[str, Work] = {
            "bell": self._bell.run,
            "sharing": lambda: self.sharing.keep(self._beat),
            "halts": self.sending.remember_halts,
        }
        of_a_role: dict[ProcessRole, dict[str, Work]] = {
            ProcessRole.WEB: {"receiving": self.receiving.run, "keeper": self.keeper.run},
            ProcessRole.WORK: {"worker": self.worker.run},
            ProcessRole.SEND: {
                "lease": lambda: self.lease.keep(self._on_beat),
                "introduction": self._introduce,
                "rehearsals": self.rehearser.run,
            },
            ProcessRole.TICK: {
                "translations": self._interpret,
                "themes": self.sorter.run,
                "webhooks": self.herald.run,
            },
        }
        for role in self._settings.roles:
            everywhere |= of_a_role[role]
        return everywhere

    async def _beat(self) -> None:
        await self.sharing.beat(self.worker, now=self._clock())

    async def _end(self, running: Mapping[str, asyncio.Task[None]], sending: asyncio.Task[None]) -> None:
        await self._jobs.stop()
        await self._drain(running)
        await self._end_sending(sending)
        for name in HELD_TO_THE_END & running.keys():
            running[name].cancel()
        await self.lease.give_up()
        await self.sharing.give_up()
        await self._child.end()
        await self._stage.end()
        log.info("ended: what was begun is done, and what else is due waits for the next start")

    async def _drain(self, running: Mapping[str, asyncio.Task[None]]) -> None:
        """Receive nothing more, and let the handlers that run come to their end; what is left waits in the inbox."""
        if (receiving := running.get("receiving")) is not None:
            receiving.cancel()
        await self.server.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self.worker.settled()
        for name in running.keys() - HELD_TO_THE_END:
            running[name].cancel()

    async def _end_sending(self, sending: asyncio.Task[None]) -> None:
        """Let what is being sent be answered and recorded; what Telegram is silent about is held as uncertain."""
        self._stopping = True
        self.sending.end()
        self._woken.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_ANSWER_SECONDS):
                await sending
        if self.lease.held:
            async with self.lease.begin() as session:
                await self.sending.settle_interrupted(session)

    async def prepare(self) -> None:
        """Do what comes before anyone is served."""
        await preparing.prepare(self._settings, self.database, now=self._clock())

    def _on_beat(self, taken: bool) -> None:  # noqa: FBT001 - the one thing a beat tells
        if taken:
            self._woken.set()

    async def _take_over(self, session: AsyncSession) -> None:
        await self.sending.take_over(session)

    async def tick(self) -> None:
        """Look at what is due, and send it; idempotent, so that it may be called at any time."""
        async with self._ticking:
            with self.vitals.ticking():
                await self._tick()

    async def _tick(self) -> None:
        if self.sharing.ticks:
            await self._guard.guarded("languages", lambda: reply_jobs.recognise(self.database))
            await self._guard.guarded("words", lambda: reply_jobs.gather_words(self.database))
            pays = self._settings.paid_broadcast == "questions"
            await agenda.write_down(self.database, self._clock, self._guard, pays_for_questions=pays)
            if not self.lease.held:
                self._bell.ring(DUE)
        self.worker.look_again()  # another process may have put a parked update back
        await self.sending.send_due(self._guard.guarded)

    async def _wake(self) -> None:
        # A coroutine, because APScheduler runs anything else in a thread.
        self._woken.set()

    async def _tick_when_woken(self) -> None:
        while not self._stopping:
            await self._woken.wait()
            self._woken.clear()
            # The next tick finds in the database all that this one left undone.
            await self._guard.guarded(TICK, self.tick)

    async def _introduce(self) -> None:
        try:
            with unasked():
                await menu.introduce(self.application.bot, self.database)
        except TelegramError as error:
            log.warning("commands and descriptions could not be told", error=error.message)

    async def _interpret(self) -> None:
        service = translation.chosen(self._settings)
        if service is not None:
            await Interpreter(service, self.database, self._clock, is_ours=lambda: self.sharing.ticks).run()

    async def next_event(self) -> datetime | None:
        """The next moment at which something falls due."""
        async with self.database.readers() as session:
            return await agenda.next_event(session, now=self._clock())
