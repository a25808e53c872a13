"""Privacy: one has one's personal data sent as a file, or erased, or nothing kept of what one says in groups."""

import asyncio
import json
from io import BytesIO

import structlog
from telegram import InputFile, Update
from telegram.ext import CommandHandler

from bot.backups import erasures
from bot.backups.erasures import Erasure, Extent, person_key
from bot.features.groups import keyboards as group_keyboards
from bot.features.members.actions import profile
from bot.features.members.keyboards import profile as profile_keyboards
from bot.features.menu.keyboards import PRIVACY
from bot.features.privacy import keyboards, reports
from bot.features.privacy.actions import erasure, personal_data, refusal
from bot.features.privacy.texts import portrait
from bot.features.privacy.texts import privacy as texts
from bot.features.replies.actions import own_replies
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import GROUP, PRIVATE, author_of

log = structlog.get_logger()


async def _list(context: Context, scope: Extent, whose: str) -> None:
    """Write an erasure down before it is done for good; where that isn't possible, it is done all the same."""
    settings = context.house.settings
    listed = erasures.of(settings.database_url, settings.erasures_dir)
    try:
        await asyncio.to_thread(listed.add, Erasure(context.now, scope, whose))
    except OSError:
        log.exception("an erasure is not listed: after a restore it would have to be repeated by hand")


async def on_forget(update: Update, context: Context) -> None:
    """Delete what was kept of the sender's words in groups, and keep no more."""
    message = update.message
    assert message is not None
    t = await context.words_for(None if message.sender_chat else message.from_user)
    async with context.transaction() as session:
        erased = await refusal.refuse(session, author_of(message), now=context.now)
        await _list(context, Extent.GROUPS, str(author_of(message)))
    await context.house.database.scrub()
    await context.say(update, texts.refused(t, erased), group_keyboards.allow(t), quote=True)


async def on_refuse(update: Update, context: Context) -> None:
    """The same by the button under the notice."""
    assert update.callback_query is not None
    user = update.callback_query.from_user
    t = await context.words_for(user)
    async with context.transaction() as session:
        erased = await refusal.refuse(session, user.id, now=context.now)
        await _list(context, Extent.GROUPS, str(user.id))
    await context.house.database.scrub()
    await context.alert(update, texts.refused(t, erased))


async def on_allow(update: Update, context: Context) -> None:
    """Someone's words may be kept again."""
    assert update.callback_query is not None
    user = update.callback_query.from_user
    t = await context.words_for(user)
    async with context.transaction() as session:
        await refusal.allow(session, user.id)
        await _list(context, Extent.ALLOWED, str(user.id))
    await context.alert(update, texts.allowed(t))


async def on_privacy(update: Update, context: Context) -> None:
    """Say what is kept, who sees it, and what the person can do about it."""
    async with context.person(update) as (session, person):
        shown = await profile.profile(session, person, now=context.now)
    t = context.words(person)
    await context.say(update, texts.privacy(t), keyboards.privacy(t, shown))
    await context.stop_spinner(update)


async def on_export(update: Update, context: Context) -> None:
    """Send everything kept of the person: a page to read, and a file with every detail."""
    assert update.effective_chat is not None
    assert update.callback_query is not None
    async with context.person(update) as (session, person):
        told = await personal_data.portrait(session, person, now=context.now)
        titles = await personal_data.titles(session, person)
    await acknowledge(update.callback_query)
    t, chat_id = context.words(person), update.effective_chat.id
    page = reports.page(portrait.portrait(t, told, titles), t)
    whole = json.dumps(told, ensure_ascii=False, indent=2).encode()
    await context.bot.send_document(chat_id, InputFile(BytesIO(page), "my-data.html"), caption=texts.your_data(t))
    await context.bot.send_document(chat_id, InputFile(BytesIO(whole), portrait.WHOLE))


async def on_erase(update: Update, context: Context) -> None:
    """Ask whether to erase everything; do it once confirmed."""
    (confirmed,) = profile_keyboards.ERASE.of(update)
    async with context.person(update) as (session, person):
        t = context.words(person)
        if confirmed:
            listed = person_key(person.id, person.telegram_id)
            erased = await erasure.erase(session, person, now=context.now)
            await _list(context, Extent.PERSON, listed)
        else:
            replies = await own_replies.count_replies(session, person)
    if confirmed:
        await context.house.database.scrub()
        await context.turn_page(update, texts.erased(t, erased.replies))
    else:
        await context.turn_page(update, texts.sure_to_erase(t, replies), keyboards.erase(t))


HANDLERS = [
    CommandHandler("forget", on_forget, GROUP | PRIVATE),
    CommandHandler("privacy", on_privacy, PRIVATE),
    Pressed(PRIVACY, on_privacy),
    Pressed(group_keyboards.REFUSE, on_refuse),
    Pressed(group_keyboards.ALLOW, on_allow),
    Pressed(profile_keyboards.EXPORT, on_export),
    Pressed(profile_keyboards.ERASE, on_erase),
]
