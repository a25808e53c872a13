"""Look for words in what was said: by /find, or by the words typed after it."""

from datetime import timedelta

from telegram import ForceReply, Update
from telegram.ext import CommandHandler

from bot.core.prompts import Aside, Prompt
from bot.features.finding import actions, keyboards, texts
from bot.features.finding.actions import PAGE
from bot.models import Awaiting, Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.typed import Typed

AWAITED_FOR = timedelta(minutes=10)  # after which a short line is more likely a reply


async def on_find(update: Update, context: Context) -> None:
    """Find the words behind the command; ask for some where there are none."""
    query = " ".join(context.args or ())
    await _find(update, context, query) if query else await _ask(update, context)


async def on_page(update: Update, context: Context) -> None:
    """Show older replies with the same words, or ask for others."""
    page, query = keyboards.FIND.of(update)
    await _find(update, context, query, page=page) if query else await _ask(update, context)


async def _ask(update: Update, context: Context) -> None:
    async with context.person(update) as (_, person):
        actions.await_words(person, now=context.now)
    await context.stop_spinner(update)
    await context.say(update, texts.what_to_find(context.words(person)), ForceReply())


async def find_typed(update: Update, context: Context, _person: Person, aside: Aside) -> None:
    """Find what was typed; it stays held, for it may have been a reply."""
    await _find(update, context, aside.text, held_id=aside.held_id)


async def _find(update: Update, context: Context, query: str, *, page: int = 0, held_id: int | None = None) -> None:
    async with context.person(update) as (session, person):
        found = await actions.find(session, person, query, page=page, now=context.now)
    t, first = context.words(person), page * PAGE + 1
    text = texts.found(t, found, first)
    if found.more and not keyboards.goes_on(found):
        text = f"{text}\n\n{texts.too_long_to_turn(t)}"
    await context.stop_spinner(update)
    await context.say(update, text, keyboards.found(t, found, first, held_id))


TYPED: Typed = {Prompt(Awaiting.SEARCH, lasts=AWAITED_FOR): find_typed}

HANDLERS = [
    CommandHandler("find", on_find, PRIVATE),
    Pressed(keyboards.FIND, on_page),
]
