"""What a moderator typed for the Summary: shown to them once more, and taken once they say which language it is in."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import phrases
from bot.actions import condensing, holding, wording
from bot.actions.condensing import Point, TooLong
from bot.actions.wording import Background
from bot.core.prompts import Aside
from bot.models import Awaiting, Person
from bot.telegram import keyboards
from bot.telegram.context import Context
from bot.telegram.filters import parts_of
from bot.telegram.handlers import key_points
from bot.telegram.handlers.editing import for_editors
from bot.texts import editing as editing_texts
from bot.texts import key_points as texts

ASKED = frozenset({Awaiting.KEY_POINT, Awaiting.FURTHER, Awaiting.WORDING, Awaiting.BACKGROUND})


async def offer_languages(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Show what was typed, with a button for each language of the dialogue."""
    async with context.house.database.readers() as session:
        languages = await wording.languages(session, aside.awaiting, aside.about or 0)
    t = context.words(person)
    keyboard = keyboards.key_points.written(t, aside.awaiting, aside.about or 0, aside.held_id, languages)
    await context.say(update, texts.which_language(t, aside.text), keyboard)


@for_editors
async def on_wrote(update: Update, context: Context) -> None:
    """Take what was typed as a key point or a wording, in the language chosen."""
    awaiting, about, held_id, language = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        text = await holding.held_text(session, person, held_id=int(held_id))
        taken: Point | Background | TooLong | None = None
        if text is not None:
            try:
                taken = await wording.take(
                    session, person, Awaiting(awaiting), int(about), text=text, language=language, now=context.now
                )
                await holding.discard(session, person, held_id=int(held_id))
            except TooLong as error:
                taken, person.awaiting, person.awaiting_id = error, Awaiting(awaiting), int(about)
    t = context.words(person)
    match taken:
        case Point():
            await key_points.show(update, context, t, taken)
        case Background():
            await context.turn_page(update, editing_texts.background_kept(t, taken.language))
        case TooLong():
            await context.say(update, texts.too_long(t, condensing.LONGEST))
            await context.stop_spinner(update)
        case None:
            await context.turn_page(update, phrases.settled_already(t))


HANDLERS = [
    CallbackQueryHandler(on_wrote, r"^wrote:"),
]
