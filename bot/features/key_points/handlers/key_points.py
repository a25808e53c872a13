"""Moderators write key points: question by question, bullet by bullet."""

from telegram import ForceReply, Update

from bot.core import prompts
from bot.core.rights import Right
from bot.features.key_points import keyboards
from bot.features.key_points.actions import footing, key_points
from bot.features.key_points.actions.footing import NoSuchFooting
from bot.features.key_points.actions.key_points import NoSuchKeyPoint, NotAnEditor
from bot.features.key_points.actions.points import Point
from bot.features.key_points.texts import points as point_texts
from bot.features.key_points.texts import writing as writing_texts
from bot.features.menu import texts as menu_texts
from bot.features.menu.handlers import only_dialogue
from bot.i18n import Translator
from bot.models import Awaiting
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusals, saying


async def on_key_points(update: Update, context: Context) -> None:
    """Show the key points of the moderator's only dialogue, or ask of which one."""
    dialogue_id = await only_dialogue(
        update, context, Right.SUMMARISE, writing_texts.which_dialogue, keyboards.dialogues
    )
    if dialogue_id is not None:
        await _show_outline(update, context, dialogue_id)


async def on_outline(update: Update, context: Context) -> None:
    """Show the questions of a dialogue."""
    (dialogue_id,) = keyboards.POINTS.of(update)
    await _show_outline(update, context, dialogue_id)


async def _show_outline(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        shown = await key_points.outline(session, member.dialogue, language=person.language)
    t = context.words(person)
    await context.turn_page(update, point_texts.outline(t, shown), keyboards.outline(t, shown))


async def on_chapter(update: Update, context: Context) -> None:
    """Show the bullets of one question, or those for further discussion."""
    dialogue_id, question_id = keyboards.CHAPTER.of(update)
    await _show_chapter(update, context, dialogue_id, question_id)


async def _show_chapter(update: Update, context: Context, dialogue_id: int, question_id: int | None) -> None:
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        shown = await key_points.points(session, member.dialogue, question_id)
        number = key_points.number_of(member.dialogue, question_id)
        proposed = await key_points.are_proposed(session, question_id)
    t = context.words(person)
    proposes = proposed or context.house.settings.proposals_url is not None
    keyboard = keyboards.points(t, shown, dialogue_id, question_id, proposes=proposes)
    await context.turn_page(update, point_texts.points(t, shown, number), keyboard)


async def on_point(update: Update, context: Context) -> None:
    """Show one bullet."""
    (key_point_id,) = keyboards.POINT.of(update)
    async with context.person(update) as (session, person):
        member, key_point = await key_points.editable(session, person, key_point_id)
        shown = await key_points.point(session, member.dialogue, key_point)
    await show(update, context, context.words(person), shown)


async def show(update: Update, context: Context, t: Translator, point: Point) -> None:
    """Show one bullet in place of the message whose button was pressed."""
    await context.turn_page(update, point_texts.point(t, point), keyboards.point(t, point))


async def on_add(update: Update, context: Context) -> None:
    """Ask for a new bullet to be typed."""
    dialogue_id, question_id = keyboards.ADD.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        number = key_points.number_of(member.dialogue, question_id)
        if number:
            prompts.ask(person, Awaiting.KEY_POINT, question_id, now=context.now)
        else:
            prompts.ask(person, Awaiting.FURTHER, dialogue_id, now=context.now)
    await context.say(update, writing_texts.type_point(context.words(person), number), ForceReply())
    await context.stop_spinner(update)


async def on_wording(update: Update, context: Context) -> None:
    """Ask for a wording to be typed."""
    (key_point_id,) = keyboards.WORDING.of(update)
    async with context.person(update) as (session, person):
        await key_points.editable(session, person, key_point_id)
        prompts.ask(person, Awaiting.WORDING, key_point_id, now=context.now)
    await context.say(update, writing_texts.type_wording(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def on_strengths(update: Update, context: Context) -> None:
    """Ask how far members were of one mind."""
    (key_point_id,) = keyboards.STRENGTHS.of(update)
    async with context.person(update) as (session, person):
        member, key_point = await key_points.editable(session, person, key_point_id)
        shown = await key_points.point(session, member.dialogue, key_point)
    t = context.words(person)
    await context.turn_page(update, writing_texts.choose_strength(t, shown), keyboards.strengths(t, shown))


async def on_strength(update: Update, context: Context) -> None:
    """Note how far members were of one mind, or that nothing is said of it."""
    key_point_id, strength = keyboards.STRENGTH.of(update)
    async with context.person(update) as (session, person):
        member, key_point = await key_points.editable(session, person, key_point_id)
        shown = await key_points.label(session, member.dialogue, key_point, strength)
    await show(update, context, context.words(person), shown)


async def on_footings(update: Update, context: Context) -> None:
    """Ask where a bullet comes from besides replies."""
    (key_point_id,) = keyboards.FOOTINGS.of(update)
    async with context.person(update) as (session, person):
        member, key_point = await key_points.editable(session, person, key_point_id)
        shown = await key_points.point(session, member.dialogue, key_point)
        events = await footing.events(session, member.dialogue, language=person.language)
    t = context.words(person)
    await context.turn_page(update, writing_texts.choose_footing(t), keyboards.footings(t, shown, events))


async def on_footing(update: Update, context: Context) -> None:
    """Note where a bullet comes from."""
    key_point_id, basis, event_id = keyboards.FOOTING.of(update)
    async with context.person(update) as (session, person):
        member, key_point = await key_points.editable(session, person, key_point_id)
        await footing.put_on(session, key_point, basis, event_id=event_id)
        shown = await key_points.point(session, member.dialogue, key_point)
    await show(update, context, context.words(person), shown)


async def on_move(update: Update, context: Context) -> None:
    """Move a bullet up or down, and show the list."""
    key_point_id, later = keyboards.MOVE.of(update)
    async with context.person(update) as (session, person):
        _, key_point = await key_points.editable(session, person, key_point_id)
        await key_points.move(session, key_point, later=later)
    await _show_chapter(update, context, key_point.dialogue_id, key_point.question_id)


async def on_drop(update: Update, context: Context) -> None:
    """Ask whether to delete a bullet; do it once confirmed."""
    key_point_id, sure = keyboards.DROP.of(update)
    async with context.person(update) as (session, person):
        _, key_point = await key_points.editable(session, person, key_point_id)
        if sure:
            await key_points.remove(session, key_point)
    if sure:
        await _show_chapter(update, context, key_point.dialogue_id, key_point.question_id)
        return
    t = context.words(person)
    await context.turn_page(update, writing_texts.sure_to_delete(t), keyboards.deletion(t, key_point.id))


REFUSALS: Refusals = {
    NotAnEditor: saying(menu_texts.moderators_only),
    NoSuchKeyPoint: saying(menu_texts.stale_button),
    NoSuchFooting: saying(menu_texts.stale_button),
}

HANDLERS = [
    Pressed(keyboards.POINTS, on_outline),
    Pressed(keyboards.CHAPTER, on_chapter),
    Pressed(keyboards.POINT, on_point),
    Pressed(keyboards.ADD, on_add),
    Pressed(keyboards.WORDING, on_wording),
    Pressed(keyboards.STRENGTHS, on_strengths),
    Pressed(keyboards.STRENGTH, on_strength),
    Pressed(keyboards.FOOTINGS, on_footings),
    Pressed(keyboards.FOOTING, on_footing),
    Pressed(keyboards.MOVE, on_move),
    Pressed(keyboards.DROP, on_drop),
]
