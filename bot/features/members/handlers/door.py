"""At the door from inside: moderators pass the link on, let in who asks, and have a new link made."""

import asyncio

from telegram import Update
from telegram.ext import CommandHandler

from bot.core import rights
from bot.core.rights import Right
from bot.features.members import reports
from bot.features.members.actions import admission
from bot.features.members.actions.admission import Door
from bot.features.members.keyboards import door as keyboards
from bot.features.members.texts import door as texts
from bot.features.menu.handlers import only_dialogue
from bot.phrases import signatures
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, saying


async def on_invite(update: Update, context: Context) -> None:
    """Show the link to the moderator's only dialogue, or ask to which one."""
    dialogue_id = await only_dialogue(update, context, Right.ADMIT, texts.which_dialogue, keyboards.dialogues)
    if dialogue_id is not None:
        await _show(update, context, dialogue_id)


async def on_door(update: Update, context: Context) -> None:
    """Show the link to the dialogue chosen."""
    (dialogue_id,) = keyboards.DOOR.of(update)
    await _show(update, context, dialogue_id)


async def _show(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.person(update) as (session, person):
        shown = await admission.door(session, person, dialogue_id)
    t = context.words(person)
    await context.turn_page(update, texts.door(t, shown, _address(context, shown)), keyboards.door(t, shown))


def _address(context: Context, shown: Door) -> str:
    return f"https://t.me/{context.bot.username}?start={shown.entrance}"


async def on_picture(update: Update, context: Context) -> None:
    """Send the link as a QR code."""
    assert update.effective_chat is not None
    (dialogue_id,) = keyboards.PICTURE.of(update)
    async with context.person(update) as (session, person):
        shown = await admission.door(session, person, dialogue_id)
    address = _address(context, shown)
    picture = await asyncio.to_thread(reports.door_picture, address)
    await context.stop_spinner(update)
    await context.bot.send_photo(update.effective_chat.id, picture, caption=f"{shown.title}\n{address}")


async def on_renew(update: Update, context: Context) -> None:
    """Make a new link, once that is certain."""
    dialogue_id, sure = keyboards.RENEW.of(update)
    async with context.person(update) as (session, person):
        await rights.membership(session, person, dialogue_id, Right.APPOINT)
        if sure:
            await admission.renew(session, person, dialogue_id, now=context.now)
    if sure:
        await _show(update, context, dialogue_id)
    else:
        t = context.words(person)
        await context.turn_page(update, texts.sure(t), keyboards.sure(t, dialogue_id))


async def on_let_in(update: Update, context: Context) -> None:
    """Let someone in; they are told through the ledger."""
    (member_id,) = keyboards.LET_IN.of(update)
    async with context.person(update) as (session, person):
        decided = await admission.let_in(
            session, person, member_id, reserved=signatures.reserved_names(), now=context.now
        )
    await context.turn_page(update, texts.was_let_in(context.words(person), decided))
    context.house.wake()


async def on_turn_away(update: Update, context: Context) -> None:
    """Don't let someone in."""
    (member_id,) = keyboards.TURN_AWAY.of(update)
    async with context.person(update) as (session, person):
        decided = await admission.refuse(session, person, member_id, now=context.now)
    t = context.words(person)
    await context.turn_page(update, texts.was_refused(t, decided), keyboards.refused(t, member_id))
    context.house.wake()


REFUSALS: Refusals = {admission.DecidedAlready: saying(texts.decided_already)}

HANDLERS = [
    CommandHandler("invite", on_invite, PRIVATE),
    Pressed(keyboards.DOOR, on_door),
    Pressed(keyboards.PICTURE, on_picture),
    Pressed(keyboards.RENEW, on_renew),
    Pressed(keyboards.LET_IN, on_let_in),
    Pressed(keyboards.TURN_AWAY, on_turn_away),
]
