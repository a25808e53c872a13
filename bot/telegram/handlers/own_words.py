"""One's own words: listed, withdrawn, restored, taken along, erased; and the open question to answer next."""

import json
from io import BytesIO

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InputFile, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import markup
from bot.actions import browsing, erasing, framing, hearing, recalling
from bot.actions.framing import Frame
from bot.core import questions
from bot.models import Person
from bot.telegram import keyboards
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE, numbers_of, parts_of
from bot.texts import help as help_texts
from bot.texts import membership as membership_texts
from bot.texts import questions as question_texts
from bot.texts import replies as texts

PAGE = 5  # own replies on one page


async def on_question(update: Update, context: Context) -> None:
    """Show the open question again, or say when the next one comes."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        open_now = await questions.open_questions(session, person, now=context.now)
        frames = [await _frame(session, person, asked.question_id) for asked in open_now]
        nothing = await hearing.nothing_asked(session, person, now=context.now)
    t = context.words(person)
    for asked, frame in zip(open_now, frames, strict=True):
        *parts, last = markup.split(question_texts.framed(t, asked, frame))
        for part in parts:
            await context.say(update, part)
        await context.say(update, last, keyboards.cards.question(t, frame))
    if not open_now:
        await context.say(update, question_texts.none_open(t, nothing.next_opening, nothing.zone))


async def _frame(session: AsyncSession, person: Person, question_id: int) -> Frame:
    reader, _ = await browsing.reader_of(session, person, question_id)
    return await framing.frame(session, reader.id, question_id)


async def on_replies(update: Update, context: Context) -> None:
    """List the person's replies, newest first."""
    (page,) = numbers_of(update)
    await _show_page(update, context, page)


async def on_withdraw(update: Update, context: Context) -> None:
    """Withdraw a reply, or restore it, and show the list as it is now."""
    assert update.callback_query is not None
    assert update.callback_query.data is not None
    withdrawn = update.callback_query.data.startswith("withdraw:")
    reply_id, page = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            own = await recalling.set_withdrawn(
                session, person, reply_id=reply_id, withdrawn=withdrawn, now=context.now
            )
        except recalling.NoSuchReply:
            own = None
    t = context.words(person)
    await acknowledge(update.callback_query, texts.withdrawn(t, own) if own else help_texts.stale_button(t))
    await _show_page(update, context, page)


async def _show_page(update: Update, context: Context, page: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await recalling.own_replies(session, person, limit=PAGE + 1, offset=page * PAGE)
    t = context.words(person)
    keyboard = keyboards.replies.own_replies(t, shown[:PAGE], page=page, more=len(shown) > PAGE)
    await context.turn_page(update, texts.own(t, shown[:PAGE]), keyboard)


async def on_export(update: Update, context: Context) -> None:
    """Send everything kept of the person as a file."""
    assert update.effective_chat is not None
    assert update.callback_query is not None
    async with context.transaction() as session:
        person = await context.meet(session, update)
        portrait = await erasing.portrait(session, person, now=context.now)
    await acknowledge(update.callback_query)
    content = json.dumps(portrait, ensure_ascii=False, indent=2).encode()
    chat_id, caption = update.effective_chat.id, membership_texts.your_data(context.words(person))
    await context.answer(
        lambda: context.bot.send_document(chat_id, InputFile(BytesIO(content), "my-data.json"), caption=caption)
    )


async def on_erase(update: Update, context: Context) -> None:
    """Ask whether to erase everything; do it once confirmed."""
    confirmed = parts_of(update) == ["yes"]
    async with context.transaction() as session:
        person = await context.meet(session, update)
        t = context.words(person)
        if confirmed:
            erased = await erasing.erase(session, person, now=context.now)
        else:
            replies = await erasing.count_replies(session, person)
    if confirmed:
        await context.turn_page(update, membership_texts.erased(t, erased.replies))
    else:
        await context.turn_page(update, membership_texts.sure_to_erase(t, replies), keyboards.membership.erase(t))


HANDLERS = [
    CommandHandler("question", on_question, PRIVATE),
    CallbackQueryHandler(on_replies, r"^replies:"),
    CallbackQueryHandler(on_withdraw, r"^(withdraw|restore):"),
    CallbackQueryHandler(on_export, r"^export$"),
    CallbackQueryHandler(on_erase, r"^erase"),
]
