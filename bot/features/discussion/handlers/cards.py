"""A member reads what others said: one message that turns from card to card, and files when asked for."""

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CommandHandler

from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import NotAsked, NotReadable
from bot.features.discussion.keyboards import cards as keyboards
from bot.features.discussion.keyboards import endings
from bot.features.discussion.texts import cards as texts
from bot.features.menu import texts as menu_texts
from bot.features.menu.keyboards import BROWSE
from bot.features.replies import handlers as replies
from bot.telegram.attachments import send_on
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, saying


async def on_replies(update: Update, context: Context) -> None:
    """The questions with what others replied to each; the cards at once where there is only one question."""
    async with context.person(update) as (session, person):
        decks = await cards.decks(session, person, now=context.now)
    t = context.words(person)
    if len(decks) == 1 and update.callback_query is None:
        await context.turn_page(update, *await _top(update, context, decks[0].question_id, None))
        return
    await context.turn_page(update, texts.decks(t, decks), keyboards.decks(t, decks))


async def on_my_words(update: Update, context: Context) -> None:
    """One's own replies, with what has become of each, below the message that told of it."""
    await replies.show_place(update, context, 0)


async def on_deck(update: Update, context: Context) -> None:
    """The cards of a question, in a message of their own: the question stays where it is."""
    (question_id,) = keyboards.DECK.of(update)
    text, keyboard = await _top(update, context, question_id, None)
    await context.stop_spinner(update)
    await context.say(update, text, keyboard)


async def on_top(update: Update, context: Context) -> None:
    """The cards of a question, in all languages or one."""
    await context.turn_page(update, *await _top(update, context, *keyboards.TOP.of(update)))


async def _top(
    update: Update, context: Context, question_id: int, language: str | None
) -> tuple[str, InlineKeyboardMarkup]:
    async with context.person(update) as (session, person):
        reply_id = await cards.top(session, person, question_id, language)
        shown = await cards.card(session, person, reply_id, language=language) if reply_id else None
    t = context.words(person)
    if shown is None:
        return texts.no_cards(t, language), keyboards.no_cards(t, question_id, language)
    return texts.card(t, shown), keyboards.card(t, shown)


async def on_card(update: Update, context: Context) -> None:
    """Another card, or the same one in its original language."""
    reply_id, language, original = keyboards.CARD.of(update)
    await show_card(update, context, reply_id, language, original=bool(original))


async def show_card(
    update: Update, context: Context, reply_id: int, language: str | None, *, original: bool = False
) -> None:
    """Turn the message to one card."""
    async with context.person(update) as (session, person):
        shown = await cards.card(session, person, reply_id, language=language)
    t = context.words(person)
    await context.turn_page(
        update, texts.card(t, shown, original=original), keyboards.card(t, shown, original=original)
    )


async def on_filter(update: Update, context: Context) -> None:
    """Choose the language of the replies to read."""
    (question_id,) = keyboards.FILTER.of(update)
    async with context.person(update) as (session, person):
        found = await cards.languages(session, person, question_id)
    t = context.words(person)
    await context.turn_page(update, texts.choose_filter(t), keyboards.languages(t, question_id, found))


async def on_file(update: Update, context: Context) -> None:
    """Send what a reply carries."""
    assert update.callback_query is not None
    assert update.effective_chat is not None
    (reply_id,) = keyboards.FILE.of(update)
    async with context.person(update) as (session, person):
        attached = await cards.files(session, person, reply_id)
    await acknowledge(update.callback_query, None if attached else texts.not_readable(context.words(person)))
    await send_on(context, update.effective_chat.id, attached)


GONE = saying(texts.not_readable, closes=True, ways_on=keyboards.all_questions)
REFUSALS: Refusals = {
    NotAsked: saying(menu_texts.stale_button),
    NotReadable: GONE,
}

HANDLERS = [
    CommandHandler("replies", on_replies, PRIVATE),
    Pressed(BROWSE, on_replies),
    Pressed(keyboards.DECK, on_deck),
    Pressed(keyboards.TOP, on_top),
    Pressed(keyboards.CARD, on_card),
    Pressed(keyboards.FILTER, on_filter),
    Pressed(keyboards.FILE, on_file),
    Pressed(endings.READ_ON, on_replies),
    Pressed(endings.MY_WORDS, on_my_words),
]
