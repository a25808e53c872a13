"""Whoever moderates, translates the Summary, or writes a draft, asks for the desk, and gets the ways in."""

from telegram import Update
from telegram.ext import CommandHandler

from bot.core.rights import NotPermitted, Right
from bot.features.desk import keyboards
from bot.features.desk.actions import sessions
from bot.features.desk.actions.openings import LET_IN
from bot.features.desk.texts import frame as texts
from bot.features.drafts.actions import drafts
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE


async def on_desk(update: Update, context: Context) -> None:
    """Offer the desk inside Telegram and a link that works once, if there are pages at all."""
    base = context.house.settings.web_url
    async with context.person(update) as (session, person):
        rights = await context.rights(session, person)
        if not (LET_IN.intersection(rights) or await drafts.begun(session, person)):
            raise NotPermitted(Right.SEE_DIGESTS)
        secret = await sessions.give_link(session, person, now=context.now) if base else ""
    t, reads_all = context.words(person), Right.SEE_DIGESTS in rights
    link = f"{base}/desk/-/enter/{secret}"
    keyboard = keyboards.entrance(t, f"{base}/desk/-/in", link)
    if not base:
        await context.say(update, texts.no_desk(t))
    elif keyboard is None:
        await context.say(update, texts.invitation(t, link, reads_all=reads_all))
    else:
        await context.say(update, texts.here_or_elsewhere(t, reads_all=reads_all), keyboard)
    await context.stop_spinner(update)


HANDLERS = [CommandHandler("desk", on_desk, PRIVATE), Pressed(keyboards.DESK, on_desk)]
