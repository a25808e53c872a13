"""A member lets a question go, or wants no more reminders."""

from telegram import Update

from bot.features.questions import keyboards
from bot.features.questions.actions import reminders
from bot.features.questions.texts import questions as question_texts
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_skip(update: Update, context: Context) -> None:
    """Not this week: no more reminders of this question."""
    (question_id,) = keyboards.SKIP.of(update)
    async with context.person(update) as (session, person):
        await reminders.abstain(session, person, question_id, now=context.now)
    await _answer_reminder(update, context, question_texts.not_this_week(context.words(person)))


async def on_hush(update: Update, context: Context) -> None:
    """No more reminders in the dialogue of this question."""
    (question_id,) = keyboards.HUSH.of(update)
    async with context.person(update) as (session, person):
        title = await reminders.stop_reminders(session, person, question_id)
    await _answer_reminder(update, context, question_texts.no_more_reminders(context.words(person), title))


async def _answer_reminder(update: Update, context: Context, text: str) -> None:
    # The question stays readable, and so do its other buttons.
    await context.stop_spinner(update)
    await context.take_buttons(update, keyboards.SKIP, keyboards.HUSH)
    await context.say(update, text)


HANDLERS = [
    Pressed(keyboards.SKIP, on_skip),
    Pressed(keyboards.HUSH, on_hush),
]
