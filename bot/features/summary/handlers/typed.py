"""What a moderator typed for the Summary: shown to them once more, and taken once they say which language it is in."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import phrases
from bot.core.messages import TooLong
from bot.core.prompts import Aside
from bot.features.key_points import keyboards as key_point_keyboards
from bot.features.key_points import texts
from bot.features.key_points.actions import key_points
from bot.features.key_points.actions.key_points import Point
from bot.features.key_points.handlers import key_points as key_point_handlers
from bot.features.key_points.handlers.access import for_editors
from bot.features.replies.actions import held
from bot.features.summary.actions import typed
from bot.features.summary.actions.typed import Background
from bot.features.summary.texts import review as review_texts
from bot.models import Awaiting, Person
from bot.telegram.context import Context
from bot.telegram.filters import parts_of

ASKED = frozenset({Awaiting.KEY_POINT, Awaiting.FURTHER, Awaiting.WORDING, Awaiting.BACKGROUND})


async def offer_languages(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Show what was typed, with a button for each language of the dialogue."""
    async with context.house.database.readers() as session:
        languages = await typed.languages(session, aside.awaiting, aside.about or 0)
    t = context.words(person)
    keyboard = key_point_keyboards.written(t, aside.awaiting, aside.about or 0, aside.held_id, languages)
    await context.say(update, texts.which_language(t, aside.text), keyboard)


@for_editors
async def on_wrote(update: Update, context: Context) -> None:
    """Take what was typed as a key point or a wording, in the language chosen."""
    awaiting, about, held_id, language = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        text = await held.held_text(session, person, held_id=int(held_id))
        taken: Point | Background | TooLong | None = None
        if text is not None:
            try:
                taken = await typed.take(
                    session, person, Awaiting(awaiting), int(about), text=text, language=language, now=context.now
                )
                await held.discard(session, person, held_id=int(held_id))
            except TooLong as error:
                taken, person.awaiting, person.awaiting_id = error, Awaiting(awaiting), int(about)
    t = context.words(person)
    match taken:
        case Point():
            await key_point_handlers.show(update, context, t, taken)
        case Background():
            await context.turn_page(update, review_texts.background_kept(t, taken.language))
        case TooLong():
            await context.say(update, texts.too_long(t, key_points.LONGEST))
            await context.stop_spinner(update)
        case None:
            await context.turn_page(update, phrases.settled_already(t))


HANDLERS = [
    CallbackQueryHandler(on_wrote, r"^wrote:"),
]
