"""A moderator has a service propose names and key points, and decides on them; a member says whether it may get their words."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InlineKeyboardMarkup, Update

from bot.core import members
from bot.features.key_points import keyboards as key_point_keyboards
from bot.features.key_points.actions import key_points
from bot.features.key_points.actions.key_points import NotAnEditor
from bot.features.menu import texts as menu_texts
from bot.features.proposals import jobs as services
from bot.features.proposals import keyboards, texts
from bot.features.proposals.actions import adoption, suggestions
from bot.features.proposals.actions.adoption import NoSuchProposal, Proposed, Under
from bot.features.proposals.actions.suggestions import Brief
from bot.features.proposals.jobs import Proposer
from bot.features.themes import keyboards as theme_keyboards
from bot.features.themes import texts as theme_texts
from bot.features.themes.actions import themes as theme_actions
from bot.i18n import Translator
from bot.models import Person, Question
from bot.services.chat import Unanswered
from bot.telegram.buttons import Pressed, Verb
from bot.telegram.context import Context
from bot.telegram.refusals import Refusals, saying

Answer = TypeVar("Answer")
Decision = Callable[[AsyncSession, Person, int], Awaitable[Under]]

log = structlog.get_logger()


async def on_names(update: Update, context: Context) -> None:
    """Have the service propose names for the themes that have none, and show the themes."""
    (question_id,) = theme_keyboards.PROPOSE_NAMES.of(update)
    service = services.chosen(context.house.settings)
    async with context.person(update) as (session, person):
        await theme_actions.question(session, person, question_id)  # refuses who may not
        themes = await suggestions.nameless(session, question_id)
    t, language = context.words(person), person.language
    back = keyboards.to_themes(t, question_id)
    if service is None:
        await context.turn_page(update, theme_texts.gone(t))
    elif not themes:
        await context.turn_page(update, texts.nothing_to_name(t), back)
    else:
        names = await _asked(update, context, t, lambda: service.names(themes, language=language), back)
        if names is not None:
            async with context.transaction() as session:
                await suggestions.keep_names(session, names, language=language, service=service.name)
                shown = await theme_actions.question(session, person, question_id)
            await context.turn_page(
                update, theme_texts.question(t, shown), theme_keyboards.question(t, shown, names=True)
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


async def on_points(update: Update, context: Context) -> None:
    """Show the proposals that wait for a question, or have the service make some."""
    (question_id,) = key_point_keyboards.PROPOSE.of(update)
    service = services.chosen(context.house.settings)
    async with context.person(update) as (session, person):
        question = await session.get(Question, question_id)
        if question is None:
            raise NotAnEditor(question_id)
        member = await key_points.editor(session, person, question.dialogue_id)
        shown = await adoption.next_proposal(session, question_id)
        told = await suggestions.brief(session, member.dialogue, question, language=person.language)
    t = context.words(person)
    back = keyboards.to_chapter(t, told.dialogue_id, question_id)
    if shown is not None:
        await _show(update, context, t, shown)
    elif service is None:
        await context.turn_page(update, texts.none_waiting(t), back)
    elif not told.texts:
        await context.turn_page(update, texts.nothing_to_send(t), back)
    else:
        await _propose(update, context, t, service, told)


async def _propose(update: Update, context: Context, t: Translator, service: Proposer, told: Brief) -> None:
    """Have the service propose key points, and show the first one below what came of it."""
    back = keyboards.to_chapter(t, told.dialogue_id, told.question_id)
    drafted = await _asked(update, context, t, lambda: service.points(told), back)
    if drafted is None:
        return
    async with context.transaction() as session:
        report = await suggestions.keep_points(session, told, drafted, service=service.name, now=context.now)
        shown = await adoption.next_proposal(session, told.question_id)
    await context.turn_page(update, texts.kept(t, report, told.left_out), None if shown else back)
    if shown is not None:
        await context.say(update, texts.proposal(t, shown), keyboards.proposal(t, shown))


async def _show(update: Update, context: Context, t: Translator, shown: Proposed) -> None:
    await context.turn_page(update, texts.proposal(t, shown), keyboards.proposal(t, shown))


async def on_adopt(update: Update, context: Context) -> None:
    """Make a proposal a key point, and show the next one."""
    await _decide(update, context, keyboards.ADOPT, partial(adoption.adopt, now=context.now))


async def on_discard(update: Update, context: Context) -> None:
    """Let a proposal go, and show the next one."""
    await _decide(update, context, keyboards.DISCARD, adoption.discard)


async def _decide(update: Update, context: Context, pressed: Verb[int], decide: Decision) -> None:
    (proposal_id,) = pressed.of(update)
    async with context.person(update) as (session, person):
        place = await decide(session, person, proposal_id)
        shown = await adoption.next_proposal(session, place.question_id)
    t = context.words(person)
    if shown is not None:
        await _show(update, context, t, shown)
    else:
        back = keyboards.to_chapter(t, place.dialogue_id, place.question_id)
        await context.turn_page(update, texts.none_waiting(t), back)


async def on_allowed(update: Update, context: Context) -> None:
    """Let the service that proposes get one's replies, or no longer."""
    (on,) = keyboards.MAY_HELP.of(update)
    service = services.chosen(context.house.settings)
    async with context.person(update) as (session, person):
        for member in await members.memberships(session, person):
            member.outside_proposals = on and service is not None
    t = context.words(person)
    if service is None:
        await context.turn_page(update, menu_texts.stale_button(t))
    else:
        await context.turn_page(update, texts.allowed(t, service.name, on=on))


REFUSALS: Refusals = {NoSuchProposal: saying(texts.gone, closes=True)}

HANDLERS = [
    Pressed(theme_keyboards.PROPOSE_NAMES, on_names),
    Pressed(key_point_keyboards.PROPOSE, on_points),
    Pressed(keyboards.ADOPT, on_adopt),
    Pressed(keyboards.DISCARD, on_discard),
    Pressed(keyboards.MAY_HELP, on_allowed),
]
