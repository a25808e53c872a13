"""What a moderator typed for the Summary: shown to them once more, and taken once they say which language it is in."""

from telegram import Update

from bot import phrases
from bot.core import prompts
from bot.core.messages import TooLong
from bot.core.prompts import Aside, Prompt
from bot.features.key_points import keyboards, texts
from bot.features.key_points.actions import key_points
from bot.features.key_points.actions.key_points import Point
from bot.features.key_points.handlers import key_points as key_point_handlers
from bot.features.replies.actions import held
from bot.features.summary.actions import typed
from bot.features.summary.actions.typed import Background
from bot.features.summary.keyboards import summary as summary_keyboards
from bot.features.summary.texts import review as review_texts
from bot.models import Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.typed import Typed


async def offer_languages(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Show what was typed, with a button for each language of the dialogue."""
    async with context.house.database.readers() as session:
        languages = await typed.languages(session, aside.awaiting, aside.about or 0)
    t = context.words(person)
    keyboard = keyboards.written(t, aside.awaiting, aside.about or 0, aside.held_id, languages)
    await context.say(update, texts.which_language(t, aside.text), keyboard)


async def on_wrote(update: Update, context: Context) -> None:
    """Take what was typed as a key point or a wording, in the language chosen."""
    awaiting, about, held_id, language = keyboards.WROTE.of(update)
    async with context.person(update) as (session, person):
        text = await held.held_text(session, person, held_id=held_id, authored=True)
        taken: Point | Background | TooLong | None = None
        if text is not None:
            try:
                taken = await typed.take(
                    session, person, awaiting, about, text=text, language=language, now=context.now
                )
                await held.discard(session, person, held_id=held_id)
            except TooLong as error:
                taken = error
                prompts.ask(person, awaiting, about, now=context.now)
    t = context.words(person)
    match taken:
        case Point():
            await key_point_handlers.show(update, context, t, taken)
        case Background():
            back = summary_keyboards.back(t, about)
            await context.turn_page(update, review_texts.background_kept(t, taken.language), back)
        case TooLong():
            await context.say(update, texts.too_long(t, key_points.LONGEST))
            await context.stop_spinner(update)
        case None:
            await context.turn_page(update, phrases.settled_already(t))


TYPED: Typed = {Prompt(awaiting, whole=True, authored=True): offer_languages for awaiting in keyboards.IN_A_LANGUAGE}

HANDLERS = [
    Pressed(keyboards.WROTE, on_wrote),
]
