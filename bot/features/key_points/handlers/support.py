"""Moderators choose the words that a key point rests on."""

from telegram import Update

from bot.features.key_points import keyboards, texts
from bot.features.key_points.actions import key_points as key_point_actions
from bot.features.key_points.actions import support
from bot.features.key_points.handlers import key_points
from bot.features.menu import texts as menu_texts
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge

PAGE = 5  # replies on one page


async def on_rests(update: Update, context: Context) -> None:
    """Show a page of the replies that a key point may rest on."""
    key_point_id, page = keyboards.RESTS.of(update)
    await _show_page(update, context, key_point_id, page)


async def _show_page(update: Update, context: Context, key_point_id: int, page: int) -> None:
    async with context.person(update) as (session, person):
        _, key_point = await key_point_actions.editable(session, person, key_point_id)
        shown = await support.candidates(session, key_point, limit=PAGE + 1, offset=page * PAGE)
    t = context.words(person)
    keyboard = keyboards.candidates(t, shown[:PAGE], key_point_id, page=page, more=len(shown) > PAGE)
    await context.turn_page(update, texts.candidates(t, shown[:PAGE]), keyboard)


async def on_rest(update: Update, context: Context) -> None:
    """Show one reply, sentence by sentence."""
    key_point_id, reply_id, page = keyboards.REST.of(update)
    async with context.person(update) as (session, person):
        _, key_point = await key_point_actions.editable(session, person, key_point_id)
        shown = await support.candidate(session, key_point, reply_id)
    if shown is None:
        await _show_page(update, context, key_point_id, page)
        return
    t = context.words(person)
    found = support.sentences(shown.text)
    await context.turn_page(
        update, texts.words_of(t, shown, found), keyboards.spans(t, shown, key_point_id, found, page)
    )


async def on_span(update: Update, context: Context) -> None:
    """Rest a key point on these words."""
    key_point_id, reply_id, start, end, page = keyboards.SPAN.of(update)
    assert update.callback_query is not None
    async with context.person(update) as (session, person):
        member, key_point = await key_point_actions.editable(session, person, key_point_id)
        try:
            await support.rest_on(session, key_point, reply_id=reply_id, start=start, end=end, now=context.now)
            shown = await key_point_actions.point(session, member.dialogue, key_point)
        except support.BrokenSpan:
            shown = None
    t = context.words(person)
    if shown is None:
        await acknowledge(update.callback_query, menu_texts.stale_button(t))
        await _show_page(update, context, key_point_id, page)
        return
    await key_points.show(update, context, t, shown)


async def on_not_this(update: Update, context: Context) -> None:
    """Rest a key point on this reply no longer."""
    key_point_id, reply_id, page = keyboards.NO_REST.of(update)
    async with context.person(update) as (session, person):
        _, key_point = await key_point_actions.editable(session, person, key_point_id)
        await support.rest_no_more(session, key_point, reply_id=reply_id)
    await _show_page(update, context, key_point_id, page)


async def on_look_again(update: Update, context: Context) -> None:
    """The moderator has seen what changed: rest the key point on what still stands."""
    (key_point_id,) = keyboards.LOOK_AGAIN.of(update)
    async with context.person(update) as (session, person):
        member, key_point = await key_point_actions.editable(session, person, key_point_id)
        await support.look_again(session, key_point, now=context.now)
        shown = await key_point_actions.point(session, member.dialogue, key_point)
    await key_points.show(update, context, context.words(person), shown)


HANDLERS = [
    Pressed(keyboards.RESTS, on_rests),
    Pressed(keyboards.REST, on_rest),
    Pressed(keyboards.SPAN, on_span),
    Pressed(keyboards.NO_REST, on_not_this),
    Pressed(keyboards.LOOK_AGAIN, on_look_again),
]
