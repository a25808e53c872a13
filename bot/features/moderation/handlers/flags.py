"""A member reports what someone said."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.features.discussion.keyboards import cards as card_keyboards
from bot.features.discussion.keyboards import responses as response_keyboards
from bot.features.discussion.texts import cards as card_texts
from bot.features.discussion.texts import responses as texts
from bot.features.moderation.actions import flags
from bot.telegram.context import Context
from bot.telegram.filters import parts_of


async def on_report(update: Update, context: Context) -> None:
    """Ask whether a moderator should look at a reply: a finger slips easily."""
    reply_id, language = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
    t = context.words(person)
    await context.turn_page(update, texts.sure_to_report(t), response_keyboards.report(t, int(reply_id), language))


async def on_reported(update: Update, context: Context) -> None:
    """Have a moderator look at a reply."""
    reply_id, language = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            flagged = await flags.flag(session, person, int(reply_id), now=context.now)
        except (flags.NothingToFlag, flags.OwnWords):
            flagged = None
    t = context.words(person)
    if flagged is None:
        await context.turn_page(update, card_texts.not_readable(t), card_keyboards.all_questions(t))
        return
    await context.turn_page(
        update,
        texts.reported(t, is_new=flagged.is_new),
        card_keyboards.all_questions(t)
        if flagged.hidden
        else response_keyboards.back_to_card(t, int(reply_id), language),
    )
    context.house.wake()


HANDLERS = [
    CallbackQueryHandler(on_report, r"^report:"),
    CallbackQueryHandler(on_reported, r"^reported:"),
]
