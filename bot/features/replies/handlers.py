"""One's own replies: listed, withdrawn and restored; and the language of a reply, said by its author or a moderator."""

from telegram import Update

from bot.features.menu import texts as menu_texts
from bot.features.replies import keyboards, texts
from bot.features.replies.actions import languages, own_replies
from bot.features.replies.actions.languages import NotOffered, NotYours
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge
from bot.telegram.refusals import Refusals, saying

PAGE = 5  # own replies on one page


async def on_replies(update: Update, context: Context) -> None:
    """List the person's replies, newest first."""
    (page,) = keyboards.REPLIES.of(update)
    await _show_page(update, context, page)


async def on_withdraw(update: Update, context: Context) -> None:
    """Withdraw a reply, and show the list as it is now."""
    await _set_withdrawn(update, context, *keyboards.WITHDRAW.of(update), withdrawn=True)


async def on_restore(update: Update, context: Context) -> None:
    """Restore a reply, and show the list as it is now."""
    await _set_withdrawn(update, context, *keyboards.RESTORE.of(update), withdrawn=False)


async def _set_withdrawn(update: Update, context: Context, reply_id: int, page: int, *, withdrawn: bool) -> None:
    assert update.callback_query is not None
    async with context.person(update) as (session, person):
        own = await own_replies.set_withdrawn(session, person, reply_id=reply_id, withdrawn=withdrawn, now=context.now)
    await acknowledge(update.callback_query, texts.withdrawn(context.words(person), own))
    await _show_page(update, context, page)


async def _show_page(update: Update, context: Context, page: int) -> None:
    async with context.person(update) as (session, person):
        shown = await own_replies.own_replies(session, person, limit=PAGE + 1, offset=page * PAGE)
    t = context.words(person)
    keyboard = keyboards.own_replies(t, shown[:PAGE], page=page, more=len(shown) > PAGE)
    await context.turn_page(update, texts.own(t, shown[:PAGE]), keyboard)


async def on_languages(update: Update, context: Context) -> None:
    """Show which language a reply is taken for, and what else it may be."""
    (reply_id,) = keyboards.CHANGE_LANGUAGE.of(update)
    async with context.person(update) as (session, person):
        shown = await languages.language_of(session, person, reply_id)
    await context.stop_spinner(update)
    await context.say(update, texts.which_language(context.words(person), shown), keyboards.choices(shown))


async def on_language(update: Update, context: Context) -> None:
    """Take the language chosen."""
    reply_id, language = keyboards.LANGUAGE.of(update)
    async with context.person(update) as (session, person):
        corrected = await languages.correct(session, person, reply_id, language=language)
    await context.turn_page(update, texts.language_corrected(context.words(person), corrected))


REFUSALS: Refusals = {
    NotOffered: saying(menu_texts.stale_button),
    NotYours: saying(texts.not_yours),
}


HANDLERS = [
    Pressed(keyboards.REPLIES, on_replies),
    Pressed(keyboards.WITHDRAW, on_withdraw),
    Pressed(keyboards.RESTORE, on_restore),
    Pressed(keyboards.CHANGE_LANGUAGE, on_languages),
    Pressed(keyboards.LANGUAGE, on_language),
]
