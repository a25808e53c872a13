"""A member asks for the open question again with /question."""

import contextlib

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import CommandHandler

from bot import markup
from bot.core import questions
from bot.core.questions import AskedQuestion
from bot.features.discussion.actions import cards, frames
from bot.features.discussion.actions.frames import Frame
from bot.features.discussion.keyboards import cards as card_keyboards
from bot.features.discussion.texts import highlights as highlight_texts
from bot.features.intake.actions import private
from bot.features.menu.keyboards import QUESTION
from bot.features.questions.texts import questions as question_texts
from bot.i18n import Translator
from bot.models import Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.sender import Attached


async def on_question(update: Update, context: Context) -> None:
    """Show the open question again, or say when the next one comes."""
    async with context.person(update) as (session, person):
        open_now = await questions.open_questions(session, person, now=context.now)
        frames = [await _frame(session, person, asked.question_id) for asked in open_now]
        nothing = await private.nothing_asked(session, person, now=context.now)
    t = context.words(person)
    for asked, frame in zip(open_now, frames, strict=True):
        *parts, last = markup.split(highlight_texts.framed(t, asked, frame))
        for part in parts:
            await context.say(update, part)
        await context.say(update, last, card_keyboards.question(t, frame))
        await _say_recording(update, context, t, asked)
    await context.stop_spinner(update)
    if not open_now:
        await context.say(update, question_texts.none_open(t, nothing.next_opening, nothing.zone))


async def _say_recording(update: Update, context: Context, t: Translator, asked: AskedQuestion) -> None:
    if asked.recorded is None:
        return
    caption = question_texts.recording(t, asked, spoken=asked.wording)
    # Where Telegram doesn't take it, who sends it in time is told of that: whoever asks has the text.
    with contextlib.suppress(BadRequest):
        await context.say(update, Attached(asked.recorded.kind, asked.recorded.file_id, caption))


async def _frame(session: AsyncSession, person: Person, question_id: int) -> Frame:
    reader, _ = await cards.reader_of(session, person, question_id)
    return await frames.frame(session, reader.id, question_id)


HANDLERS = [
    CommandHandler("question", on_question, PRIVATE),
    Pressed(QUESTION, on_question),
]
