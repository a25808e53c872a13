"""One's own words: listed, withdrawn, restored, taken along, erased; and the open question to answer next.

The author of a reply, or a moderator, says which language it is in.
"""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.core.visibility import NoSuchReply
from bot.features.menu import texts as menu_texts
from bot.features.replies import keyboards, texts
from bot.features.replies.actions import languages, own_replies
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import numbers_of, parts_of

PAGE = 5  # own replies on one page


async def on_replies(update: Update, context: Context) -> None:
    """List the person's replies, newest first."""
    (page,) = numbers_of(update)
    await _show_page(update, context, page)


async def on_withdraw(update: Update, context: Context) -> None:
    """Withdraw a reply, or restore it, and show the list as it is now."""
    assert update.callback_query is not None
    assert update.callback_query.data is not None
    withdrawn = update.callback_query.data.startswith("withdraw:")
    reply_id, page = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            own = await own_replies.set_withdrawn(
                session, person, reply_id=reply_id, withdrawn=withdrawn, now=context.now
            )
        except NoSuchReply:
            own = None
    t = context.words(person)
    await acknowledge(update.callback_query, texts.withdrawn(t, own) if own else menu_texts.stale_button(t))
    await _show_page(update, context, page)


async def _show_page(update: Update, context: Context, page: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await own_replies.own_replies(session, person, limit=PAGE + 1, offset=page * PAGE)
    t = context.words(person)
    keyboard = keyboards.own_replies(t, shown[:PAGE], page=page, more=len(shown) > PAGE)
    await context.turn_page(update, texts.own(t, shown[:PAGE]), keyboard)


async def on_languages(update: Update, context: Context) -> None:
    """Show which language a reply is taken for, and what else it may be."""
    (reply_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            shown = await languages.language_of(session, person, reply_id)
        except NoSuchReply:
            shown = None
    t = context.words(person)
    await context.stop_spinner(update)
    if shown is None:
        await context.say(update, texts.not_yours(t))
    else:
        await context.say(update, texts.which_language(t, shown), keyboards.choices(shown))


async def on_language(update: Update, context: Context) -> None:
    """Take the language chosen."""
    reply_id, language = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            corrected = await languages.correct(session, person, int(reply_id), language=language)
        except (NoSuchReply, ValueError):
            corrected = None
    t = context.words(person)
    await context.turn_page(update, texts.language_corrected(t, corrected) if corrected else texts.not_yours(t))


HANDLERS = [
    CallbackQueryHandler(on_replies, r"^replies:"),
    CallbackQueryHandler(on_withdraw, r"^(withdraw|restore):"),
    CallbackQueryHandler(on_languages, r"^tongues:"),
    CallbackQueryHandler(on_language, r"^tongue:"),
]
