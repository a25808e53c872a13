"""A member writes to the moderators: asked for by a button or /ask, or with a message that was held."""

from datetime import timedelta

from telegram import ForceReply, Update
from telegram.ext import CommandHandler

from bot import phrases
from bot.core.prompts import Aside, Prompt
from bot.features.inquiries import keyboards, texts
from bot.features.inquiries.actions import asking
from bot.features.inquiries.actions.asking import Addressee, Inquired
from bot.features.menu.keyboards import ASK_MODERATORS
from bot.i18n import Translator
from bot.models import Awaiting, Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.typed import Typed

AWAITED_FOR = timedelta(
    hours=1
)  # long enough to write a page on a phone; a message sent to the request later is asked about


async def on_ask(update: Update, context: Context) -> None:
    """Ask for what the member wants to say, once it is clear to whom."""
    member_id = ASK_MODERATORS.of(update)[0] if update.callback_query is not None else None
    async with context.person(update) as (session, person):
        found = await asking.addressees(session, person)
        chosen = _chosen(found, member_id)
        if chosen is not None:
            await asking.await_words(session, person, chosen, now=context.now)
    t = context.words(person)
    if chosen is not None:
        title = next(one.title for one in found if one.member_id == chosen)
        await context.say(update, texts.write_now(t, title), ForceReply())
        await context.stop_spinner(update)
    elif found:
        await context.say(update, texts.which_moderators(t), keyboards.which(found))
        await context.stop_spinner(update)
    else:
        await _tell_no_member(update, context, t)


def _chosen(found: list[Addressee], member_id: int | None) -> int | None:
    """The membership that was named or, where there is only one, that one."""
    if len(found) == 1:
        return found[0].member_id
    return member_id if member_id in {one.member_id for one in found} else None


async def _tell_no_member(update: Update, context: Context, t: Translator) -> None:
    if update.callback_query is None:
        await context.say(update, texts.not_a_member(t))
    else:
        await context.alert(update, texts.not_a_member(t))


async def keep_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """What was typed goes to the moderators at once: it was asked for, and nobody else reads it."""
    async with context.person(update) as (session, _):
        asked = await asking.ask_held(session, person, aside.about or 0, held_id=aside.held_id, now=context.now)
    if asked is not None:
        t = context.words(person)
        await context.say(update, texts.sent(t, asked.title), keyboards.sent(t, asked.inquiry_id), quote=True)
        context.house.wake()


async def on_to_moderators(update: Update, context: Context) -> None:
    """A held message is for the moderators; where there are several, ask whose."""
    held_id, member_id = keyboards.TO_MODERATORS.of(update)
    asked: Inquired | None = None
    async with context.person(update) as (session, person):
        found = await asking.addressees(session, person)
        chosen = _chosen(found, member_id)
        if chosen is not None:
            asked = await asking.ask_held(session, person, chosen, held_id=held_id, now=context.now)
    t = context.words(person)
    if asked is not None:
        await context.turn_page(update, texts.sent(t, asked.title), keyboards.sent(t, asked.inquiry_id))
        context.house.wake()
    elif chosen is not None:
        await context.turn_page(update, phrases.settled_already(t))
    elif found:
        await context.turn_page(update, texts.which_moderators(t), keyboards.which(found, held_id))
    else:
        await _tell_no_member(update, context, t)


TYPED: Typed = {Prompt(Awaiting.INQUIRY, whole=True, lasts=AWAITED_FOR, anything=True): keep_typed}

HANDLERS = [
    CommandHandler("ask", on_ask, PRIVATE),
    Pressed(ASK_MODERATORS, on_ask),
    Pressed(keyboards.TO_MODERATORS, on_to_moderators),
]
