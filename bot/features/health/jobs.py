"""What Telegram says of the bot: whether it knows it, what the time is, and where it brings updates. What a running bot says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from telegram import Bot, WebhookInfo
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.features.health.actions.findings import Finding, Level, Matter
from bot.hosting.states import HostedState
from bot.telegram.request import AiohttpRequest

SECONDS = 10.0  # to wait for an answer
CLOCK_TOLERANCE = timedelta(seconds=5)  # the Date header has whole seconds, and an answer takes its time
FAILED_LATELY = timedelta(hours=1)
READY = "/health/ready"
ASKING_SECONDS = 5  # whoever else asks does so again within less
MANY_PENDING = 100  # what a running bot fetches at once


async def examine(token: str, api_url: str, *, webhook_url: str | None, clock: Callable[[], datetime]) -> list[Finding]:
    """Ask the Bot API; `webhook_url` is where updates are wanted, None for long polling. Changes nothing there."""
    try:
        async with _asking(token, api_url) as bot:
            info = await bot.get_webhook_info()
    except InvalidToken:
        # The error's own words repeat the token.
        return [Finding(Matter.TOKEN_REFUSED, Level.FAULT)]
    except TelegramError as error:
        return [Finding(Matter.TELEGRAM_AWAY, Level.FAULT, detail=f"{api_url}: {error.message}")]
    privacy = Matter.PRIVACY_OFF if bot.can_read_all_group_messages else Matter.PRIVACY_ON
    return [
        Finding(Matter.TOKEN_VALID, Level.FINE, detail=bot.username),
        await _clock(api_url, clock),
        _transport(info, webhook_url),
        *_arrears(info, clock()),
        Finding(privacy, Level.FINE),
    ]


class NotAccepted(Exception):
    """Telegram doesn't know the token."""


class TelegramAway(Exception):
    """Telegram can't be asked; `reason` in the library's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AskedElsewhere(Exception):
    """Another process asks for the updates of this bot."""


@dataclass(frozen=True)
class Acquaintance:
    """What Telegram says of a token: whose it is, and the address to which it brings updates, empty for none."""

    bot_id: int
    username: str
    webhook_url: str


async def meet(token: str, api_url: str) -> Acquaintance:
    """Ask Telegram whose a token is; raises NotAccepted, TelegramAway. Changes nothing there."""
    try:
        async with _asking(token, api_url) as bot:
            info = await bot.get_webhook_info()
    except InvalidToken:
        raise NotAccepted from None
    except TelegramError as error:
        raise TelegramAway(f"{api_url}: {error.message}") from None
    return Acquaintance(bot.id, bot.username, info.url)


async def expect_nobody_else(token: str, api_url: str) -> None:
    """Ask for updates, of which none is confirmed, for some seconds: Telegram refuses one of two who do; raises AskedElsewhere."""
    try:
        async with _asking(token, api_url) as bot:
            await bot.get_updates(limit=1, timeout=ASKING_SECONDS)
    except Conflict:
        raise AskedElsewhere from None
    except TelegramError:
        return  # it is known whose the token is, and no more can be learnt


def _asking(token: str, api_url: str) -> Bot:
    return Bot(token, base_url=f"{api_url}/bot", request=AiohttpRequest(SECONDS), get_updates_request=AiohttpRequest())


async def _clock(api_url: str, clock: Callable[[], datetime]) -> Finding:
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session:
            before = clock()
            # The front page rather than a call: its address holds no token.
            async with session.get(api_url, allow_redirects=False) as answer:
                here = before + (clock() - before) / 2
                there = parsedate_to_datetime(answer.headers["Date"]) + timedelta(seconds=0.5)
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding(Matter.CLOCK_NOT_COMPARED, Level.NOTE)
    apart = here - there
    if abs(apart) <= CLOCK_TOLERANCE:
        return Finding(Matter.CLOCK_RIGHT, Level.FINE)
    matter = Matter.CLOCK_AHEAD if apart > timedelta(0) else Matter.CLOCK_BEHIND
    return Finding(matter, Level.FAULT, count=round(abs(apart).total_seconds()))


def _transport(info: WebhookInfo, wanted: str | None) -> Finding:
    if info.url == (wanted or ""):
        return Finding(Matter.WEBHOOK if wanted else Matter.POLLING, Level.FINE, detail=info.url)
    if wanted is None:
        return Finding(Matter.WEBHOOK_UNWANTED, Level.FAULT, detail=info.url)
    if not info.url:
        return Finding(Matter.WEBHOOK_MISSING, Level.FAULT, detail=wanted)
    return Finding(Matter.WEBHOOK_ELSEWHERE, Level.FAULT, detail=info.url)


def _arrears(info: WebhookInfo, now: datetime) -> list[Finding]:
    pending = info.pending_update_count
    failed_at = info.last_error_date
    if info.url and failed_at is not None and failed_at > now - FAILED_LATELY:
        # Without anything pending it has worked since: a restart looks like that.
        level = Level.FAULT if pending else Level.NOTE
        return [Finding(Matter.WEBHOOK_FAILED, level, pending, info.last_error_message or "", failed_at)]
    if pending:
        return [Finding(Matter.PENDING, Level.FAULT if pending >= MANY_PENDING else Level.NOTE, pending)]
    return []


async def ask_bot(address: str, *, clock: Callable[[], datetime], name: str | None = None) -> list[Finding]:
    """What a bot says of its periodic work, and of what fails: the one that serves its pages at host:port, or another there by `name`.

    Nothing if none answers.
    """
    told = await _ask(address)
    now = clock()
    try:
        own = told if name is None else told["bots"][name]
        jobs = [_job(each, job, now) for each, job in own["jobs"].items()]
        return [*jobs, *(_trouble(work, trouble, now) for work, trouble in own["troubles"].items())]
    except (AttributeError, KeyError, TypeError, ValueError):
        return []  # no bot runs, or another program has the address, which the bot's log says


async def ask_states(address: str) -> dict[str, HostedState]:
    """How the bots besides the first stand, by their names, in the process that serves its pages at host:port; nothing if none answers."""
    told = await _ask(address)
    try:
        return {name: HostedState(one["state"]) for name, one in told.get("bots", {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}


async def _ask(address: str) -> dict[str, Any]:
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(f"http://{address}{READY}") as answer:
            told = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _job(name: str, told: Mapping[str, float | None], now: datetime) -> Finding:
    since, until = told["seconds_since"], now + timedelta(seconds=told["seconds_until"] or 0)
    if since is None:
        return Finding(Matter.JOB_AHEAD, Level.FINE, detail=name, until=until)
    return Finding(Matter.JOB_DONE, Level.FINE, detail=name, since=now - timedelta(seconds=since), until=until)


def _trouble(work: str, told: Mapping[str, Any], now: datetime) -> Finding:
    since = now - timedelta(seconds=told["seconds"])
    return Finding(Matter.WORK_FAILS, Level.FAULT, detail=f"{work} ({told['error']})", since=since)
