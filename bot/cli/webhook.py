"""vdialogue webhook: other systems that are told what happens in a dialogue."""

import secrets
import unicodedata
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import click

from bot.app import application
from bot.cli.terminal import CommandFailed, load_settings, with_database, words
from bot.cli.texts import commands
from bot.cli.texts import webhooks as texts
from bot.core.dialogues import NoSuchDialogue
from bot.database import Database
from bot.features.moderation.actions import log
from bot.features.team.actions import vigilance
from bot.features.webhooks.actions import endpoints, telling
from bot.features.webhooks.actions.endpoints import BadTarget, HookStanding, NoSuchEndpoint, NoSuchHappening
from bot.features.webhooks.jobs import herald, posting
from bot.features.webhooks.jobs.posting import Exchange
from bot.models import Act, Happening, WebhookEndpoint

ANSWER_SHOWN = 200  # characters

Result = TypeVar("Result")


@click.group()
def webhook() -> None:
    """Tell other systems what happens in a dialogue; docs/webhooks.md is for those who receive it."""


@webhook.command()
@click.argument("slug")
@click.argument("url")
@click.option("--events", help="Only these, parted by commas: reply.created, or reply for all about replies.")
@click.option("--with-words", is_flag=True, help="Send what was said as well, and not ids and links alone.")
def add(slug: str, url: str, *, events: str | None, with_words: bool) -> None:
    """Tell URL what happens in a dialogue from now on, and show the secret that signs it."""
    wanted = [word.strip() for word in (events or "").split(",") if word.strip()]
    in_clear = bool(load_settings().webhooks_to_private)  # to which of them is looked at when it is sent

    async def begin(database: Database) -> WebhookEndpoint:
        now = application.wall_clock()
        async with database.sessions.begin() as session:
            made = await endpoints.add(
                session, slug, url, wanted=wanted, with_words=with_words, in_clear=in_clear, now=now
            )
            if (
                with_words
            ):  # what is said goes elsewhere from now on: those who can take it along are told, as of an export
                log.enter(session, None, Act.EXPORTED, dialogue_id=made.dialogue_id, now=now)
                await vigilance.tell_of_export(session, made.dialogue_id, None, now=now)
        await herald.note(database, made.id, application.wall_clock)
        return made

    t = words()
    try:
        made = _working(begin)
    except NoSuchDialogue:
        raise CommandFailed(commands.no_such_dialogue(t, slug)) from None
    except BadTarget:
        raise CommandFailed(texts.bad_target(t, url)) from None
    except NoSuchHappening as error:
        raise CommandFailed(texts.no_such_happening(t, str(error), list(Happening))) from None
    click.echo(texts.added(t, made.id, slug, made.secret))


@webhook.command(name="list")
def list_() -> None:
    """List the systems that are told something, and how each stands."""

    async def collect(database: Database) -> list[HookStanding]:
        async with database.readers() as session:
            return await endpoints.standings(session)

    zone = load_settings().default_timezone
    found = with_database(collect)
    for one in found:
        click.echo(texts.endpoint(words(), one, zone))
    if not found:
        click.echo(texts.none_there(words()))


@webhook.command()
@click.argument("endpoint_id", metavar="ID", type=int)
def test(endpoint_id: int) -> None:
    """Send an event “ping” now, and say what comes back; exit status 1 if it wasn't taken."""
    to_private = load_settings().webhooks_to_private

    async def ping(database: Database) -> Exchange:
        now = application.wall_clock()
        async with database.sessions.begin() as session:
            endpoint = await endpoints.find(session, endpoint_id)
            url, secret, slug = endpoint.url, endpoint.secret, endpoint.dialogue.slug
        message = telling.HookMessage(type="ping", timestamp=telling.moment(now), data={"dialogue": slug})
        uid = f"msg_{secrets.token_urlsafe(18)}"
        return await posting.post(url, uid, message, (secret,), to_private=to_private, now=now)

    exchange = _working(ping)
    sentences = [texts.setback(words(), exchange.reception)]
    if beginning := _harmless(exchange.answer):
        sentences.append(texts.answer(words(), beginning))
    if exchange.reception.setback is not None:
        raise CommandFailed("\n".join(sentences))
    click.echo("\n".join(sentences))


def _harmless(answer: str) -> str:
    """What a stranger's answer says, without what would move a terminal's cursor or colour it."""
    kept = "".join(each if unicodedata.category(each)[0] != "C" else " " for each in answer)
    return " ".join(kept.split())[:ANSWER_SHOWN]


@webhook.command()
@click.argument("endpoint_id", metavar="ID", type=int)
def rotate(endpoint_id: int) -> None:
    """Give an endpoint another secret; for a day the old one signs beside it."""
    now = application.wall_clock()

    async def give(database: Database) -> str:
        async with database.sessions.begin() as session:
            return await endpoints.rotate(session, endpoint_id, now=now)

    secret = _working(give)
    click.echo(texts.rotated(words(), secret, now + endpoints.BOTH_SIGN, load_settings().default_timezone))


@webhook.command()
@click.argument("endpoint_id", metavar="ID", type=int)
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), help="Also what it took since; UTC.")
def resend(endpoint_id: int, *, since: datetime | None) -> None:
    """Send again what an endpoint refused or never got, and begin again where nothing went there any more."""

    async def again(database: Database) -> int:
        async with database.sessions.begin() as session:
            return await endpoints.resend(session, endpoint_id, since=since and since.replace(tzinfo=UTC))

    click.echo(texts.resent(words(), _working(again)))


@webhook.command()
@click.argument("endpoint_id", metavar="ID", type=int)
def remove(endpoint_id: int) -> None:
    """Tell a system nothing more."""

    async def take_away(database: Database) -> str:
        async with database.sessions.begin() as session:
            return await endpoints.remove(session, endpoint_id)

    click.echo(texts.removed(words(), _working(take_away)))


def _working(work: Callable[[Database], Awaitable[Result]]) -> Result:
    """What comes of work on the database; refuses where there is no such endpoint."""
    try:
        return with_database(work)
    except NoSuchEndpoint as error:
        raise CommandFailed(texts.no_such_endpoint(words(), error.endpoint_id)) from None
