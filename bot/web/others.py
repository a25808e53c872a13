"""The other bots of a process, as the pages of the first one tell of them: how each stands, and what it counts."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.hosting.states import HostedState


class ToldOf(Protocol):
    """What a bot that runs tells of itself."""

    @property
    def registry(self) -> CollectorRegistry:
        """What it counts."""

    async def told(self) -> dict[str, Any]:
        """How it is."""

    async def refresh(self) -> None:
        """Count anew what its database holds."""


@dataclass(frozen=True)
class OtherBot:
    """How one stands, and, where it runs, what it tells of itself."""

    state: HostedState
    pages: ToldOf | None = None


class Others(Collector):
    """All of them by name; none where the process runs the first bot alone. As metrics: how many stand how."""

    def __init__(self) -> None:
        self._bots: dict[str, OtherBot] = {}

    def note(self, name: str, bot: OtherBot) -> None:
        """This is how one stands now."""
        self._bots[name] = bot

    def hush(self, name: str) -> None:
        """One is about to end, and tells nothing of itself any more."""
        if (bot := self._bots.get(name)) is not None:
            self._bots[name] = replace(bot, pages=None)

    def forget(self, name: str) -> None:
        """It is registered no more."""
        self._bots.pop(name, None)

    async def told(self) -> dict[str, dict[str, Any]]:
        """How each is: its `state`, and what it tells of itself."""
        bots = dict(self._bots)
        told = await asyncio.gather(*(_told(each) for each in bots.values()))
        return dict(zip(bots, told, strict=True))

    async def refresh(self) -> None:
        """Have each count anew what its database holds."""
        await asyncio.gather(*(pages.refresh() for pages in self._running().values()))

    def together(self, own: CollectorRegistry) -> Collector:
        """What the first one counts, and of the others the same with a label `bot`."""
        return JoinedRegistry(own, {name: pages.registry for name, pages in self._running().items()})

    def collect(self) -> Iterable[Metric]:
        """How many stand how."""
        states = Counter(each.state for each in self._bots.values())
        standing = GaugeMetricFamily("vdialogue_bots", "Bots besides the first, by how they stand", labels=["state"])
        for state in HostedState:
            standing.add_metric([state.value], states[state])
        yield standing

    def _running(self) -> Mapping[str, ToldOf]:
        return {name: each.pages for name, each in self._bots.items() if each.pages is not None}


async def _told(bot: OtherBot) -> dict[str, Any]:
    return {"state": bot.state.value, **(await bot.pages.told() if bot.pages is not None else {})}


class JoinedRegistry(Collector):
    """Several registries as one: what has the same name belongs together, as Prometheus wants it."""

    def __init__(self, own: CollectorRegistry, others: Mapping[str, CollectorRegistry]) -> None:
        self._own, self._others = own, others

    def collect(self) -> Iterable[Metric]:
        """All of them."""
        families = {metric.name: metric for metric in self._own.collect()}
        for name, registry in self._others.items():
            for metric in registry.collect():
                family = families.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
                family.samples += [each._replace(labels={**each.labels, "bot": name}) for each in metric.samples]
        return families.values()
