"""Several processes that serve one bot, each with its part."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from process import ROOT, BotProcess
from stage import Stage


@asynccontextmanager
async def running_fleet(
    folder: Path, scene: Stage, parts: Mapping[str, str], *, tree: Path = ROOT
) -> AsyncIterator[Mapping[str, BotProcess]]:
    """All of them, running, by their names, with the roles of each; killed at the end if they still do.

    Updates come to those that are `web`: what spreads them over several is no part of the bot.
    """
    fleet = {}
    for name, roles in parts.items():
        place = folder / name.replace(" ", "-")
        place.mkdir()
        own = {"ROLES": roles} | ({} if "web" in roles else {"WEB_LISTEN": "127.0.0.1:0"})
        fleet[name] = BotProcess(place, {**scene.bot.settings, **own}, tree=tree)
    try:
        for process in fleet.values():
            await process.start()
        for process in fleet.values():
            await process.runs()
        yield fleet
    finally:
        for process in fleet.values():
            if process.alive:
                await process.kill()
