"""A member answers the invitation to a live event, and says what they would ask there; moderators look at who comes."""

from datetime import timedelta

from telegram import ForceReply, Update

from bot.core.prompts import Aside, Prompt
from bot.features.events import keyboards, texts
from bot.features.events.actions import attendance, speakers
from bot.features.events.actions.live_events import EventCancelled, EventOver, LiveEvent
from bot.features.events.reports import calendar_file
from bot.i18n import Translator
from bot.models import Awaiting, Person
from bot.telegram.attachments import send_on
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusals, saying
from bot.telegram.sender import Document
from bot.telegram.typed import Typed

AWAITED_FOR = timedelta(hours=1)  # as what is written to moderators


async def on_attend(update: Update, context: Context) -> None:
    """Keep the answer, and show what follows from it: to who comes the link, and the event for their calendar."""
    event_id, intent = keyboards.ATTEND.of(update)
    async with context.person(update) as (session, person):
        answered = await attendance.answer(session, person, event_id, intent, now=context.now)
    t, event = context.words(person), answered.event
    if event.is_over:
        await context.alert(update, texts.notes_follow(t))
    else:
        await context.turn_page(update, texts.invitation(t, event), keyboards.invitation(t, event))
    if answered.comes_now:
        await _send_calendar(update, context, t, event)
    context.house.wake()


async def on_calendar(update: Update, context: Context) -> None:
    """Send the event for one's own calendar once more."""
    (event_id,) = keyboards.CALENDAR.of(update)
    async with context.person(update) as (session, person):
        event = await attendance.shown(session, person, event_id, now=context.now)
    await context.stop_spinner(update)
    await _send_calendar(update, context, context.words(person), event)


async def _send_calendar(update: Update, context: Context, t: Translator, event: LiveEvent) -> None:
    name, content = calendar_file(event, now=context.now)
    await context.say(update, Document(name, content, texts.calendar_caption(t)), silent=True)


async def on_ask_speakers(update: Update, context: Context) -> None:
    """Ask for what the member would ask."""
    (event_id,) = keyboards.ASK_SPEAKERS.of(update)
    async with context.person(update) as (session, person):
        asking = await speakers.await_words(session, person, event_id, now=context.now)
    await context.say(update, texts.ask_now(context.words(person), asking.title, asking.author), ForceReply())
    await context.stop_spinner(update)


async def keep_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """What was typed goes to the moderators at once: it was asked for, and can be taken back."""
    async with context.person(update) as (session, _):
        asked = await speakers.ask_held(session, person, aside.about or 0, held_id=aside.held_id, now=context.now)
    if asked is not None:
        t = context.words(person)
        await context.say(update, texts.asked(t, asked.title), keyboards.asked(t, asked.question_id), quote=True)


async def on_unask(update: Update, context: Context) -> None:
    """The member wouldn't ask that after all."""
    (question_id,) = keyboards.UNASK.of(update)
    async with context.person(update) as (session, person):
        await speakers.take_back(session, person, question_id, hold=False)
    await context.turn_page(update, texts.taken_back(context.words(person)))


async def on_event(update: Update, context: Context) -> None:
    """Show one on the team who comes, and what members would ask."""
    event_id, number = keyboards.EVENT.of(update)
    async with context.person(update) as (session, person):
        shown = await speakers.page(session, person, event_id, number)
    t = context.words(person)
    await context.turn_page(update, texts.page(t, shown), keyboards.page(t, shown))


async def on_asked_file(update: Update, context: Context) -> None:
    """Send what a question for the speakers carries."""
    assert update.effective_chat is not None
    (question_id,) = keyboards.ASKED_FILE.of(update)
    async with context.person(update) as (session, person):
        attached = await speakers.attached(session, person, question_id)
    await context.stop_spinner(update)
    await send_on(context, update.effective_chat.id, attached)


TYPED: Typed = {Prompt(Awaiting.EVENT_QUESTION, whole=True, lasts=AWAITED_FOR, anything=True): keep_typed}

REFUSALS: Refusals = {EventOver: saying(texts.over), EventCancelled: saying(texts.called_off)}

HANDLERS = [
    Pressed(keyboards.ATTEND, on_attend),
    Pressed(keyboards.CALENDAR, on_calendar),
    Pressed(keyboards.ASK_SPEAKERS, on_ask_speakers),
    Pressed(keyboards.UNASK, on_unask),
    Pressed(keyboards.EVENT, on_event),
    Pressed(keyboards.ASKED_FILE, on_asked_file),
]
