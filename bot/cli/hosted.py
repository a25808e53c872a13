"""How the bots besides the first stand, for the doctor."""

from collections.abc import Mapping

from bot.database import Database
from bot.features.health import jobs as telegram
from bot.features.health.actions.findings import Finding, Level, Matter
from bot.hosting import registry
from bot.hosting.keys import KeyLost, Keys
from bot.hosting.registry import Registered
from bot.hosting.states import HostedState
from bot.settings import Settings

WELL = {None, HostedState.STARTING, HostedState.RUNNING}


async def examine(first: Database, settings: Settings) -> list[Finding]:
    """A finding for each: as a running process tells of it, or as far as the registry does."""
    async with first.readers() as session:
        found = await registry.listed(session)
    if not found:
        return []
    running = await telegram.ask_states(str(settings.web_listen))
    keys = Keys(settings.bot_keys)
    return [_finding(each.name, state_of(each, running, keys)) for each in found]


def state_of(bot: Registered, running: Mapping[str, HostedState], keys: Keys) -> HostedState | None:
    """How one stands; None where nothing is wrong with it, and no process tells."""
    if bot.name in running:
        return running[bot.name]
    if bot.paused:
        return HostedState.PAUSED
    try:
        keys.open(bot.token)
        keys.open(bot.secret)
    except KeyLost:
        return HostedState.KEY_LOST
    return None


def _finding(name: str, state: HostedState | None) -> Finding:
    if state in WELL:
        return Finding(Matter.BOT_REGISTERED, Level.FINE, detail=name)
    if state is HostedState.PAUSED:
        return Finding(Matter.BOT_PAUSED, Level.NOTE, detail=name)
    return Finding(Matter.BOT_RESTS, Level.FAULT, detail=f"{name} ({state})")
