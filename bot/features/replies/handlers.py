"""One's own replies: listed, withdrawn and restored; and the language of a reply, said by its author or a moderator."""

from telegram import Update

from bot.features.menu import texts as menu_texts
from bot.features.replies import keyboards, texts
from bot.features.replies.actions import languages, own_replies
from bot.features.replies.actions.languages import NotOffered, NotYours
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge
from bot.telegram.refusals import Refusals, saying


async def on_replies(update: Update, context: Context) -> None:
    """Show one of the person's replies, the newest first."""
    (place,) = keyboards.REPLIES.of(update)
    await show_place(update, context, place)


async def show_place(update: Update, context: Context, place: int) -> None:
    """Show the reply at a place, from 0 for the newest."""
    async with context.person(update) as (session, person):
        page = await own_replies.page(session, person, place=place)
    t = context.words(person)
    if page is None:
        await context.turn_page(update, texts.no_replies(t), keyboards.no_replies(t))
    else:
        await context.turn_page(update, texts.own(t, page), keyboards.own_reply(t, page))


async def on_withdraw(update: Update, context: Context) -> None:
    """Withdraw a reply, and show it as it is now."""
    await _set_withdrawn(update, context, *keyboards.WITHDRAW.of(update), withdrawn=True)


async def on_restore(update: Update, context: Context) -> None:
    """Restore a reply, and show it as it is now."""
    await _set_withdrawn(update, context, *keyboards.RESTORE.of(update), withdrawn=False)


async def _set_withdrawn(update: Update, context: Context, reply_id: int, _place: int, *, withdrawn: bool) -> None:
    assert update.callback_query is not None
    async with context.person(update) as (session, person):
        own = await own_replies.set_withdrawn(session, person, reply_id=reply_id, withdrawn=withdrawn, now=context.now)
        page = await own_replies.page_of(session, person, own)
    t = context.words(person)
    await acknowledge(update.callback_query, texts.withdrawn(t, own))
    await context.turn_page(update, texts.own(t, page), keyboards.own_reply(t, page))


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
