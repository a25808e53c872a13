"""A member hears less of a dialogue, or leaves it: never by one tap alone, and not beyond recall."""

from telegram import Update
from telegram.ext import CommandHandler

from bot.core import members as core_members
from bot.features.members.actions import profile
from bot.features.members.keyboards import leaving as keyboards
from bot.features.members.keyboards.profile import LEAVE
from bot.features.members.texts import joining as joining_texts
from bot.features.members.texts import leaving as texts
from bot.features.members.texts import profile as profile_texts
from bot.features.menu.keyboards import WAYS_OUT
from bot.features.replies.actions import held as reply_held
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE


async def on_ways_out(update: Update, context: Context) -> None:
    """Offer a pause, the end of reminders, and the way out of each dialogue."""
    async with context.person(update) as (session, person):
        shown = await profile.profile(session, person, now=context.now)
    t = context.words(person)
    if shown.standings:
        await context.say(update, texts.ways_out(t), keyboards.ways_out(t, shown))
    else:
        await context.say(update, joining_texts.takes_part_in_nothing(t))
    await context.stop_spinner(update)


async def on_leave(update: Update, context: Context) -> None:
    """Ask whether to leave."""
    (member_id,) = LEAVE.of(update)
    async with context.person(update) as (session, person):
        _, standing = await profile.standing(session, person, member_id)
    t = context.words(person)
    await context.turn_page(update, texts.sure_to_leave(t, standing.title), keyboards.sure_to_leave(t, member_id))


async def on_left(update: Update, context: Context) -> None:
    """Leave, with a way back."""
    (member_id,) = keyboards.LEFT.of(update)
    async with context.person(update) as (session, person):
        member, standing = await profile.standing(session, person, member_id)
        await core_members.leave(session, member, now=context.now)
        await reply_held.settle_ways_out(session, person)
    t = context.words(person)
    await context.turn_page(update, texts.left(t, standing.title), keyboards.undo(t, member.dialogue_id))


async def on_stay(update: Update, context: Context) -> None:
    """Leave everything as it is."""
    async with context.person(update) as (session, person):
        await reply_held.settle_ways_out(session, person)
    await context.turn_page(update, profile_texts.nothing_changed(context.words(person)))


HANDLERS = [
    CommandHandler(["stop", "leave"], on_ways_out, PRIVATE),
    Pressed(WAYS_OUT, on_ways_out),
    Pressed(LEAVE, on_leave),
    Pressed(keyboards.LEFT, on_left),
    Pressed(keyboards.STAY, on_stay),
]
