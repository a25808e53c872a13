"""Whoever moderates, or writes a draft, asks for the desk, and gets the ways in."""

from telegram import Update
from telegram.ext import CommandHandler

from bot.core.rights import NotPermitted, Right
from bot.features.desk import keyboards
from bot.features.desk.actions import sessions
from bot.features.desk.texts import frame as texts
from bot.features.drafts.actions import drafts
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE


async def on_desk(update: Update, context: Context) -> None:
    """Offer the desk inside Telegram and a link that works once, if there are pages at all."""
    base = context.house.settings.web_url
    async with context.person(update) as (session, person):
        moderates = Right.SEE_DIGESTS in await context.rights(session, person)
        if not (moderates or await drafts.begun(session, person)):
            raise NotPermitted(Right.SEE_DIGESTS)
        secret = await sessions.give_link(session, person, now=context.now) if base else ""
    t = context.words(person)
    if not base:
        await context.say(update, texts.no_desk(t))
        return
    link = f"{base}/desk/-/enter/{secret}"
    keyboard = keyboards.entrance(t, f"{base}/desk/-/in", link)
    await context.say(update, texts.here_or_elsewhere(t) if keyboard else texts.invitation(t, link), keyboard)


HANDLERS = [CommandHandler("desk", on_desk, PRIVATE)]
