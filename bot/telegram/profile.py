"""The bot's own face in Telegram: its commands and descriptions, per language and role, told only when they changed."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import (
    Bot,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.actions import publishing
from bot.database import Database
from bot.i18n import LANGUAGES, SOURCE, Translator, translator
from bot.models import Person
from bot.telegram.context import Context
from bot.texts import groups
from bot.texts import help as texts


async def introduce(bot: Bot, database: Database) -> int:
    """Tell Telegram the commands and descriptions in every language; returns how many calls were needed."""
    calls = 0
    for tag, language in LANGUAGES.items():
        t = translator(tag)
        # No code at all serves phones in languages the bot doesn't speak.
        for code in [language.command_code, None] if tag == SOURCE else [language.command_code]:
            for subject, value, tell in _face(bot, t, code):
                calls += await _tell(database, f"{subject}:{code or ''}", value, tell)
    return calls


def _face(bot: Bot, t: Translator, code: str | None) -> list[tuple[str, Any, Callable[[], Awaitable[Any]]]]:
    commands = texts.member_commands(t)
    everyones, administrators = groups.everyones_commands(t), groups.administrator_commands(t)
    description, short = texts.description(t), texts.short_description(t)
    return [
        ("commands", commands, lambda: bot.set_my_commands(commands, BotCommandScopeAllPrivateChats(), code)),
        ("group commands", everyones, lambda: bot.set_my_commands(everyones, BotCommandScopeAllGroupChats(), code)),
        (
            "administrator commands",
            administrators,
            lambda: bot.set_my_commands(administrators, BotCommandScopeAllChatAdministrators(), code),
        ),
        ("description", description, lambda: bot.set_my_description(description, code)),
        ("short_description", short, lambda: bot.set_my_short_description(short, code)),
    ]


async def _tell(database: Database, subject: str, value: Any, tell: Callable[[], Awaitable[Any]]) -> int:
    fingerprint = hashlib.sha256(json.dumps(value).encode()).hexdigest()
    async with database.readers() as session:
        if await publishing.is_published(session, subject, fingerprint):
            return 0
    await tell()
    async with database.sessions.begin() as session:
        await publishing.publish(session, subject, fingerprint)
    return 1


async def show_menu(context: Context, person: Person) -> None:
    """Show a person with a role its commands too, in the language they chose; takes them away from one who has none."""
    async with context.house.database.readers() as session:
        rights = await context.rights(session, person)
    t = context.words(person)
    commands = texts.member_commands(t) + texts.team_commands(t, rights)
    await _tell(
        context.house.database,
        publishing.menu_of(person.telegram_id),
        commands,
        lambda: context.bot.set_my_commands(commands, BotCommandScopeChat(person.telegram_id)),
    )
