"""A moderator has a service propose names and key points, and decides on them; a member says whether it may get their words."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler

from bot.actions import adopting, condensing, joining, suggesting, theming
from bot.actions.adopting import NoSuchProposal, Proposed
from bot.actions.condensing import NotAnEditor
from bot.actions.permitting import NotPermitted
from bot.i18n import Translator
from bot.models import Question
from bot.services import suggesting as services
from bot.services.chat import Unanswered
from bot.telegram import keyboards
from bot.telegram.context import Context
from bot.telegram.filters import numbers_of, parts_of
from bot.telegram.handlers.editing import for_editors
from bot.texts import help as help_texts
from bot.texts import suggesting as texts
from bot.texts import theming as theming_texts

Answer = TypeVar("Answer")

log = structlog.get_logger()


async def on_names(update: Update, context: Context) -> None:
    """Have the service propose names for the themes that have none, and show the themes."""
    (question_id,) = numbers_of(update)
    service = services.chosen(context.house.settings)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            await theming.question(session, person, question_id)  # refuses who may not
            themes = await suggesting.nameless(session, question_id)
        except NotPermitted:
            service = None
    t, language = context.words(person), person.language
    back = keyboards.suggesting.to_themes(t, question_id)
    if service is None:
        await context.turn_page(update, theming_texts.gone(t))
    elif not themes:
        await context.turn_page(update, texts.nothing_to_name(t), back)
    else:
        names = await _asked(update, context, t, lambda: service.names(themes, language=language), back)
        if names is not None:
            async with context.transaction() as session:
                await suggesting.keep_names(session, names, language=language, service=service.name)
                shown = await theming.question(session, person, question_id)
            await context.turn_page(
                update, theming_texts.question(t, shown), keyboards.theming.question(t, shown, names=True)
            )


async def _asked(
    update: Update, context: Context, t: Translator, ask: Callable[[], Awaitable[Answer]], back: InlineKeyboardMarkup
) -> Answer | None:
    """What the service answers, while the moderator sees that it is asked; None once they were told why nothing came."""
    service = context.house.settings.proposals_model or ""
    await context.turn_page(update, texts.asking(t, service))
    try:
        return await ask()
    except Unanswered as error:
        log.warning("the proposing service failed", service=service, trouble=error.trouble, error=str(error))
        await context.turn_page(update, texts.trouble(t, error.trouble, service), back)
        return None


@for_editors
async def on_points(update: Update, context: Context) -> None:
    """Show the proposals that wait for a question, or have the service make some."""
    (question_id,) = numbers_of(update)
    service = services.chosen(context.house.settings)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        question = await session.get(Question, question_id)
        if question is None or service is None:
            raise NotAnEditor(question_id)
        member = await condensing.editor(session, person, question.dialogue_id)
        shown = await adopting.next_proposal(session, question_id)
        told = await suggesting.material(session, member.dialogue, question, language=person.language)
    t = context.words(person)
    back = keyboards.suggesting.to_chapter(t, told.dialogue_id, question_id)
    if shown is not None:
        await _show(update, context, t, shown)
    elif not told.texts:
        await context.turn_page(update, texts.nothing_to_send(t), back)
    else:
        drafted = await _asked(update, context, t, lambda: service.points(told), back)
        if drafted is not None:
            async with context.transaction() as session:
                report = await suggesting.keep_points(session, told, drafted, service=service.name, now=context.now)
                shown = await adopting.next_proposal(session, question_id)
            page = texts.kept(t, report, told.left_out)
            await context.turn_page(update, page, None if shown else back)
            if shown:
                await context.say(update, texts.proposal(t, shown), keyboards.suggesting.proposal(t, shown))


async def _show(update: Update, context: Context, t: Translator, shown: Proposed) -> None:
    await context.turn_page(update, texts.proposal(t, shown), keyboards.suggesting.proposal(t, shown))


async def on_decided(update: Update, context: Context) -> None:
    """Adopt a proposal or let it go, and show the next one."""
    assert update.callback_query is not None
    assert update.callback_query.data is not None
    (proposal_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = point = None
        dialogue_id = question_id = 0
        try:
            if update.callback_query.data.startswith("pointok"):
                point = await adopting.adopt(session, person, proposal_id, now=context.now)
                dialogue_id, question_id = point.dialogue_id, point.question_id or 0
            else:
                dialogue_id, question_id = await adopting.discard(session, person, proposal_id)
            shown = await adopting.next_proposal(session, question_id)
        except NoSuchProposal:
            pass
    t = context.words(person)
    if not question_id:
        await context.turn_page(update, texts.gone(t))
    elif shown is not None:
        await _show(update, context, t, shown)
    else:
        await context.turn_page(
            update, texts.none_waiting(t), keyboards.suggesting.to_chapter(t, dialogue_id, question_id)
        )


async def on_allowed(update: Update, context: Context) -> None:
    """Let the service that proposes get one's replies, or no longer."""
    (switch,) = parts_of(update)
    service = services.chosen(context.house.settings)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        for member in await joining.memberships(session, person):
            member.outside_proposals = switch == "on" and service is not None
    t = context.words(person)
    if service is None:
        await context.turn_page(update, help_texts.stale_button(t))
    else:
        await context.turn_page(update, texts.allowed(t, service.name, on=switch == "on"))


HANDLERS = [
    CallbackQueryHandler(on_names, r"^namethemes:"),
    CallbackQueryHandler(on_points, r"^proposepoints:"),
    CallbackQueryHandler(on_decided, r"^point(ok|no):"),
    CallbackQueryHandler(on_allowed, r"^mayhelp:"),
]
