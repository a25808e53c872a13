"""A moderator changes the schedule: sees it, chooses a question and a moment, sees what that means, and says yes."""

from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import TypeVar

from telegram import ForceReply, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.core import rights
from bot.core.prompts import Aside
from bot.core.rights import NotPermitted, Right
from bot.features.menu import texts as menu_texts
from bot.features.questions import keyboards
from bot.features.questions.actions import schedule
from bot.features.questions.actions.schedule import (
    AlreadyClosed,
    AlreadyPosted,
    ClosesBeforeOpening,
    Edge,
    InThePast,
    Move,
    Schedule,
)
from bot.features.questions.texts import schedule as texts
from bot.features.replies.actions import held as reply_held
from bot.i18n import Translator
from bot.models import Awaiting, Person
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE, numbers_of, parts_of

Result = TypeVar("Result")
AWAITED = {Edge.OPENING: Awaiting.OPENING, Edge.CLOSE: Awaiting.CLOSE}
EDGES = {awaiting: edge for edge, awaiting in AWAITED.items()}


async def on_dialogue(update: Update, context: Context) -> None:
    """Show the schedule of the moderator's only dialogue, or ask which one."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        choices = await rights.dialogues(session, person, Right.SCHEDULE)
    t = context.words(person)
    if not choices:
        await context.say(update, menu_texts.moderators_only(t))
    elif len(choices) > 1:
        await context.say(update, texts.which_dialogue(t), keyboards.dialogues(choices))
    else:
        await _show(update, context, choices[0][0])


async def on_schedule(update: Update, context: Context) -> None:
    """Show the schedule of the dialogue chosen."""
    (dialogue_id,) = numbers_of(update)
    await _show(update, context, dialogue_id)


async def _show(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await _unless_refused(schedule.schedule(session, person, dialogue_id, now=context.now))
    t = context.words(person)
    if isinstance(shown, Schedule):
        await context.turn_page(update, texts.schedule(t, shown), keyboards.schedule(t, shown))
    else:
        await _refuse(update, context, person, shown)


async def on_moves(update: Update, context: Context) -> None:
    """Offer what can be done with one question: its opening moves before it was posted, its close after."""
    (question_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await _unless_refused(schedule.schedule_around(session, person, question_id, now=context.now))
    if not isinstance(shown, Schedule):
        await _refuse(update, context, person, shown)
        return
    t, period = context.words(person), shown.period(question_id)
    edge = Edge.CLOSE if period.posted else Edge.OPENING
    await context.turn_page(
        update,
        texts.which_move(t, period.number, posted=period.posted),
        keyboards.moves(t, question_id, shown.dialogue_id, edge),
    )


async def on_later(update: Update, context: Context) -> None:
    """Show what putting an end of a question off by some days would mean."""
    question_id, letter, days = parts_of(update)
    edge = keyboards.EDGES[letter]
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await _unless_refused(schedule.schedule_around(session, person, int(question_id), now=context.now))
    if not isinstance(shown, Schedule):
        await _refuse(update, context, person, shown)
        return
    period = shown.period(int(question_id))
    before = period.opens if edge is Edge.OPENING else period.closes
    await _propose(update, context, int(question_id), edge, before + timedelta(days=int(days)))


async def on_move(update: Update, context: Context) -> None:
    """Show what a move would mean."""
    question_id, letter, stamp = parts_of(update)
    wall = keyboards.read_stamp(stamp)
    await _propose(update, context, int(question_id), keyboards.EDGES[letter], wall)


async def _propose(update: Update, context: Context, question_id: int, edge: Edge, wall: datetime | None) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        proposed = await _unless_refused(schedule.propose(session, person, question_id, edge, wall, now=context.now))
    t = context.words(person)
    if isinstance(proposed, Move):
        await context.turn_page(update, texts.proposal(t, proposed), keyboards.confirm(t, proposed))
    else:
        await _refuse(update, context, person, proposed)


async def on_moved(update: Update, context: Context) -> None:
    """Do it."""
    question_id, letter, stamp, *held = parts_of(update)
    edge, wall = keyboards.EDGES[letter], keyboards.read_stamp(stamp)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        moved = await _unless_refused(schedule.move(session, person, int(question_id), edge, wall, now=context.now))
        if held and not isinstance(moved, NotPermitted):
            await reply_held.discard(session, person, held_id=int(held[0]))
    if isinstance(moved, Move):
        await context.turn_page(update, texts.moved(context.words(person), moved))
        context.house.wake()
    else:
        await _refuse(update, context, person, moved)


async def on_moment(update: Update, context: Context) -> None:
    """Ask for a moment to be typed."""
    question_id, letter, *held = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await _unless_refused(schedule.schedule_around(session, person, int(question_id), now=context.now))
        if isinstance(shown, Schedule):
            person.awaiting, person.awaiting_id = AWAITED[keyboards.EDGES[letter]], int(question_id)
        if held and not isinstance(shown, NotPermitted):
            await reply_held.discard(session, person, held_id=int(held[0]))
    if not isinstance(shown, Schedule):
        await _refuse(update, context, person, shown)
        return
    await context.say(update, texts.which_moment(context.words(person), shown.zone), ForceReply())
    await context.stop_spinner(update)


async def offer_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Show what the moment that was typed would mean, or why it can't be."""
    edge, question_id = EDGES[aside.awaiting], aside.about or 0
    t = context.words(person)
    again = keyboards.typed(t, question_id, edge, aside.held_id)
    try:
        wall = datetime.strptime(aside.text.strip(), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - a wall clock is naive
    except ValueError:
        await context.say(update, texts.no_moment(t, aside.text), again)
        return
    async with context.house.database.readers() as session:
        proposed = await _unless_refused(schedule.propose(session, person, question_id, edge, wall, now=context.now))
    if isinstance(proposed, Move):
        keyboard = keyboards.confirm(t, proposed, aside.held_id)
        await context.say(update, texts.proposal(t, proposed), keyboard)
    else:
        await context.say(update, _refusal(t, proposed), again)


async def _unless_refused(action: Awaitable[Result]) -> Result | Exception:
    """What an action returns, or why it was refused."""
    try:
        return await action
    except (AlreadyClosed, AlreadyPosted, ClosesBeforeOpening, InThePast, NotPermitted) as refusal:
        return refusal


async def _refuse(update: Update, context: Context, person: Person, refusal: Exception) -> None:
    await context.turn_page(update, _refusal(context.words(person), refusal))


def _refusal(t: Translator, refusal: Exception) -> str:
    return menu_texts.moderators_only(t) if isinstance(refusal, NotPermitted) else texts.refused(t, refusal)


HANDLERS = [
    CommandHandler("dialogue", on_dialogue, PRIVATE),
    CallbackQueryHandler(on_schedule, r"^times:"),
    CallbackQueryHandler(on_moves, r"^moves:"),
    CallbackQueryHandler(on_later, r"^later:"),
    CallbackQueryHandler(on_move, r"^move:"),
    CallbackQueryHandler(on_moved, r"^moved:"),
    CallbackQueryHandler(on_moment, r"^moment:"),
]
