"""Members answer each other: with one tap, or with words that stand below a card."""

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler

from bot.core import prompts
from bot.features.discussion.actions import cards as discussion_cards
from bot.features.discussion.actions import frames, quick_replies, responses
from bot.features.discussion.actions import terms as discussion_terms
from bot.features.discussion.actions.cards import NotReadable, Words
from bot.features.discussion.actions.responses import Responded
from bot.features.discussion.handlers import cards
from bot.features.discussion.keyboards import cards as keyboards
from bot.features.discussion.keyboards import responses as response_keyboards
from bot.features.discussion.texts import cards as card_texts
from bot.features.discussion.texts import responses as texts
from bot.features.menu import texts as menu_texts
from bot.models import Person, RungKind
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import numbers_of, parts_of

PAGE = 5  # responses on one page of a thread


async def on_respond(update: Update, context: Context) -> None:
    """Ask for a response to a reply."""
    (reply_id,) = numbers_of(update)
    await _ask(update, context, reply_id)


async def _ask(update: Update, context: Context, reply_id: int, *, example: bool = False) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            words: Words | None = await responses.begin(session, person, reply_id, now=context.now)
        except NotReadable:
            words = None
    t = context.words(person)
    await context.stop_spinner(update)
    if words is None:
        await context.say(update, card_texts.not_readable(t))
        return
    text = texts.write_example(t, words) if example else texts.write_response(t, words)
    await context.say(update, text, response_keyboards.write_response(t, reply_id))


async def on_never_mind(update: Update, context: Context) -> None:
    """No response after all."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        prompts.await_nothing(person)
    await context.turn_page(update, texts.given_up(context.words(person)))


async def thank(update: Update, context: Context, person: Person, kept: Responded) -> None:
    """Say that a response is kept, who sees it, and offer the way out."""
    if kept.more_of_album:
        return
    async with context.house.database.readers() as session:
        terms = await discussion_terms.terms_of_reply(session, person, kept.reply_id)
    t = context.words(person)
    keyboard = response_keyboards.responded(t, kept.reply_id, terms)
    await context.say(update, texts.responded(t, kept.to, terms), keyboard, quote=True)


async def on_thread(update: Update, context: Context) -> None:
    """A page of what was said to a reply."""
    reply_id, page = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            shown = await responses.thread(session, person, reply_id, page=page, size=PAGE)
        except NotReadable:
            shown = None
    t = context.words(person)
    if shown is None:
        await context.turn_page(update, card_texts.not_readable(t))
        return
    await context.turn_page(update, texts.thread(t, shown, PAGE), response_keyboards.thread(t, shown, PAGE))


async def on_chime(update: Update, context: Context) -> None:
    """Tap a rung of a question or a card, or take it back; an example is asked for."""
    assert update.callback_query is not None
    word, question, reply, language = parts_of(update)
    kind, question_id, reply_id = RungKind(word), int(question), int(reply)
    context.once()  # a second time it would take back the tap
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            reader, _ = await discussion_cards.reader_of(session, person, question_id)
            if reply_id:
                await discussion_cards.reader_of_reply(session, person, reply_id)
            mine = await quick_replies.chime(
                session, reader, kind, question_id=question_id, reply_id=reply_id or None, now=context.now
            )
            frame = await frames.frame(session, reader.id, question_id)
        except NotReadable:
            frame = None
    t = context.words(person)
    if frame is None:
        await acknowledge(update.callback_query, card_texts.not_readable(t))
        return
    await acknowledge(update.callback_query, card_texts.chimed(t, mine))
    if reply_id:
        await cards.show_card(update, context, reply_id, None if language == keyboards.ALL else language)
    else:
        await _show_buttons(update, keyboards.question(t, frame))
    if mine is RungKind.EXAMPLE:
        await _ask_example(update, context, question_id, reply_id)


async def _show_buttons(update: Update, keyboard: InlineKeyboardMarkup) -> None:
    query = update.callback_query
    assert query is not None
    await query.edit_message_reply_markup(keyboard)


async def _ask_example(update: Update, context: Context, question_id: int, reply_id: int) -> None:
    if reply_id:
        await _ask(update, context, reply_id, example=True)
        return
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await responses.begin_answer(session, person, question_id, now=context.now)
    t = context.words(person)
    await context.say(update, texts.write_example(t, None), response_keyboards.write_answer(t, question_id))


async def on_answer(update: Update, context: Context) -> None:
    """Let a question be answered that has closed."""
    (question_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            number: int | None = await responses.begin_answer(session, person, question_id, now=context.now)
        except NotReadable:
            number = None
    t = context.words(person)
    await context.stop_spinner(update)
    if number is None:
        await context.say(update, menu_texts.stale_button(t))
        return
    await context.say(update, texts.write_answer(t, number), response_keyboards.write_answer(t, question_id))


async def on_hear(update: Update, context: Context) -> None:
    """Be told of responses at once, or once a day."""
    at_once = parts_of(update) == ["once"]
    async with context.transaction() as session:
        person = await context.meet(session, update)
        person.responses_at_once = at_once
    await context.turn_page(update, texts.at_once_changed(context.words(person), at_once=at_once))


HANDLERS = [
    CallbackQueryHandler(on_hear, r"^hear:"),
    CallbackQueryHandler(on_answer, r"^answer:"),
    CallbackQueryHandler(on_respond, r"^respond:"),
    CallbackQueryHandler(on_never_mind, r"^(unrespond|unanswer):"),
    CallbackQueryHandler(on_thread, r"^thread:"),
    CallbackQueryHandler(on_chime, r"^chime:"),
]
