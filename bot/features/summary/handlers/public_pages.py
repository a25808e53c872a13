"""Organisers choose whether a Summary has a public page, and who finds it."""

from telegram import Update

from bot.features.key_points.actions import key_points
from bot.features.summary.actions import public_pages
from bot.features.summary.keyboards import public_pages as keyboards
from bot.features.summary.reports import public
from bot.features.summary.texts import public_pages as texts
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_page(update: Update, context: Context) -> None:
    """Show whether there is a public page, and what follows from one."""
    (dialogue_id,) = keyboards.PAGE.of(update)
    await _show(update, context, dialogue_id)


async def on_open(update: Update, context: Context) -> None:
    """Give the Summary a public page, change who finds it, or take it back."""
    dialogue_id, openness = keyboards.OPEN.of(update)
    async with context.person(update) as (session, person):
        organiser = await key_points.editor(session, person, dialogue_id)
        address = public.address(context.house.settings.web_url, organiser.dialogue.slug)
        await public_pages.choose(session, organiser, openness, address=address, now=context.now)
    await _show(update, context, dialogue_id, anew=True)
    context.house.wake()


async def _show(update: Update, context: Context, dialogue_id: int, *, anew: bool = False) -> None:
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        shown = await public_pages.state(session, member, language=person.language)
    t = context.words(person)
    text = texts.state(t, shown, public.address(context.house.settings.web_url, shown.slug))
    if anew:
        await context.turn_page(update, text, keyboards.state(t, shown))
    else:
        await context.say(update, text, keyboards.state(t, shown))
        await context.stop_spinner(update)


HANDLERS = [Pressed(keyboards.PAGE, on_page), Pressed(keyboards.OPEN, on_open)]
