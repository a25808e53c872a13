"""A moderator changes the schedule: sees it, chooses a question and a moment, sees what that means, and says yes."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import ForceReply, Update
from telegram.ext import CommandHandler

from bot.core import prompts
from bot.core.prompts import Aside, Prompt
from bot.core.rights import Right
from bot.features.menu.handlers import only_dialogue
from bot.features.questions import keyboards
from bot.features.questions.actions import moves, rescheduling, schedule
from bot.features.questions.actions.moves import ChangedSince
from bot.features.questions.actions.periods import Edge
from bot.features.questions.actions.rescheduling import AlreadyClosed, AlreadyPosted, ClosesBeforeOpening, InThePast
from bot.features.questions.actions.schedule import Schedule
from bot.features.questions.texts import schedule as texts
from bot.features.replies.actions import held as reply_held
from bot.models import Awaiting, Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusal, Refusals
from bot.telegram.typed import Typed

REFUSED = (AlreadyClosed, AlreadyPosted, ClosesBeforeOpening, InThePast)
AWAITED = {Edge.OPENING: Awaiting.OPENING, Edge.CLOSE: Awaiting.CLOSE}
EDGES = {awaiting: edge for edge, awaiting in AWAITED.items()}


async def on_dialogue(update: Update, context: Context) -> None:
    """Show the schedule of the moderator's only dialogue, or ask which one."""
    dialogue_id = await only_dialogue(update, context, Right.SCHEDULE, texts.which_dialogue, keyboards.dialogues)
    if dialogue_id is not None:
        await _show(update, context, dialogue_id)


async def on_schedule(update: Update, context: Context) -> None:
    """Show the schedule of the dialogue chosen."""
    (dialogue_id,) = keyboards.TIMES.of(update)
    await _show(update, context, dialogue_id)


async def _show(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.person(update) as (session, person):
        shown = await schedule.schedule(session, person, dialogue_id, now=context.now)
    t = context.words(person)
    await context.turn_page(update, texts.schedule(t, shown), keyboards.schedule(t, shown))


async def on_moves(update: Update, context: Context) -> None:
    """Offer what can be done with one question: its opening moves before it was posted, its close after."""
    (question_id,) = keyboards.MOVES.of(update)
    async with context.person(update) as (session, person):
        shown = await schedule.schedule_around(session, person, question_id, now=context.now)
    t, period = context.words(person), shown.period(question_id)
    edge = Edge.CLOSE if period.posted else Edge.OPENING
    keyboard = keyboards.moves(t, question_id, shown.dialogue_id, edge, posted=period.posted)
    await context.turn_page(update, texts.which_move(t, period.number, posted=period.posted), keyboard)


async def on_closes(update: Update, context: Context) -> None:
    """Offer to move the close of a question that was not posted yet."""
    (question_id,) = keyboards.CLOSES.of(update)
    async with context.person(update) as (session, person):
        shown = await schedule.schedule_around(session, person, question_id, now=context.now)
    t, period = context.words(person), shown.period(question_id)
    keyboard = keyboards.moves(t, question_id, shown.dialogue_id, Edge.CLOSE, posted=period.posted)
    await context.turn_page(update, texts.which_close(t, period.number, period.closes_at, shown.zone), keyboard)


async def on_later(update: Update, context: Context) -> None:
    """Show what putting an end of a question off by some days would mean."""
    question_id, edge, days = keyboards.LATER_BY.of(update)
    async with context.person(update) as (session, person):
        shown = await schedule.schedule_around(session, person, question_id, now=context.now)
    period = shown.period(question_id)
    before = period.opens if edge is Edge.OPENING else period.closes
    await _propose(update, context, question_id, edge, before + timedelta(days=days))


async def on_move(update: Update, context: Context) -> None:
    """Show what a move would mean."""
    await _propose(update, context, *keyboards.MOVE.of(update))


async def _propose(update: Update, context: Context, question_id: int, edge: Edge, wall: datetime | None) -> None:
    async with context.person(update) as (session, person):
        proposed = await rescheduling.propose(session, person, question_id, edge, wall, now=context.now)
    t = context.words(person)
    await context.turn_page(update, texts.proposal(t, proposed), keyboards.confirm(t, proposed))


async def on_moved(update: Update, context: Context) -> None:
    """Do it."""
    question_id, edge, wall, held_id = keyboards.MOVED.of(update)
    async with context.person(update) as (session, person):
        moved = await rescheduling.move(session, person, question_id, edge, wall, now=context.now)
        shown = await schedule.schedule_around(session, person, question_id, now=context.now)
        await _settle_typed(session, person, held_id)
    t = context.words(person)
    await context.turn_page(update, texts.moved(t, moved), keyboards.moved(t, moved, shown.dialogue_id))
    context.house.wake()


async def on_undo(update: Update, context: Context) -> None:
    """Give the dialogue back the times it had before a move."""
    (notice_id,) = keyboards.UNDO.of(update)
    async with context.person(update) as (session, person):
        dialogue_id = await moves.undo(session, person, notice_id, now=context.now)
        shown = await schedule.schedule(session, person, dialogue_id, now=context.now)
    t = context.words(person)
    text = f"{texts.undone(t)}\n\n{texts.schedule(t, shown)}"
    await context.turn_page(update, text, keyboards.schedule(t, shown))
    context.house.wake()


async def on_moment(update: Update, context: Context) -> None:
    """Ask for a moment to be typed."""
    question_id, edge, held_id = keyboards.MOMENT.of(update)
    async with context.person(update) as (session, person):
        shown = await schedule.schedule_around(session, person, question_id, now=context.now)
        prompts.ask(person, AWAITED[edge], question_id, now=context.now)
        await _settle_typed(session, person, held_id)
    example = _present(shown, question_id, edge)
    await context.say(update, texts.which_moment(context.words(person), shown.zone, example), ForceReply())
    await context.stop_spinner(update)


def _present(shown: Schedule, question_id: int, edge: Edge) -> datetime:
    """The wall clock at which that end is now: the likeliest to be changed a little."""
    period = shown.period(question_id)
    return period.opens if edge is Edge.OPENING else period.closes


async def _settle_typed(session: AsyncSession, person: Person, held_id: int | None) -> None:
    """What was typed was the moment, and is no reply."""
    if held_id is not None:
        await reply_held.discard(session, person, held_id=held_id)


async def offer_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Show what the moment that was typed would mean, or why it can't be."""
    edge, question_id = EDGES[aside.awaiting], aside.about or 0
    t = context.words(person)
    again = keyboards.typed(t, question_id, edge, aside.held_id)
    try:
        wall = datetime.strptime(aside.text.strip(), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - a wall clock is naive
    except ValueError:
        async with context.house.database.readers() as session:
            shown = await schedule.schedule_around(session, person, question_id, now=context.now)
        await _ask_again(context, person, aside)
        await context.say(update, texts.no_moment(t, aside.text, _present(shown, question_id, edge)), again)
        return
    try:
        async with context.house.database.readers() as session:
            proposed = await rescheduling.propose(session, person, question_id, edge, wall, now=context.now)
    except REFUSED as refused:
        await _ask_again(context, person, aside)
        await context.say(update, texts.refused(t, refused), again)
        return
    await context.say(update, texts.proposal(t, proposed), keyboards.confirm(t, proposed, aside.held_id))


async def _ask_again(context: Context, person: Person, aside: Aside) -> None:
    """What is typed next, put right, is the moment that was asked for."""
    async with context.house.database.sessions.begin() as session:
        asked = await session.get_one(Person, person.id)
        if asked.awaiting is None:
            prompts.ask(asked, aside.awaiting, aside.about, now=context.now)


TYPED: Typed = {Prompt(Awaiting.OPENING): offer_typed, Prompt(Awaiting.CLOSE): offer_typed}

REFUSALS: Refusals = {
    **dict.fromkeys((*REFUSED, ChangedSince), Refusal(texts.refused, closes=True)),
}

HANDLERS = [
    CommandHandler("dialogue", on_dialogue, PRIVATE),
    Pressed(keyboards.TIMES, on_schedule),
    Pressed(keyboards.MOVES, on_moves),
    Pressed(keyboards.CLOSES, on_closes),
    Pressed(keyboards.LATER_BY, on_later),
    Pressed(keyboards.MOVE, on_move),
    Pressed(keyboards.MOVED, on_moved),
    Pressed(keyboards.UNDO, on_undo),
    Pressed(keyboards.MOMENT, on_moment),
]
