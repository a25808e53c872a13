"""vdialogue bot: other bots in the same installation, each with a token, a database and a pace of its own."""

import asyncio
import json
import re
import secrets
from dataclasses import asdict

import click

from bot.cli.hosted import state_of
from bot.cli.registration import (
    ask_token,
    changing,
    first_bot,
    keys_of,
    known,
    place_of,
    refusing,
    register,
    renew,
)
from bot.cli.terminal import CommandFailed, first_settings, read_registry, words
from bot.cli.texts import bots as texts
from bot.features.health import jobs as telegram
from bot.hosting import registry
from bot.hosting.keys import Keys, NoLibrary, library, new_key
from bot.hosting.registry import Newcomer, Wishes
from bot.settings import BadSetting, load

NAMES = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
SECRET_BYTES = 32
SHOWN = ("name", "username", "bot_id", "web_url", "pace", "organiser_ids", "paused")
NAME = click.argument("name")
WEB_URL = click.option("--web-url", help="Where its pages are found: https, and a host of its own.")
PACE = click.option("--pace", type=click.IntRange(1, 1000), help="Messages a second, if not MESSAGES_PER_SECOND.")
ORGANISERS = click.option(
    "--organiser", "organisers", multiple=True, help="A Telegram user id; several times for more."
)


@click.group()
def bot() -> None:
    """Serve other bots in the same installation: docs/hosting/bots.md."""
    try:
        library()
    except NoLibrary:
        raise CommandFailed(texts.no_library(words())) from None


@bot.command()
def key() -> None:
    """Print a new key, by which tokens are encrypted."""
    click.echo(new_key())


@bot.command()
@NAME
@WEB_URL
@PACE
@ORGANISERS
@click.option("--take-over", is_flag=True, help="Also where Telegram brings its updates to another program now.")
@click.option("--adopt", is_flag=True, help="Go on with the data that are there of a bot of this name.")
def add(
    name: str, *, web_url: str | None, pace: int | None, organisers: tuple[str, ...], take_over: bool, adopt: bool
) -> None:
    """Register a bot as NAME. Its token is asked for, or read from standard input."""
    if not NAMES.fullmatch(name):
        raise CommandFailed(texts.bad_name(words()))
    first, wishes = first_settings(), _checked(web_url, pace, organisers)
    keys, place = keys_of(first), place_of(first, name)
    newcomer = Newcomer(name, 0, "", ask_token(), secrets.token_urlsafe(SECRET_BYTES), wishes)
    with refusing(name, wishes.web_url or ""):
        username = asyncio.run(register(first, newcomer, keys, take_over=take_over, adopt=adopt))
    click.echo(texts.added(words(), name, username, place))


def _checked(web_url: str | None, pace: int | None, organisers: tuple[str, ...]) -> Wishes:
    """What is wanted of a bot, by the rules for the first one's settings; refuses what makes no sense."""
    try:
        own = load(None, web_url=web_url, organiser_ids=",".join(organisers))
    except BadSetting as error:
        raise CommandFailed(str(error)) from None
    return Wishes(own.web_url, pace, own.organiser_ids)


@bot.command()
@NAME
@WEB_URL
@PACE
@ORGANISERS
@click.option("--no-web-url", is_flag=True, help="It has no pages any more.")
@click.option("--no-pace", is_flag=True, help="Its pace is MESSAGES_PER_SECOND again.")
@click.option("--no-organisers", is_flag=True, help="The host names none any more.")
def change(
    name: str,
    *,
    web_url: str | None,
    pace: int | None,
    organisers: tuple[str, ...],
    no_web_url: bool,
    no_pace: bool,
    no_organisers: bool,
) -> None:
    """Change what a bot has of its own; those that are named now are all of its organisers."""
    first, wishes, now = first_settings(), _checked(web_url, pace, organisers), known(first_settings(), name)
    wanted = Wishes(
        None if no_web_url else wishes.web_url or now.web_url,
        None if no_pace else pace or now.pace,
        () if no_organisers else wishes.organiser_ids or now.organiser_ids,
    )
    with refusing(name, wishes.web_url or ""):
        changing(first, lambda session: registry.change(session, first_bot(first), name, wanted))
    click.echo(texts.changed(words(), name))


@bot.command(name="list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_(form: str) -> None:
    """List the bots: how each stands, and where its data lie."""
    t, first = words(), first_settings()
    found = asyncio.run(read_registry(first, registry.listed))
    running, keys = asyncio.run(telegram.ask_states(str(first.web_listen))), Keys(first.bot_keys)
    rows = [(each, state_of(each, running, keys), place_of(first, each.name)) for each in found]
    if form == "json":
        told = [
            {name: value for name, value in asdict(each).items() if name in SHOWN} | {"state": state, "data": place}
            for each, state, place in rows
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for each, state, place in rows:
        click.echo(texts.listed(t, each.name, each.username, texts.state(t, state), place))
    if not found:
        click.echo(texts.none_registered(t))


@bot.command()
@click.argument("name", required=False)
@click.option("--keys", "of_keys", is_flag=True, help="Encrypt all tokens anew, by the first key of BOT_KEYS.")
def rotate(name: str | None, *, of_keys: bool) -> None:
    """Give a bot the new token that @BotFather gave it, or all tokens another key."""
    if of_keys == bool(name):
        raise click.UsageError("Name a bot, or give --keys.")
    first = first_settings()
    keys = keys_of(first)
    if name is None:
        done, lost = changing(first, lambda session: registry.seal_anew(session, keys))
        click.echo(texts.sealed_anew(words(), done))
        if lost:
            raise CommandFailed(texts.not_opened(words(), lost))
        return
    known(first, name)
    with refusing(name):
        asyncio.run(renew(first, Newcomer(name, 0, "", ask_token(), secrets.token_urlsafe(SECRET_BYTES)), keys))
    click.echo(texts.rotated(words(), name))


@bot.command()
@NAME
def pause(name: str) -> None:
    """Have a bot rest, until it is resumed."""
    changing(first_settings(), lambda session: registry.pause(session, name, paused=True))
    click.echo(texts.paused(words(), name))


@bot.command()
@NAME
def resume(name: str) -> None:
    """Serve a bot again that rests."""
    changing(first_settings(), lambda session: registry.pause(session, name, paused=False))
    click.echo(texts.resumed(words(), name))


@bot.command()
@NAME
@click.option("--yes", is_flag=True, help="Don't ask.")
def remove(name: str, *, yes: bool) -> None:
    """Take a bot out of the registry; its data stay."""
    first = first_settings()
    if not yes:
        click.confirm(texts.sure_to_remove(words(), name, known(first, name).username), abort=True)
    changing(first, lambda session: registry.remove(session, name))
    click.echo(texts.removed(words(), name, place_of(first, name)))
