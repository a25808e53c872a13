"""Moderators look at themes, and settle them by buttons."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import ForceReply, Update
from telegram.ext import CommandHandler

from bot import phrases
from bot.core import prompts
from bot.core.messages import TooLong
from bot.core.prompts import Aside, Prompt
from bot.core.rights import Right
from bot.features.menu.handlers import only_dialogue
from bot.features.replies.actions import held
from bot.features.themes import jobs, keyboards, texts
from bot.features.themes.actions import decisions, themes
from bot.features.themes.actions.decisions import NoSuchTheme
from bot.features.themes.actions.themes import ShownTheme, ThemedQuestion
from bot.features.themes.keyboards import PAGE
from bot.models import Awaiting, Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, saying
from bot.telegram.typed import Typed

Decision = Callable[[AsyncSession, Person], Awaitable[int]]  # returns the question whose themes changed


async def on_themes(update: Update, context: Context) -> None:
    """Show the questions of the moderator's only dialogue, or ask which one."""
    dialogue_id = await only_dialogue(update, context, Right.SUMMARISE, texts.which_dialogue, keyboards.dialogues)
    if dialogue_id is not None:
        await _show_questions(update, context, dialogue_id)


async def on_dialogue(update: Update, context: Context) -> None:
    """Show the questions of the dialogue chosen."""
    (dialogue_id,) = keyboards.THEMES.of(update)
    await _show_questions(update, context, dialogue_id)


async def _show_questions(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.person(update) as (session, person):
        shown = await themes.questions(session, person, dialogue_id)
    t = context.words(person)
    if shown:
        await context.turn_page(update, texts.which_question(t), keyboards.questions(t, shown))
    else:
        await context.turn_page(update, texts.nothing_said(t))


async def on_question(update: Update, context: Context) -> None:
    """Show the themes of a question."""
    (question_id,) = keyboards.THEMES_OF.of(update)
    async with context.person(update) as (session, person):
        shown = await themes.question(session, person, question_id)
    await _show(update, context, person, shown)


async def _show(update: Update, context: Context, person: Person, shown: ThemedQuestion) -> None:
    t, names = context.words(person), context.house.settings.proposals_url is not None
    await context.turn_page(update, texts.question(t, shown), keyboards.question(t, shown, names=names))


async def _decide(update: Update, context: Context, decide: Decision) -> Person:
    """Let a decision take effect, and show the themes of its question as they then are; returns the moderator."""
    async with context.person(update) as (session, person):
        shown = await themes.question(session, person, await decide(session, person))
    await _show(update, context, person, shown)
    return person


async def on_anew(update: Update, context: Context) -> None:
    """Propose themes anew for all that no moderator settled."""
    (question_id,) = keyboards.ANEW.of(update)

    async with context.person(update) as (session, person):
        await themes.question(session, person, question_id)  # refuses who may not
    await jobs.group(context.house.database, context.house.child, question_id, now=context.now, anew=True)
    async with context.person(update) as (session, person):
        shown = await themes.question(session, person, question_id)
    await _show(update, context, person, shown)


async def on_accept(update: Update, context: Context) -> None:
    """Let a proposed theme stay."""
    (theme_id,) = keyboards.ACCEPT.of(update)

    async def accept(session: AsyncSession, person: Person) -> int:
        return (await decisions.accept(session, person, theme_id, now=context.now)).question_id

    await _decide(update, context, accept)


async def on_merged(update: Update, context: Context) -> None:
    """Merge a theme into another."""
    theme_id, into = keyboards.MERGED.of(update)

    async def merge(session: AsyncSession, person: Person) -> int:
        return (await decisions.merge(session, person, theme_id, into=into, now=context.now)).question_id

    await _decide(update, context, merge)


async def on_moved(update: Update, context: Context) -> None:
    """Put a reply into a theme, or into none."""
    reply_id, theme_id = keyboards.MOVED.of(update)

    async def move(session: AsyncSession, person: Person) -> int:
        return await decisions.move(session, person, reply_id, to=theme_id or None, now=context.now)

    await _decide(update, context, move)


async def on_split(update: Update, context: Context) -> None:
    """Part a theme in two."""
    (theme_id,) = keyboards.SPLIT.of(update)
    async with context.person(update) as (session, person):
        await decisions.theme(session, person, theme_id)  # refuses who may not
    apart = await jobs.halve(context.house.database, context.house.child, theme_id)
    parted = True

    async def split(session: AsyncSession, person: Person) -> int:
        nonlocal parted
        _, found = await decisions.theme(session, person, theme_id)
        parted = await decisions.split(session, person, theme_id, apart=apart, now=context.now) is not None
        return found.question_id

    person = await _decide(update, context, split)
    if not parted:
        await context.say(update, texts.cannot_split(context.words(person)))


async def _theme(session: AsyncSession, person: Person, theme_id: int) -> tuple[ShownTheme, ThemedQuestion]:
    """A theme among those of its question; raises NoSuchTheme, also where none of its replies is left."""
    _, found = await decisions.theme(session, person, theme_id)
    shown = await themes.question(session, person, found.question_id)
    for theme in shown.themes:
        if theme.theme_id == theme_id:
            return theme, shown
    raise NoSuchTheme(theme_id)


async def on_theme(update: Update, context: Context) -> None:
    """Show one theme, and what can be decided about it."""
    (theme_id,) = keyboards.THEME.of(update)
    async with context.person(update) as (session, person):
        theme, shown = await _theme(session, person, theme_id)
    t = context.words(person)
    await context.turn_page(update, texts.theme(t, theme), keyboards.theme(t, theme, shown.question_id))


async def on_merge(update: Update, context: Context) -> None:
    """Ask with which theme one is to be merged."""
    (theme_id,) = keyboards.MERGE.of(update)
    async with context.person(update) as (session, person):
        theme, shown = await _theme(session, person, theme_id)
    t = context.words(person)
    await context.turn_page(update, texts.merge_into(t, theme), keyboards.others(t, shown, theme_id))


async def on_replies(update: Update, context: Context) -> None:
    """Show some replies of a theme."""
    theme_id, page = keyboards.SAID.of(update)
    async with context.person(update) as (session, person):
        _, theme = await decisions.theme(session, person, theme_id)
        shown = await themes.in_theme(session, theme, limit=PAGE, offset=page * PAGE)
    t, more = context.words(person), keyboards.SAID
    keyboard = keyboards.replies(t, shown, more=more, key=theme_id, page=page, question_id=theme.question_id)
    await context.turn_page(update, texts.replies(t, shown, first=page * PAGE + 1), keyboard)


async def on_ungrouped(update: Update, context: Context) -> None:
    """Show some replies that are in no theme."""
    question_id, page = keyboards.UNGROUPED.of(update)
    async with context.person(update) as (session, person):
        await themes.question(session, person, question_id)  # refuses who may not
        shown = await themes.in_none(session, question_id, limit=PAGE, offset=page * PAGE)
    t, more = context.words(person), keyboards.UNGROUPED
    keyboard = keyboards.replies(t, shown, more=more, key=question_id, page=page, question_id=question_id)
    await context.turn_page(update, texts.replies(t, shown, first=page * PAGE + 1), keyboard)


async def on_move(update: Update, context: Context) -> None:
    """Ask where a reply belongs."""
    (reply_id,) = keyboards.MOVE.of(update)
    async with context.person(update) as (session, person):
        question_id = await decisions.question_of(session, person, reply_id)
        shown = await themes.question(session, person, question_id)
    t = context.words(person)
    await context.turn_page(update, texts.where_to(t), keyboards.goals(t, shown, reply_id))


async def on_name(update: Update, context: Context) -> None:
    """Ask for a theme's name."""
    (theme_id,) = keyboards.NAME.of(update)
    async with context.person(update) as (session, person):
        await decisions.theme(session, person, theme_id)
        prompts.ask(person, Awaiting.THEME, theme_id, now=context.now)
    await context.stop_spinner(update)
    await context.say(update, texts.type_name(context.words(person)), ForceReply())


async def offer_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Ask whether what was typed is the theme's name."""
    t = context.words(person)
    keyboard = keyboards.sure_of_name(t, aside.about or 0, aside.held_id)
    await context.say(update, texts.sure_of_name(t, aside.text), keyboard, quote=True)


async def on_named(update: Update, context: Context) -> None:
    """Take what was typed as the theme's name."""
    theme_id, held_id = keyboards.NAMED.of(update)
    named: ThemedQuestion | TooLong | None = None
    async with context.person(update) as (session, person):
        text = await held.held_text(session, person, held_id=held_id)
        if text is not None:
            try:
                named = await _name(session, person, theme_id, text, now=context.now)
                await held.discard(session, person, held_id=held_id)
            except TooLong as error:
                named = error
                prompts.ask(person, Awaiting.THEME, theme_id, now=context.now)
    t = context.words(person)
    match named:
        case ThemedQuestion():
            await _show(update, context, person, named)
        case TooLong():
            await context.stop_spinner(update)
            await context.say(update, texts.name_too_long(t, named.limit), ForceReply())
        case None:
            await context.turn_page(update, phrases.settled_already(t))


async def _name(session: AsyncSession, person: Person, theme_id: int, text: str, *, now: datetime) -> ThemedQuestion:
    named = await decisions.name(session, person, theme_id, text=text, language=person.language, now=now)
    return await themes.question(session, person, named.question_id)


TYPED: Typed = {Prompt(Awaiting.THEME): offer_typed}

REFUSALS: Refusals = {NoSuchTheme: saying(texts.gone, closes=True)}

HANDLERS = [
    CommandHandler("themes", on_themes, PRIVATE),
    Pressed(keyboards.THEMES, on_dialogue),
    Pressed(keyboards.THEMES_OF, on_question),
    Pressed(keyboards.ANEW, on_anew),
    Pressed(keyboards.THEME, on_theme),
    Pressed(keyboards.ACCEPT, on_accept),
    Pressed(keyboards.MERGE, on_merge),
    Pressed(keyboards.MERGED, on_merged),
    Pressed(keyboards.SPLIT, on_split),
    Pressed(keyboards.SAID, on_replies),
    Pressed(keyboards.UNGROUPED, on_ungrouped),
    Pressed(keyboards.MOVE, on_move),
    Pressed(keyboards.MOVED, on_moved),
    Pressed(keyboards.NAME, on_name),
    Pressed(keyboards.NAMED, on_named),
]
