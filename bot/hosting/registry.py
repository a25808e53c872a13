"""The registry of bots besides the first: who is in it, who comes in, and what of one is changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import take_turns
from bot.hosting.keys import KeyLost, Keys
from bot.models import HostedBot, HostedOrganiser


class NoSuchBot(Exception):
    """No bot of that name is registered."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NameTaken(Exception):
    """Another bot has the name."""


class AlreadyServed(Exception):
    """The bot of this token is registered already, by `name`; where that is None, it is the first one."""

    def __init__(self, username: str, name: str | None) -> None:
        super().__init__(username, name)
        self.username, self.name = username, name


class HostTaken(Exception):
    """Another bot's pages are at that host."""


class AnotherBot(Exception):
    """The token is of another bot than the one whose token it was to replace."""


@dataclass(frozen=True)
class Registered:
    """A bot as it is registered; `token` and `secret` are sealed."""

    name: str
    bot_id: int
    username: str
    token: str
    secret: str
    web_url: str | None
    pace: int | None
    organiser_ids: tuple[int, ...]
    paused: bool


@dataclass(frozen=True)
class Wishes:
    """What a bot has of its own: where its pages are, its pace, and who organises all of its dialogues."""

    web_url: str | None = None
    pace: int | None = None
    organiser_ids: tuple[int, ...] = ()


NOTHING_OWN = Wishes()


@dataclass(frozen=True)
class Newcomer:
    """A bot that is to be registered: its token, and what Telegram says of it."""

    name: str
    bot_id: int
    username: str
    token: str = field(repr=False)
    secret: str = field(repr=False)
    wishes: Wishes = NOTHING_OWN


@dataclass(frozen=True)
class FirstBot:
    """What no other bot may have, since the first one has it."""

    bot_id: int | None
    web_url: str | None


async def listed(session: AsyncSession) -> list[Registered]:
    """All of them, by their names."""
    organisers: dict[int, list[int]] = {}
    for each in await session.scalars(select(HostedOrganiser).order_by(HostedOrganiser.telegram_id)):
        organisers.setdefault(each.hosted_bot_id, []).append(each.telegram_id)
    found = await session.scalars(select(HostedBot).order_by(HostedBot.name))
    return [_registered(each, organisers.get(each.id, ())) for each in found]


def _registered(row: HostedBot, organisers: Sequence[int]) -> Registered:
    return Registered(
        name=row.name,
        bot_id=row.bot_id,
        username=row.username,
        token=row.token,
        secret=row.secret,
        web_url=row.web_url,
        pace=row.pace,
        organiser_ids=tuple(organisers),
        paused=row.paused,
    )


async def find(session: AsyncSession, name: str) -> Registered:
    """One of them; raises NoSuchBot."""
    row = await _row(session, select(HostedBot).where(HostedBot.name == name), name)
    theirs = select(HostedOrganiser.telegram_id).where(HostedOrganiser.hosted_bot_id == row.id)
    return _registered(row, (await session.scalars(theirs.order_by(HostedOrganiser.telegram_id))).all())


async def expect(session: AsyncSession, first: FirstBot, newcomer: Newcomer) -> None:
    """Raise NameTaken, AlreadyServed or HostTaken if there is no room for a bot."""
    if newcomer.bot_id == first.bot_id:
        raise AlreadyServed(newcomer.username, None)
    there = await listed(session)
    if any(each.name == newcomer.name for each in there):
        raise NameTaken
    if same := [each.name for each in there if each.bot_id == newcomer.bot_id]:
        raise AlreadyServed(newcomer.username, same[0])
    _expect_host(newcomer.wishes.web_url, first, there)


def _expect_host(web_url: str | None, first: FirstBot, others: Sequence[Registered]) -> None:
    host = host_of(web_url)
    if host is not None and host in {host_of(first.web_url), *(host_of(each.web_url) for each in others)}:
        raise HostTaken


async def add(session: AsyncSession, first: FirstBot, newcomer: Newcomer, keys: Keys, *, now: datetime) -> None:
    """Register a bot; raises what `expect` does, and NoKeys."""
    await take_turns(session, HostedBot)
    await expect(session, first, newcomer)
    row = HostedBot(
        name=newcomer.name,
        bot_id=newcomer.bot_id,
        username=newcomer.username,
        token=keys.seal(newcomer.token),
        secret=keys.seal(newcomer.secret),
        added_at=now,
    )
    session.add(row)
    await session.flush()
    await _fulfil(session, row, newcomer.wishes)


async def change(session: AsyncSession, first: FirstBot, name: str, wishes: Wishes) -> None:
    """Give a bot other things of its own; raises NoSuchBot, HostTaken."""
    await take_turns(session, HostedBot)
    row = await _locked(session, name)
    _expect_host(wishes.web_url, first, [each for each in await listed(session) if each.name != name])
    await _fulfil(session, row, wishes)


async def _fulfil(session: AsyncSession, row: HostedBot, wishes: Wishes) -> None:
    row.web_url, row.pace = wishes.web_url, wishes.pace
    await session.execute(delete(HostedOrganiser).where(HostedOrganiser.hosted_bot_id == row.id))
    for telegram_id in dict.fromkeys(wishes.organiser_ids):
        session.add(HostedOrganiser(hosted_bot_id=row.id, telegram_id=telegram_id))


def host_of(web_url: str | None) -> str | None:
    """The host by which a bot's pages are known from another's, in lower case and as browsers ask for it (IDNA)."""
    host = urlsplit(web_url or "").hostname
    try:
        return host.encode("idna").decode() if host else None
    except UnicodeError:  # nobody will ask for it
        return host


async def rotate(session: AsyncSession, newcomer: Newcomer, keys: Keys) -> None:
    """Give a bot the new token that @BotFather gave it; raises NoSuchBot, AnotherBot, NoKeys."""
    row = await _locked(session, newcomer.name)
    if row.bot_id != newcomer.bot_id:
        raise AnotherBot
    row.token, row.secret, row.username = keys.seal(newcomer.token), keys.seal(newcomer.secret), newcomer.username


async def pause(session: AsyncSession, name: str, *, paused: bool) -> None:
    """Have a bot rest, or be served again; raises NoSuchBot."""
    (await _locked(session, name)).paused = paused


async def remove(session: AsyncSession, name: str) -> None:
    """Forget a bot; its own database stays as it is. Raises NoSuchBot."""
    await session.execute(delete(HostedBot).where(HostedBot.id == (await _locked(session, name)).id))


async def seal_anew(session: AsyncSession, keys: Keys) -> tuple[int, list[str]]:
    """Encrypt all by the first key; how many bots, and the names of those that no key opens. Raises NoKeys."""
    keys.check()
    done, lost = 0, []
    for row in (await session.scalars(select(HostedBot).order_by(HostedBot.name).with_for_update())).all():
        try:
            row.token, row.secret = keys.renew(row.token), keys.renew(row.secret)
            done += 1
        except KeyLost:
            lost.append(row.name)
    return done, lost


async def _locked(session: AsyncSession, name: str) -> HostedBot:
    return await _row(session, select(HostedBot).where(HostedBot.name == name).with_for_update(), name)


async def _row(session: AsyncSession, of: Select[HostedBot], name: str) -> HostedBot:
    row: HostedBot | None = await session.scalar(of)
    if row is None:
        raise NoSuchBot(name)
    return row
