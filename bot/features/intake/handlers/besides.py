"""What a message turned out to be besides a reply is answered: help, a way out, a reaction, or the question what it is."""

from collections.abc import Callable

from telegram import Update
from telegram.constants import ReactionEmoji

from bot import places
from bot.features.intake import keyboards, texts
from bot.features.intake.actions.besides import (
    Besides,
    ContactShared,
    HelpWanted,
    Located,
    SmallTalk,
    Unclear,
    WantsOut,
)
from bot.features.menu import handlers as menu
from bot.i18n import Translator
from bot.models import Person
from bot.telegram.content import id_of
from bot.telegram.context import Context
from bot.telegram.receipts import Receipt

Why = Callable[[Translator], str]
"""Why something can't be made of a file, to be said in some language."""


async def answer(
    update: Update, context: Context, person: Person, taken: Besides, why: Why | None = None
) -> int | None:
    """Say or ask what there is to; returns the id of a held message that its author was asked about now.

    Before a file of somebody with a role is asked about, they are told `why` nothing else was made of it.
    """
    t = context.words(person)
    match taken:
        case SmallTalk():
            await _react(update, context, t)
        case HelpWanted():
            await menu.on_help(update, context)
        case ContactShared():
            await context.say(update, texts.contact_not_kept(t), quote=True)
        case WantsOut():
            await context.say(update, texts.wants_out(t), keyboards.ways_out(t, taken), quote=True)
            return taken.held_id
        case Located():
            near = places.near(taken.latitude, taken.longitude, now=context.now)
            keyboard = keyboards.located(t, taken, near, context.now)
            await context.say(update, texts.what_place_is_it(t, may_reply=taken.may_reply), keyboard, quote=True)
            return taken.held_id
        case Unclear(held_id=int(held_id)):
            keyboard = keyboards.for_whom(t, held_id, may_reply=taken.may_reply)
            asked = texts.for_whom(t, may_reply=taken.may_reply)
            said = f"{(why or texts.unknown_file)(t)}\n\n{asked}" if taken.is_work else asked
            await context.say(update, said, keyboard, quote=True)
            return held_id
        case Unclear(more=True):
            await say_kept_too(update, context, t)
    return None


async def say_kept_too(update: Update, context: Context, t: Translator) -> None:
    """A further message is held: what its author chooses for the one before goes for it."""
    message = update.message
    assert message is not None
    if context.house.receipts.give(message.chat_id, id_of(update), message.date) is not Receipt.NONE:
        await context.say(update, texts.kept_too(t), quote=True, silent=True)


async def _react(update: Update, context: Context, t: Translator) -> None:
    message = update.message
    assert message is not None
    receipt = context.house.receipts.give(message.chat_id, id_of(update), message.date)
    if receipt is not Receipt.NONE and not await context.react(update, ReactionEmoji.HANDSHAKE):
        await context.say(update, texts.small_talk(t), quote=True)
