"""A member reads what others said: one message that turns from card to card, and files when asked for."""

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import Card, NotReadable
from bot.features.discussion.keyboards import cards as keyboards
from bot.features.discussion.texts import cards as texts
from bot.telegram.attachments import send_on
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE, numbers_of, parts_of


async def on_replies(update: Update, context: Context) -> None:
    """The questions with what others replied to each; the cards at once where there is only one question."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        decks = await cards.decks(session, person, now=context.now)
    t = context.words(person)
    if len(decks) == 1 and update.callback_query is None:
        await _turn_up(update, context, decks[0].question_id, None)
        return
    await context.turn_page(update, texts.decks(t, decks), keyboards.decks(t, decks))


async def on_deck(update: Update, context: Context) -> None:
    """The cards of a question, in a message of their own: the question stays where it is."""
    (question_id,) = numbers_of(update)
    await context.stop_spinner(update)
    text, keyboard = await _top(update, context, question_id, None)
    await context.say(update, text, keyboard)


async def on_top(update: Update, context: Context) -> None:
    """The cards of a question, in all languages or one."""
    question_id, language = parts_of(update)
    await _turn_up(update, context, int(question_id), None if language == keyboards.ALL else language)


async def _turn_up(update: Update, context: Context, question_id: int, language: str | None) -> None:
    text, keyboard = await _top(update, context, question_id, language)
    await context.turn_page(update, text, keyboard)


async def _top(
    update: Update, context: Context, question_id: int, language: str | None
) -> tuple[str, InlineKeyboardMarkup]:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown: Card | None = None
        try:
            reply_id = await cards.top(session, person, question_id, language)
            shown = await cards.card(session, person, reply_id, language=language) if reply_id else None
        except NotReadable:
            reply_id = None
    t = context.words(person)
    if shown is None:
        return texts.no_cards(t, language), keyboards.no_cards(t, question_id, language)
    return texts.card(t, shown), keyboards.card(t, shown)


async def on_card(update: Update, context: Context) -> None:
    """Another card, or the same one in its original language."""
    reply_id, language, *turn = parts_of(update)
    await show_card(
        update, context, int(reply_id), None if language == keyboards.ALL else language, original=turn == ["o"]
    )


async def show_card(
    update: Update, context: Context, reply_id: int, language: str | None, *, original: bool = False
) -> None:
    """Turn the message to one card."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            shown = await cards.card(session, person, reply_id, language=language)
        except NotReadable:
            shown = None
    t = context.words(person)
    if shown is None:
        await context.turn_page(update, texts.not_readable(t), keyboards.all_questions(t))
        return
    await context.turn_page(
        update, texts.card(t, shown, original=original), keyboards.card(t, shown, original=original)
    )


async def on_filter(update: Update, context: Context) -> None:
    """Choose the language of the replies to read."""
    (question_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            found = await cards.languages(session, person, question_id)
        except NotReadable:
            found = []
    t = context.words(person)
    await context.turn_page(update, texts.choose_filter(t), keyboards.languages(t, question_id, found))


async def on_file(update: Update, context: Context) -> None:
    """Send what a reply carries."""
    assert update.callback_query is not None
    assert update.effective_chat is not None
    (reply_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            attached = await cards.files(session, person, reply_id)
        except NotReadable:
            attached = []
    await acknowledge(update.callback_query, None if attached else texts.not_readable(context.words(person)))
    await send_on(context, update.effective_chat.id, attached)


HANDLERS = [
    CommandHandler("replies", on_replies, PRIVATE),
    CallbackQueryHandler(on_replies, r"^browse$"),
    CallbackQueryHandler(on_deck, r"^deck:"),
    CallbackQueryHandler(on_top, r"^top:"),
    CallbackQueryHandler(on_card, r"^card:"),
    CallbackQueryHandler(on_filter, r"^filter:"),
    CallbackQueryHandler(on_file, r"^file:"),
]
