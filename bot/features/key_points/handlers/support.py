"""Moderators choose the words that a key point rests on."""

from telegram import Update

from bot import insight, phrases
from bot.features.key_points import jobs, keyboards
from bot.features.key_points.actions import key_points as key_point_actions
from bot.features.key_points.actions import support
from bot.features.key_points.actions.support import Candidate
from bot.features.key_points.handlers import key_points
from bot.features.key_points.keyboards import SourceView
from bot.features.key_points.texts import sources as source_texts
from bot.features.menu import texts as menu_texts
from bot.features.themes.actions import themes
from bot.models import KeyPoint
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge

PAGE = 5  # replies on one page


async def on_rests(update: Update, context: Context) -> None:
    """Show a page of the replies that a key point may rest on, those most like it first."""
    key_point_id, view = keyboards.RESTS.of(update)
    await _show_page(update, context, key_point_id, view)


async def _show_page(update: Update, context: Context, key_point_id: int, view: SourceView) -> None:
    async with context.person(update) as (session, person):
        await key_point_actions.editable(session, person, key_point_id)
    house = context.house
    choice, ids = await jobs.likeliest(house.database, house.child, key_point_id, view.choice)
    first = view.page * PAGE
    async with house.database.readers() as session:
        key_point = await session.get_one(KeyPoint, key_point_id)
        shown = await support.candidates(session, key_point, ids[first : first + PAGE])
    t, here = context.words(person), SourceView(view.page, choice)
    text = source_texts.candidates(t, shown, choice, across_languages=insight.vectors.best().across_languages)
    more = len(ids) > first + PAGE
    await context.turn_page(update, text, keyboards.candidates(t, shown, key_point_id, here, more=more))


async def on_source_themes(update: Update, context: Context) -> None:
    """Ask of which theme the replies shall be."""
    key_point_id, view = keyboards.SOURCE_THEMES.of(update)
    async with context.person(update) as (session, person):
        _, key_point = await key_point_actions.editable(session, person, key_point_id)
        assert key_point.question_id is not None
        found = await themes.question(session, person, key_point.question_id)
    t = context.words(person)
    keyboard = keyboards.source_themes(t, key_point_id, view, found.themes)
    await context.turn_page(update, source_texts.of_which_theme(t), keyboard)


async def on_rest(update: Update, context: Context) -> None:
    """Show one reply, sentence by sentence; rest on one that is a single short sentence, which was read in full before."""
    key_point_id, reply_id, view = keyboards.REST.of(update)
    async with context.person(update) as (session, person):
        member, key_point = await key_point_actions.editable(session, person, key_point_id)
        shown = await support.candidate(session, key_point, reply_id)
        point = None
        if shown is not None and _is_plain(shown):
            end = len(shown.text)
            await support.rest_on(session, key_point, reply_id=reply_id, start=0, end=end, now=context.now)
            point = await key_point_actions.point(session, member.dialogue, key_point)
    if point is not None:
        await key_points.show(update, context, context.words(person), point)
        return
    if shown is None:
        await _show_page(update, context, key_point_id, view)
        return
    t = context.words(person)
    found = support.sentences(shown.text)
    await context.turn_page(
        update, source_texts.words_of(t, shown, found), keyboards.spans(t, shown, key_point_id, found, view)
    )


def _is_plain(shown: Candidate) -> bool:
    is_short = shown.kind == "text" and len(shown.text) <= phrases.EXCERPT
    return is_short and shown.chosen is None and len(support.sentences(shown.text)) == 1


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
        await _show_page(update, context, key_point_id, SourceView(page))
        return
    await key_points.show(update, context, t, shown)


async def on_not_this(update: Update, context: Context) -> None:
    """Rest a key point on this reply no longer."""
    key_point_id, reply_id, view = keyboards.NO_REST.of(update)
    async with context.person(update) as (session, person):
        _, key_point = await key_point_actions.editable(session, person, key_point_id)
        await support.rest_no_more(session, key_point, reply_id=reply_id)
    await _show_page(update, context, key_point_id, view)


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
    Pressed(keyboards.SOURCE_THEMES, on_source_themes),
    Pressed(keyboards.REST, on_rest),
    Pressed(keyboards.SPAN, on_span),
    Pressed(keyboards.NO_REST, on_not_this),
    Pressed(keyboards.LOOK_AGAIN, on_look_again),
]
