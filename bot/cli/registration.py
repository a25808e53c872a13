"""What the commands about other bots share: a token is asked for and shown to Telegram, the registry is read and changed, and refusals are told."""

import asyncio
import getpass
import re
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import application
from bot.cli.terminal import CommandFailed, opened, read_registry, words
from bot.cli.texts import bots as texts
from bot.features.health import jobs as telegram
from bot.features.health.jobs import Acquaintance, AskedElsewhere, NotAccepted, TelegramAway
from bot.hosting import places, registry
from bot.hosting.keys import Keys, NoKeys
from bot.hosting.places import NoPlace, database_of
from bot.hosting.registry import (
    AlreadyServed,
    AnotherBot,
    FirstBot,
    HostTaken,
    NameTaken,
    Newcomer,
    NoSuchBot,
    Registered,
)
from bot.settings import Settings

TOKENS = re.compile(r"[1-9]\d{0,18}:[A-Za-z0-9_-]+")

Result = TypeVar("Result")


def ask_token() -> str:
    """The token, which is no argument: others on the machine can read those."""
    given = getpass.getpass(f"{texts.token_prompt(words())}: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not TOKENS.fullmatch(given.strip()):
        raise CommandFailed(texts.token_refused(words()))
    return given.strip()


def keys_of(first: Settings) -> Keys:
    """The keys; refuses where there is none."""
    keys = Keys(first.bot_keys)
    try:
        keys.check()
    except NoKeys:
        raise CommandFailed(texts.no_keys(words())) from None
    return keys


def known(first: Settings, name: str) -> Registered:
    """A bot as it is registered; refuses a name that isn't there."""
    return asyncio.run(read_registry(first, lambda session: registry.find(session, name)))


def place_of(first: Settings, name: str) -> str:
    """Where the data of a bot lie, for people to see."""
    with refusing(name):
        return places.shown(database_of(first.database_url, name))


def changing(first: Settings, work: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
    """What comes of a change of the registry; refuses a name that isn't there."""

    async def change() -> Result:
        async with opened(first.database_url) as ours, ours.sessions.begin() as session:
            return await work(session)

    try:
        return asyncio.run(change())
    except NoSuchBot as error:
        raise CommandFailed(texts.no_such_bot(words(), error.name)) from None


def first_bot(first: Settings) -> FirstBot:
    """What no other bot may have."""
    token = first.telegram_bot_token.get_secret_value() if first.telegram_bot_token else ""
    number = token.partition(":")[0]
    return FirstBot(int(number) if number.isdecimal() else None, first.web_url)


async def register(first: Settings, newcomer: Newcomer, keys: Keys, *, take_over: bool, adopt: bool) -> str:
    """Register a bot once Telegram has said whose its token is, and its database is made; returns its @username."""
    met = await telegram.meet(newcomer.token, first.telegram_api_url)
    newcomer = replace(newcomer, bot_id=met.bot_id, username=met.username)
    async with opened(first.database_url) as ours:
        async with ours.readers() as session:
            await registry.expect(session, first_bot(first), newcomer)
        await _expect_free(first, met, newcomer.token, take_over=take_over)
        await _make_place(database_of(first.database_url, newcomer.name), adopt=adopt)
        async with ours.sessions.begin() as session:
            await registry.add(session, first_bot(first), newcomer, keys, now=application.wall_clock())
    return met.username


async def _expect_free(first: Settings, met: Acquaintance, token: str, *, take_over: bool) -> None:
    """Refuse a bot whose updates go to another program; a webhook can be taken over, one that asks has to be stopped."""
    if met.webhook_url and not take_over:
        raise CommandFailed(texts.has_webhook(words(), met.username, met.webhook_url))
    if not met.webhook_url:
        try:
            await telegram.expect_nobody_else(token, first.telegram_api_url)
        except AskedElsewhere:
            raise CommandFailed(texts.asked_elsewhere(words(), met.username)) from None


async def _make_place(url: str, *, adopt: bool) -> None:
    async with opened(url) as theirs:
        if not adopt and await places.holds_something(theirs):
            raise CommandFailed(texts.has_data(words(), places.shown(url)))


async def renew(first: Settings, newcomer: Newcomer, keys: Keys) -> None:
    """Give a bot a new token once Telegram has said that it is of the same bot."""
    met = await telegram.meet(newcomer.token, first.telegram_api_url)
    renewed = replace(newcomer, bot_id=met.bot_id, username=met.username)
    async with opened(first.database_url) as ours, ours.sessions.begin() as session:
        try:
            await registry.rotate(session, renewed, keys)
        except AnotherBot:
            raise CommandFailed(texts.another_bot(words(), newcomer.name, met.username)) from None


@contextmanager
def refusing(name: str, web_url: str = "") -> Iterator[None]:
    """Say in words why a bot can't be registered."""
    t = words()
    try:
        yield
    except NoPlace:
        raise CommandFailed(texts.no_place(t)) from None
    except NameTaken:
        raise CommandFailed(texts.name_taken(t, name)) from None
    except AlreadyServed as error:
        raise CommandFailed(texts.already_served(t, error.username, error.name)) from None
    except HostTaken:
        raise CommandFailed(texts.host_taken(t, web_url)) from None
    except NotAccepted:
        raise CommandFailed(texts.token_refused(t)) from None
    except TelegramAway as error:
        raise CommandFailed(texts.telegram_away(t, error.reason)) from None
