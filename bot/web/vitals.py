"""What the running bot notes of itself as it goes: counts, durations, and when it last gave a sign of life."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.process_collector import ProcessCollector

from bot.web.moments import Moments

# Whatever of these Telegram answers, updates can come in.
ABOUT_RECEIVING = frozenset({"getUpdates", "deleteWebhook", "setWebhook", "getWebhookInfo"})
OK = "ok"
TICK_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600)
CALL_BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
ANSWER_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
KEEPING_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 10)


@dataclass(frozen=True)
class Failing:
    """A piece of work that failed when it was last done: by which class of error, and since when it fails (monotonic)."""

    error: str
    since: float

    @property
    def seconds(self) -> float:
        """Since when."""
        return time.monotonic() - self.since


class Vitals:
    """Counters in a registry of their own, with those of the process where that is wanted; moments are seconds by the monotonic clock."""

    def __init__(self, *, of_process: bool = True) -> None:
        self.registry = CollectorRegistry()
        if of_process:
            ProcessCollector(namespace="vdialogue", registry=self.registry)
        self._begun_at = time.monotonic()
        self._heard_at: float | None = None
        self._ticked_at: float | None = None
        self._ticking = self._stumbled = False
        self._troubles: dict[str, Failing] = {}
        self._done_at: dict[str, float] = {}
        self.registry.register(Moments(self))
        self._received = Counter(
            "vdialogue_updates_received", "Updates kept, or found kept already", registry=self.registry
        )
        self._refusals = Counter(
            "vdialogue_webhook_refusals",
            "Requests to the webhook that were refused",
            ["reason"],
            registry=self.registry,
        )
        self._webhook_troubles = Counter(
            "vdialogue_webhook_troubles", "Times Telegram told of trouble bringing updates", registry=self.registry
        )
        self._keeping = Histogram(
            "vdialogue_webhook_keeping_seconds",
            "From an update's last byte until it is safe",
            buckets=KEEPING_BUCKETS,
            registry=self.registry,
        )
        self._answering = Histogram(
            "vdialogue_answer_seconds",
            "From an update's receipt until it is handled and answered",
            buckets=ANSWER_BUCKETS,
            registry=self.registry,
        )
        self._unanswered = Counter(
            "vdialogue_answers_refused", "Updates handled whose answer Telegram refused", registry=self.registry
        )
        self._calls = Counter(
            "vdialogue_telegram_calls",
            "Calls to Telegram: ok, an HTTP status, not_sent or no_answer",
            ["method", "outcome"],
            registry=self.registry,
        )
        self._call_seconds = Histogram(
            "vdialogue_telegram_call_seconds",
            "How long Telegram takes to answer, polls aside",
            buckets=CALL_BUCKETS,
            registry=self.registry,
        )
        self._ticks = Histogram(
            "vdialogue_tick_seconds",
            "How long it takes to send what is due",
            buckets=TICK_BUCKETS,
            registry=self.registry,
        )
        self._failed_ticks = Counter("vdialogue_ticks_failed", "Ticks with a step that failed", registry=self.registry)
        self._let_go = Counter(
            "vdialogue_let_go",
            "What went since it was kept for long enough: identities, files, dialogues",
            ["what"],
            registry=self.registry,
        )
        self._told = Counter(
            "vdialogue_webhook_tries",
            "Events sent to other systems, by what became of it: sent, or a setback",
            ["outcome"],
            registry=self.registry,
        )
        self._faults = Counter(
            "vdialogue_faults", "Pieces of the work that failed; the rest went on", ["work"], registry=self.registry
        )

    def let_go(self, **counts: int) -> None:
        """So much went that was kept for as long as its dialogue's file says."""
        for what, count in counts.items():
            self._let_go.labels(what).inc(count)

    def told(self, outcome: str) -> None:
        """Another system was sent an event."""
        self._told.labels(outcome).inc()

    def received(self, count: int) -> None:
        """So many updates are safe."""
        self._received.inc(count)

    def watch(self, name: str, what: str, read: Callable[[], float]) -> None:
        """Have a number that somebody else knows read at each look; its unit is the end of its name."""
        Gauge(f"vdialogue_{name}", what, registry=self.registry).set_function(read)

    def webhook_troubled(self) -> None:
        """Telegram could not bring updates, as it tells."""
        self._webhook_troubles.inc()

    def refused(self, reason: str) -> None:
        """A request to the webhook was refused."""
        self._refusals.labels(reason).inc()

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """An update is being kept."""
        with self._keeping.time():
            yield

    def worked_off(self, seconds: float) -> None:
        """An update was handled and answered, so long after its receipt; a clock put back counts as no time."""
        self._answering.observe(max(0.0, seconds))

    def unanswered(self) -> None:
        """Telegram refused the answer to an update: something of ours is amiss in it."""
        self._unanswered.inc()

    def called(self, method: str, outcome: str, seconds: float) -> None:
        """Telegram was called, by a method of the Bot API."""
        self._calls.labels(method, outcome).inc()
        if method != "getUpdates":
            self._call_seconds.observe(seconds)
        if outcome == OK and method in ABOUT_RECEIVING:
            self._heard_at = time.monotonic()
        elif self._ticking:
            # A tick may have thousands to send: it lives as long as calls are answered.
            self._ticked_at = time.monotonic()

    @contextmanager
    def ticking(self) -> Iterator[None]:
        """A tick runs; if one of its steps fails, it is no sign of life."""
        self._ticking, self._stumbled = True, False
        try:
            with self._ticks.time():
                yield
        except Exception:
            self._stumbled = True
            raise
        finally:
            self._ticking = False
            if self._stumbled:
                self._failed_ticks.inc()
            else:
                self._ticked_at = time.monotonic()

    def failed(self, work: str, error: Exception) -> bool:
        """A piece of the work failed; returns whether it didn't fail so the last time."""
        self._faults.labels(work).inc()
        self._stumbled = True
        before, kind = self._troubles.get(work), type(error).__name__
        self._troubles[work] = Failing(kind, before.since if before else time.monotonic())
        return before is None or before.error != kind

    def went_well(self, work: str) -> None:
        """It did not fail."""
        self._troubles.pop(work, None)
        self._done_at[work] = time.monotonic()

    def seconds_since(self, work: str) -> float | None:
        """Since a piece of the work was last done without a fault; None: not yet."""
        return _since(self._done_at.get(work))

    @property
    def running_seconds(self) -> float:
        """Since it all began."""
        return time.monotonic() - self._begun_at

    @property
    def troubles(self) -> Mapping[str, Failing]:
        """What failed when it was last done, by the name of the work."""
        return self._troubles

    @property
    def heard_seconds(self) -> float | None:
        """Since Telegram last answered a call about receiving; None: not yet."""
        return _since(self._heard_at)

    @property
    def ticked_seconds(self) -> float | None:
        """Since a tick came to a good end, or sent something; None: not yet."""
        return _since(self._ticked_at)


def _since(moment: float | None) -> float | None:
    return None if moment is None else time.monotonic() - moment
