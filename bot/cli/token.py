"""vdialogue token: which other systems may read a dialogue, or act in it, over the API."""

from datetime import timedelta

import click

from bot.app import application
from bot.cli.terminal import CommandFailed, load_settings, with_database, words
from bot.cli.texts import commands
from bot.cli.texts import tokens as texts
from bot.core.dialogues import NoSuchDialogue
from bot.core.rights import NotPermitted
from bot.database import Database
from bot.features.api import texts as token_texts
from bot.features.api.actions import tokens
from bot.features.api.actions.tokens import (
    LONGEST,
    BadToken,
    GivenToken,
    ListedToken,
    NobodyActs,
    NoSuchToken,
    TokenWanted,
    TooManyTokens,
)
from bot.models import TokenScope


@click.group()
def token() -> None:
    """Let other systems read a dialogue, or act in it: docs/api.md."""


@token.command()
@click.argument("slug")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([each.value for each in TokenScope]),
    multiple=True,
    default=[TokenScope.READ_REPLIES.value, TokenScope.READ_SUMMARY.value, TokenScope.READ_FIGURES.value],
    help="What it opens; several times, if need be. All that only reads, if none is named.",
)
@click.option("--days", type=click.IntRange(1, LONGEST.days), default=90, show_default=True, help="Until it lapses.")
@click.option("--for", "account", type=int, default=0, help="The organiser (account number) in whose name it acts.")
def add(slug: str, name: str, *, scopes: tuple[str, ...], days: int, account: int) -> None:
    """Give the system NAME a token for a dialogue; its secret is shown once."""
    t = words()

    async def give(database: Database) -> GivenToken:
        now = application.wall_clock()
        wanted = TokenWanted(name, frozenset(map(TokenScope, scopes)), now + timedelta(days=days))
        async with database.sessions.begin() as session:
            dialogue_id, giver = await tokens.giver(session, account, slug)
            return await tokens.give(session, dialogue_id, giver, wanted, now=now)

    try:
        given = with_database(give)
    except NoSuchDialogue:
        raise CommandFailed(commands.no_such_dialogue(t, slug)) from None
    except NotPermitted:
        raise CommandFailed(texts.not_an_organiser(t, account)) from None
    except BadToken:
        raise CommandFailed(token_texts.bad_token(t)) from None
    except TooManyTokens:
        raise CommandFailed(token_texts.too_many(t)) from None
    except NobodyActs:
        raise CommandFailed(texts.nobody_acts(t)) from None
    click.echo(texts.given(t, given, slug))
    if load_settings().web_url is None:
        click.echo(texts.nowhere_yet(t), err=True)


@token.command(name="list")
@click.argument("slug", required=False)
def list_(slug: str | None) -> None:
    """List the tokens of a dialogue, or of all; never a secret."""
    t, zone = words(), load_settings().default_timezone

    async def collect(database: Database) -> list[ListedToken]:
        async with database.readers() as session:
            return await tokens.everywhere(session, slug)

    found = with_database(collect)
    for each in found:
        click.echo(texts.listed(t, each, zone))
    if not found:
        click.echo(texts.none_given(t))


@token.command()
@click.argument("token_id", metavar="ID", type=int)
def revoke(token_id: int) -> None:
    """Let a system in no longer, at once."""
    t = words()

    async def let_go(database: Database) -> str:
        async with database.sessions.begin() as session:
            return await tokens.revoke(session, token_id, None, now=application.wall_clock())

    try:
        click.echo(token_texts.revoked(t, with_database(let_go)))
    except NoSuchToken:
        raise CommandFailed(texts.no_such_token(t, token_id)) from None
