"""Since when: for how long Telegram has been silent, no tick come to its end, or a piece of the work has failed, as metrics (gauges)."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


class Since(Protocol):
    """Something that began some seconds ago."""

    @property
    def seconds(self) -> float:
        """Since when."""


class Signs(Protocol):
    """What knows when there was a sign of life."""

    @property
    def running_seconds(self) -> float:
        """Since the start."""

    @property
    def heard_seconds(self) -> float | None:
        """Since Telegram was heard; None: not yet."""

    @property
    def ticked_seconds(self) -> float | None:
        """Since a tick; None: not yet."""

    @property
    def troubles(self) -> Mapping[str, Since]:
        """What fails now, by the name of the work."""


class Moments(Collector):
    """Told anew at each look. What has not come yet counts from the start, so that a bot that never hears anything is found too."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs

    def collect(self) -> Iterable[Metric]:
        """All of them."""
        for name, what, seconds in (
            ("telegram", "Since Telegram last answered a call about receiving", self._signs.heard_seconds),
            ("tick", "Since a tick came to a good end, or sent something", self._signs.ticked_seconds),
        ):
            silence = self._signs.running_seconds if seconds is None else seconds
            yield GaugeMetricFamily(f"vdialogue_{name}_silence_seconds", what, silence)
        failing = GaugeMetricFamily(
            "vdialogue_work_failing_seconds", "For how long pieces of the work have failed each time", labels=["work"]
        )
        for work, trouble in self._signs.troubles.items():
            failing.add_metric([work], trouble.seconds)
        yield failing
