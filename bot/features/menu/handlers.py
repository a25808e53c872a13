"""The bot's own face in Telegram: its command menus and descriptions, per language and role, and help and last resorts."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import (
    Bot,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardMarkup,
    Update,
)
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import markup, phrases
from bot.core import dialogues, members, rights
from bot.core.members import NotAMember
from bot.core.rights import NotPermitted, Right
from bot.core.visibility import NoSuchReply
from bot.database import Database
from bot.features.menu import actions, keyboards, texts
from bot.i18n import LANGUAGES, SOURCE, Translator, translator
from bot.models import Person
from bot.settings import Settings
from bot.telegram.buttons import StaleButton
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, saying


@dataclass(frozen=True)
class Telling:
    """A part of the face: what it is remembered by, what it shows, and the call that has Telegram show it."""

    subject: str
    shows: Any
    tell: Callable[[], Awaitable[Any]]

    @property
    def fingerprint(self) -> str:
        """What tells whether it has changed."""
        return hashlib.sha256(json.dumps(self.shows).encode()).hexdigest()


async def introduce(bot: Bot, database: Database) -> int:
    """Tell Telegram the commands and descriptions in every language; returns how many calls were needed."""
    return await _tell(database, [part for tag in LANGUAGES for part in _face(bot, tag)])


def _face(bot: Bot, tag: str) -> Iterator[Telling]:
    t = translator(tag)
    commands = texts.member_commands(t)
    everyones, administrators = texts.everyones_commands(t), texts.administrator_commands(t)
    description, short = texts.description(t), texts.short_description(t)
    own_code = LANGUAGES[tag].command_code
    # No code at all serves phones in languages the bot doesn't speak.
    for code in [*([own_code] if own_code else []), *([None] if tag == SOURCE else [])]:
        for subject, shows, tell in (
            ("commands", commands, partial(bot.set_my_commands, commands, BotCommandScopeAllPrivateChats())),
            ("group commands", everyones, partial(bot.set_my_commands, everyones, BotCommandScopeAllGroupChats())),
            (
                "administrator commands",
                administrators,
                partial(bot.set_my_commands, administrators, BotCommandScopeAllChatAdministrators()),
            ),
            ("description", description, partial(bot.set_my_description, description)),
            ("short_description", short, partial(bot.set_my_short_description, short)),
        ):
            yield Telling(f"{subject}:{code or ''}", shows, partial(tell, language_code=code))


async def _tell(database: Database, face: Sequence[Telling]) -> int:
    async with database.readers() as session:
        shown = await actions.published(session, [part.subject for part in face])
    new = [part for part in face if shown.get(part.subject) != part.fingerprint]
    for part in new:
        await part.tell()
        async with database.sessions.begin() as session:
            await actions.publish(session, part.subject, part.fingerprint)
    return len(new)


async def show_menu(context: Context, person: Person) -> None:
    """Show a person with a role its commands too, in the language they chose; takes them away from one who has none."""
    await show_menu_by(context.bot, context.house.database, context.house.settings, person)


async def show_menu_by(bot: Bot, database: Database, settings: Settings, person: Person) -> None:
    """The same, where no update asks for it."""
    async with database.readers() as session:
        named = person.telegram_id in settings.organiser_ids
        held = frozenset(Right) if named else await rights.rights(session, person)
    t = translator(person.language, settings.default_language)
    commands = texts.member_commands(t) + texts.team_commands(t, held, with_pages=settings.web_url is not None)
    tell = partial(bot.set_my_commands, commands, BotCommandScopeChat(person.telegram_id))
    await _tell(database, [Telling(actions.menu_of(person.telegram_id), commands, tell)])


async def only_dialogue(
    update: Update,
    context: Context,
    right: Right,
    which: Callable[[Translator], str],
    keyboard: Callable[[Sequence[tuple[int, str]]], InlineKeyboardMarkup],
    *,
    refusal: Callable[[Translator], str] = texts.moderators_only,
) -> int | None:
    """The only dialogue in which the person has the right; None once they were asked which, or told that there is none."""
    async with context.person(update) as (session, person):
        choices = await rights.dialogues(session, person, right)
    t = context.words(person)
    if len(choices) == 1:
        return choices[0][0]
    if choices:
        await context.say(update, which(t), keyboard(choices))
    else:
        organises = context.is_organiser(person)
        await context.say(update, texts.no_dialogue(t) if organises else refusal(t))
    return None


async def on_help(update: Update, context: Context) -> None:
    """Say how it works, with the ways on, to the moderators too for who has any."""
    async with context.person(update) as (session, person):
        rights = await context.rights(session, person)
        rules = await dialogues.rules_for(session, person)
        is_member = bool(await members.memberships(session, person))
    t = context.words(person)
    said = [
        texts.help_text(t, rights, member=is_member, with_pages=context.house.settings.web_url is not None),
        *(phrases.rules(t, each) for each in rules),
    ]
    *first, final = markup.split("\n\n".join(said))
    for part in first:
        await context.say(update, part)
    await context.say(update, final, keyboards.help_buttons(t, member=is_member))


async def on_unknown_command(update: Update, context: Context) -> None:
    """A command the bot doesn't have."""
    async with context.person(update) as (_, person):
        pass
    await context.say(update, texts.unknown_command(context.words(person)))


async def on_unknown_button(update: Update, context: Context) -> None:
    """A button of a message from long ago."""
    assert update.callback_query is not None
    async with context.person(update) as (_, person):
        pass
    await acknowledge(update.callback_query, texts.stale_button(context.words(person)))


REFUSALS: Refusals = {
    NoSuchReply: saying(texts.stale_button),
    NotAMember: saying(texts.stale_button),
    NotPermitted: saying(texts.moderators_only, closes=True),
    StaleButton: saying(texts.stale_button),
}

HANDLERS = [
    CommandHandler("help", on_help, PRIVATE),
    MessageHandler(PRIVATE & filters.COMMAND, on_unknown_command),
    CallbackQueryHandler(on_unknown_button),
]
