"""The one message that turns: the page of the wizard that someone is on, with what there is to say."""

from contextlib import suppress
from datetime import datetime, timedelta

from telegram import InlineKeyboardMarkup, Update
from telegram.error import BadRequest

from bot import markup
from bot.features.drafts.actions import drafts, pages
from bot.features.drafts.actions import typed as typed_actions
from bot.features.drafts.actions.drafts import OpenDraft
from bot.features.drafts.actions.typed import Typed
from bot.features.drafts.handlers import checking
from bot.features.drafts.keyboards import pages as page_keyboards
from bot.features.drafts.texts import pages as texts
from bot.i18n import Translator
from bot.telegram.buttons import Row
from bot.telegram.context import Context

YOUNG = timedelta(
    days=1
)  # Bot API, deleteMessage: "less than 48 hours ago", while a page may have been turned in the same message


async def go(
    update: Update,
    context: Context,
    hand_id: int,
    where: str,
    *,
    said: str = "",
    rows: list[Row] | None = None,
    just_typed: bool = False,
) -> None:
    """Show a page of a draft, with what there is to be said (HTML), further `rows` of buttons, and those for what was `just_typed`."""
    async with context.person(update) as (session, person):
        typed = await typed_actions.last(session, person, hand_id, keeps=just_typed)
        opened = await drafts.turn(session, person, hand_id, where, now=context.now)
        replying = typed is not None and await typed_actions.may_reply(session, person, now=context.now)
    await show(update, context, context.words(person), opened, said=said, typed=typed, rows=rows, replying=replying)


async def show(
    update: Update,
    context: Context,
    t: Translator,
    opened: OpenDraft,
    *,
    said: str = "",
    typed: Typed | None = None,
    rows: list[Row] | None = None,
    replying: bool = False,
) -> None:
    """Show the page that a opened is at."""
    if opened.place == pages.CHECK:
        text, keyboard = await checking.page(context, t, opened, said=said)
    else:
        text = texts.page(t, opened, said=said, now=context.now)
        keyboard = page_keyboards.page(t, opened, typed, now=context.now, replying=replying, more=rows or [])
    await put(update, context, opened, text, keyboard)


async def put(
    update: Update, context: Context, opened: OpenDraft, text: str, keyboard: InlineKeyboardMarkup | None
) -> None:
    """Turn the page whose button was pressed, or show it below what was typed; the one before goes."""
    query = update.callback_query
    *parts, last = markup.split(text)
    if query is not None and query.message is not None and not parts:
        await context.turn_page(update, last, keyboard)
        message_id = query.message.message_id
    else:
        await context.stop_spinner(update)
        for part in parts:
            await context.say(update, part)
        message_id = await context.say(update, last, keyboard)
    if message_id == opened.message_id:
        return
    async with context.house.database.sessions.begin() as session:
        await drafts.remember_page(session, opened.hand_id, message_id)
    if opened.message_id is not None:
        await _take_away(update, context, opened.message_id, opened.turned_at)


async def _take_away(update: Update, context: Context, message_id: int, turned_at: datetime | None) -> None:
    """The page before goes; from one that is too old for that, its buttons."""
    assert update.effective_chat is not None
    chat_id = update.effective_chat.id
    with suppress(BadRequest):
        if turned_at is not None and context.now - turned_at < YOUNG:
            await context.bot.delete_message(chat_id, message_id)
        else:
            await context.bot.edit_message_reply_markup(chat_id, message_id)
