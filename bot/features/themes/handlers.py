"""Moderators look at themes, and settle them by buttons."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import ForceReply, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.core.messages import TooLong
from bot.core.prompts import Aside
from bot.core.rights import NotPermitted, Right
from bot.features.menu import texts as menu_texts
from bot.features.menu.handlers import only_dialogue
from bot.features.replies.actions import held
from bot.features.themes import keyboards, texts
from bot.features.themes.actions import clusters, decisions, themes
from bot.features.themes.actions.decisions import NoSuchTheme
from bot.features.themes.actions.themes import ThemedQuestion
from bot.features.themes.keyboards import PAGE
from bot.i18n import Translator
from bot.models import Awaiting, Person
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE, numbers_of

Decision = Callable[[AsyncSession, Person], Awaitable[int | None]]  # returns the question whose themes changed


async def on_themes(update: Update, context: Context) -> None:
    """Show the questions of the moderator's only dialogue, or ask which one."""
    dialogue_id = await only_dialogue(update, context, Right.SUMMARISE, texts.which_dialogue, keyboards.dialogues)
    if dialogue_id is not None:
        await _show_questions(update, context, dialogue_id)


async def on_dialogue(update: Update, context: Context) -> None:
    """Show the questions of the dialogue chosen."""
    (dialogue_id,) = numbers_of(update)
    await _show_questions(update, context, dialogue_id)


async def _show_questions(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            shown = await themes.questions(session, person, dialogue_id)
        except NotPermitted:
            shown = None
    t = context.words(person)
    if shown is None:
        await context.turn_page(update, menu_texts.moderators_only(t))
    elif not shown:
        await context.turn_page(update, texts.nothing_said(t))
    else:
        await context.turn_page(update, texts.which_question(t), keyboards.questions(t, shown))


async def on_question(update: Update, context: Context) -> None:
    """Show the themes of a question."""
    (question_id,) = numbers_of(update)

    async def nothing(_session: AsyncSession, _person: Person) -> int:
        return question_id

    await _decide(update, context, nothing)


async def _decide(update: Update, context: Context, decide: Decision) -> Translator:
    """Let a decision take effect, and show the themes of its question as they then are; returns the moderator's words."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = None
        try:
            question_id = await decide(session, person)
            if question_id is not None:
                shown = await themes.question(session, person, question_id)
        except (NoSuchTheme, NotPermitted):
            pass
    t = context.words(person)
    if shown is None:
        await context.turn_page(update, texts.gone(t))
    else:
        names = context.house.settings.proposals_url is not None
        keyboard = keyboards.question(t, shown, names=names)
        await context.turn_page(update, texts.question(t, shown), keyboard)
    return t


async def on_anew(update: Update, context: Context) -> None:
    """Propose themes anew for all that no moderator settled."""
    (question_id,) = numbers_of(update)

    async def propose(session: AsyncSession, person: Person) -> int:
        await themes.question(session, person, question_id)  # refuses who may not
        await clusters.propose(session, question_id, now=context.now, anew=True)
        return question_id

    await _decide(update, context, propose)


async def on_accept(update: Update, context: Context) -> None:
    """Let a proposed theme stay."""
    (theme_id,) = numbers_of(update)

    async def accept(session: AsyncSession, person: Person) -> int:
        return (await decisions.accept(session, person, theme_id, now=context.now)).question_id

    await _decide(update, context, accept)


async def on_merged(update: Update, context: Context) -> None:
    """Merge a theme into another."""
    theme_id, into = numbers_of(update)

    async def merge(session: AsyncSession, person: Person) -> int:
        return (await decisions.merge(session, person, theme_id, into=into, now=context.now)).question_id

    await _decide(update, context, merge)


async def on_moved(update: Update, context: Context) -> None:
    """Put a reply into a theme, or into none."""
    reply_id, theme_id = numbers_of(update)

    async def move(session: AsyncSession, person: Person) -> int:
        return await decisions.move(session, person, reply_id, to=theme_id or None, now=context.now)

    await _decide(update, context, move)


async def on_split(update: Update, context: Context) -> None:
    """Part a theme in two."""
    (theme_id,) = numbers_of(update)
    parted = True

    async def split(session: AsyncSession, person: Person) -> int:
        nonlocal parted
        _, found = await decisions.theme(session, person, theme_id)
        parted = await decisions.split(session, person, theme_id, now=context.now) is not None
        return found.question_id

    t = await _decide(update, context, split)
    if not parted:
        await context.say(update, texts.cannot_split(t))


async def _of_theme(session: AsyncSession, person: Person, theme_id: int) -> ThemedQuestion | None:
    try:
        _, found = await decisions.theme(session, person, theme_id)
        shown = await themes.question(session, person, found.question_id)
    except NoSuchTheme:
        return None
    return shown if any(theme.theme_id == theme_id for theme in shown.themes) else None


async def on_theme(update: Update, context: Context) -> None:
    """Show one theme, and what can be decided about it."""
    (theme_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await _of_theme(session, person, theme_id)
    t = context.words(person)
    if shown is None:
        await context.turn_page(update, texts.gone(t))
        return
    theme = next(each for each in shown.themes if each.theme_id == theme_id)
    await context.turn_page(update, texts.theme(t, theme), keyboards.theme(t, theme, shown.question_id))


async def on_merge(update: Update, context: Context) -> None:
    """Ask with which theme one is to be merged."""
    (theme_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await _of_theme(session, person, theme_id)
    t = context.words(person)
    if shown is None:
        await context.turn_page(update, texts.gone(t))
        return
    theme = next(each for each in shown.themes if each.theme_id == theme_id)
    await context.turn_page(update, texts.merge_into(t, theme), keyboards.others(t, shown, theme_id))


async def on_replies(update: Update, context: Context) -> None:
    """Show some replies of a theme."""
    theme_id, page = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            _, theme = await decisions.theme(session, person, theme_id)
            shown = await themes.in_theme(session, theme, limit=PAGE, offset=page * PAGE)
        except NoSuchTheme:
            theme, shown = None, []
    t = context.words(person)
    if theme is None:
        await context.turn_page(update, texts.gone(t))
        return
    keyboard = keyboards.replies(t, shown, verb="themesaid", key=theme_id, page=page, question_id=theme.question_id)
    await context.turn_page(update, texts.replies(t, shown, first=page * PAGE + 1), keyboard)


async def on_ungrouped(update: Update, context: Context) -> None:
    """Show some replies that are in no theme."""
    question_id, page = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            await themes.question(session, person, question_id)  # refuses who may not
            shown = await themes.in_none(session, question_id, limit=PAGE, offset=page * PAGE)
        except NotPermitted:
            shown = None
    t = context.words(person)
    if shown is None:
        await context.turn_page(update, texts.gone(t))
        return
    keyboard = keyboards.replies(t, shown, verb="themeless", key=question_id, page=page, question_id=question_id)
    await context.turn_page(update, texts.replies(t, shown, first=page * PAGE + 1), keyboard)


async def on_move(update: Update, context: Context) -> None:
    """Ask where a reply belongs."""
    (reply_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            question_id = await decisions.question_of(session, person, reply_id)
            shown = await themes.question(session, person, question_id)
        except (NoSuchTheme, NotPermitted):
            shown = None
    t = context.words(person)
    if shown is None:
        await context.turn_page(update, texts.gone(t))
    else:
        await context.turn_page(update, texts.where_to(t), keyboards.goals(t, shown, reply_id))


async def on_name(update: Update, context: Context) -> None:
    """Ask for a theme's name."""
    (theme_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            await decisions.theme(session, person, theme_id)
            person.awaiting, person.awaiting_id = Awaiting.THEME, theme_id
        except NoSuchTheme:
            theme_id = 0
    t = context.words(person)
    await context.stop_spinner(update)
    if theme_id:
        await context.say(update, texts.type_name(t), ForceReply())
    else:
        await context.say(update, texts.gone(t))


async def offer_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Ask whether what was typed is the theme's name."""
    t = context.words(person)
    keyboard = keyboards.sure_of_name(t, aside.about or 0, aside.held_id)
    await context.say(update, texts.sure_of_name(t, aside.text), keyboard, quote=True)


async def on_named(update: Update, context: Context) -> None:
    """Take what was typed as the theme's name."""
    theme_id, held_id = numbers_of(update)

    async def name(session: AsyncSession, person: Person) -> int | None:
        text = await held.held_text(session, person, held_id=held_id)
        if text is None:
            return None
        try:
            named = await decisions.name(
                session, person, theme_id, text=text, language=person.language, now=context.now
            )
        except TooLong:
            return None
        await held.discard(session, person, held_id=held_id)
        return named.question_id

    await _decide(update, context, name)


HANDLERS = [
    CommandHandler("themes", on_themes, PRIVATE),
    CallbackQueryHandler(on_dialogue, r"^themes:"),
    CallbackQueryHandler(on_question, r"^themesof:"),
    CallbackQueryHandler(on_anew, r"^themeanew:"),
    CallbackQueryHandler(on_theme, r"^theme:"),
    CallbackQueryHandler(on_accept, r"^themeok:"),
    CallbackQueryHandler(on_merge, r"^thememerge:"),
    CallbackQueryHandler(on_merged, r"^thememerged:"),
    CallbackQueryHandler(on_split, r"^themesplit:"),
    CallbackQueryHandler(on_replies, r"^themesaid:"),
    CallbackQueryHandler(on_ungrouped, r"^themeless:"),
    CallbackQueryHandler(on_move, r"^thememove:"),
    CallbackQueryHandler(on_moved, r"^thememoved:"),
    CallbackQueryHandler(on_name, r"^themename:"),
    CallbackQueryHandler(on_named, r"^themenamed:"),
]
