"""Consent is read in full, and given anew when the terms have changed."""

from collections.abc import Sequence
from functools import wraps
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

from bot import markup
from bot.core.dialogues import NoSuchDialogue
from bot.features.members.actions import consent
from bot.features.members.actions.consent import Changed
from bot.features.members.keyboards import consent as keyboards
from bot.features.members.keyboards.profile import CONSENT
from bot.features.members.texts import consent as texts
from bot.features.members.texts import joining as joining_texts
from bot.models import Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Handler, Refusals, saying


async def ask_anew(update: Update, context: Context, person: Person, changed: Sequence[Changed]) -> None:
    """Ask a person about terms that have changed, once what they did is settled."""
    t = context.words(person)
    for one in changed:
        await context.say(update, texts.changed(t, one.conditions), keyboards.changed(t, one))


def asking_after(handlers: Sequence[BaseHandler[Any, Any, Any]]) -> Sequence[BaseHandler[Any, Any, Any]]:
    """The same handlers, of which those for a button that shows others something ask, afterwards, about terms that have changed."""
    for handler in handlers:
        if isinstance(handler, Pressed) and handler.verb.publishes:
            handler.callback = _asking_after(handler.callback)
    return handlers


def _asking_after(handler: Handler) -> Handler:
    @wraps(handler)
    async def asking(update: Update, context: Context) -> None:
        await handler(update, context)
        user = update.effective_user
        assert user is not None
        async with context.house.database.readers() as session:
            is_due = await consent.is_due(session, user.id, now=context.now)
        if is_due:
            async with context.person(update) as (session, person):
                changed = await consent.due(session, person, now=context.now)
            await ask_anew(update, context, person, changed)

    return asking


async def on_consent(update: Update, context: Context) -> None:
    """Show the terms in full, in a message of their own."""
    (dialogue_id,) = CONSENT.of(update)
    async with context.person(update) as (session, person):
        told = await consent.conditions(session, person, dialogue_id)
    await context.stop_spinner(update)
    for part in markup.split(texts.in_full(context.words(person), told)):
        await context.say(update, part)


async def on_agree(update: Update, context: Context) -> None:
    """Agree to what has changed."""
    (member_id,) = keyboards.AGREE.of(update)
    async with context.person(update) as (session, person):
        title = await consent.agree(session, person, member_id, now=context.now)
    await context.turn_page(update, texts.agreed(context.words(person), title))


REFUSALS: Refusals = {NoSuchDialogue: saying(joining_texts.no_such_dialogue, closes=True)}

HANDLERS = [Pressed(CONSENT, on_consent), Pressed(keyboards.AGREE, on_agree)]
