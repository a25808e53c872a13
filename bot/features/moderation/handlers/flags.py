"""A member reports what someone said: they flag it for a moderator to look at."""

from telegram import Update

from bot.features.discussion.handlers import cards
from bot.features.discussion.keyboards import cards as card_keyboards
from bot.features.discussion.keyboards import responses as response_keyboards
from bot.features.discussion.texts import responses as texts
from bot.features.moderation.actions import flags
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusals


async def on_report(update: Update, context: Context) -> None:
    """Ask whether a moderator should look at a reply: a finger slips easily."""
    reply_id, language = card_keyboards.REPORT.of(update)
    async with context.person(update) as (_, person):
        t = context.words(person)
    await context.turn_page(update, texts.sure_to_report(t), response_keyboards.report(t, reply_id, language))


async def on_reported(update: Update, context: Context) -> None:
    """Have a moderator look at a reply."""
    reply_id, language = response_keyboards.REPORTED.of(update)
    async with context.person(update) as (session, person):
        flagged = await flags.flag(session, person, reply_id, now=context.now)
    t = context.words(person)
    ways_on = (
        card_keyboards.all_questions(t) if flagged.hidden else response_keyboards.back_to_card(t, reply_id, language)
    )
    await context.turn_page(update, texts.reported(t, is_new=flagged.is_new), ways_on)
    context.house.wake()


REFUSALS: Refusals = dict.fromkeys((flags.NothingToFlag, flags.OwnWords), cards.GONE)

HANDLERS = [
    Pressed(card_keyboards.REPORT, on_report),
    Pressed(response_keyboards.REPORTED, on_reported),
]
