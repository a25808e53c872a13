"""A reply is answered by its receipt: one message that counts on while it is in sight, and takes the reply back with one tap."""

from telegram import InlineKeyboardMarkup, Update

from bot import phrases
from bot.core.messages import Content
from bot.features.discussion.actions import receipts
from bot.features.discussion.actions.receipts import Acknowledged
from bot.features.discussion.keyboards import receipts as keyboards
from bot.features.discussion.texts import receipts as texts
from bot.features.replies import texts as reply_texts
from bot.features.replies.actions import own_replies
from bot.features.replies.actions.answers import Answered
from bot.i18n import Translator
from bot.models import Person
from bot.telegram.buttons import Pressed, Row
from bot.telegram.content import content_of, id_of
from bot.telegram.context import Context
from bot.telegram.receipts import Receipt, Shown


async def thank(
    update: Update, context: Context, person: Person, answered: Answered, otherwise: Row | None = None
) -> None:
    """Say that a reply is kept, and who sees it; a flood is thanked for once. With `otherwise` it was taken for this by guess."""
    message = update.message
    assert message is not None
    if answered.more_of_album:
        return  # the album was thanked for already
    t = context.words(person)
    given = context.house.receipts.give(message.chat_id, id_of(update), message.date)
    if given is Receipt.ALL:
        await context.say(update, reply_texts.all_recorded(t), quote=True)
    if given is not Receipt.EACH:
        return
    async with context.house.database.readers() as session:
        kept = await receipts.kept(session, person, answered.reply_id)
    keyboard = keyboards.receipt(t, kept.reply_id, otherwise=otherwise)
    if otherwise is None and not answered.added and await _count_on(update, context, person, kept, keyboard):
        return
    text = texts.receipt(t, kept, assumed=otherwise is not None, added=answered.added)
    shown_id = await context.say(update, text, keyboard, quote=True, silent=not kept.is_first)
    shown = Shown(shown_id, kept.question_id, id_of(update), context.now)
    context.house.receipts.show(message.chat_id, shown)


async def _count_on(
    update: Update, context: Context, person: Person, kept: Acknowledged, keyboard: InlineKeyboardMarkup
) -> bool:
    """Let the receipt that is in sight speak of this reply too; false if there is none."""
    message = update.message
    assert message is not None
    shown = context.house.receipts.in_sight(message.chat_id, kept.question_id, now=context.now)
    if shown is None or shown.to == id_of(update):
        return False
    t = context.words(person)
    text = texts.receipt(t, kept, last=_quoted(t, content_of(message)))
    return await context.amend(message.chat_id, shown.message_id, text, keyboard)


def _quoted(t: Translator, said: Content) -> str:
    return phrases.quoted(t, phrases.excerpt(t, said.kind, said.text, said.file is not None, most=texts.LAST))


async def show(
    update: Update, context: Context, person: Person, answered: Answered, otherwise: Row | None = None
) -> None:
    """The receipt in place of a card by which the author said what their words are."""
    async with context.house.database.readers() as session:
        kept = await receipts.kept(session, person, answered.reply_id)
    t = context.words(person)
    last = _quoted(t, answered.last) if answered.last else None
    await context.turn_page(
        update, texts.receipt(t, kept, last=last), keyboards.receipt(t, kept.reply_id, otherwise=otherwise)
    )


async def on_take_back(update: Update, context: Context) -> None:
    """Withdraw the reply, and show in place of the receipt how to restore it."""
    (reply_id,) = keyboards.TAKE_BACK.of(update)
    async with context.person(update) as (session, person):
        await own_replies.set_withdrawn(session, person, reply_id=reply_id, withdrawn=True, now=context.now)
    t = context.words(person)
    _bury(update, context)
    await context.turn_page(update, texts.withdrawn(t), keyboards.withdrawn(t, reply_id))


async def on_bring_back(update: Update, context: Context) -> None:
    """Restore the reply, and show the receipt again."""
    (reply_id,) = keyboards.BRING_BACK.of(update)
    async with context.person(update) as (session, person):
        await own_replies.set_withdrawn(session, person, reply_id=reply_id, withdrawn=False, now=context.now)
        kept = await receipts.kept(session, person, reply_id)
    t = context.words(person)
    await context.turn_page(update, texts.receipt(t, kept), keyboards.receipt(t, reply_id))


def _bury(update: Update, context: Context) -> None:
    assert update.effective_chat is not None
    context.house.receipts.bury(update.effective_chat.id)


HANDLERS = [
    Pressed(keyboards.TAKE_BACK, on_take_back),
    Pressed(keyboards.BRING_BACK, on_bring_back),
]
