"""Members answer each other: with a quick reply of one tap, or with a response that stands below a card."""

from telegram import Update

from bot.core import prompts
from bot.features.discussion.actions import cards as discussion_cards
from bot.features.discussion.actions import frames, quick_replies, responses
from bot.features.discussion.actions import terms as discussion_terms
from bot.features.discussion.actions.responses import Responded
from bot.features.discussion.handlers import cards
from bot.features.discussion.keyboards import cards as keyboards
from bot.features.discussion.keyboards import responses as response_keyboards
from bot.features.discussion.texts import cards as card_texts
from bot.features.discussion.texts import responses as texts
from bot.models import Person, RungKind
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge

PAGE = 5  # responses on one page of a thread


async def on_respond(update: Update, context: Context) -> None:
    """Ask for a response to a reply."""
    (reply_id,) = keyboards.RESPOND.of(update)
    await _ask(update, context, reply_id)
    await context.stop_spinner(update)


async def _ask(update: Update, context: Context, reply_id: int, *, example: bool = False) -> None:
    async with context.person(update) as (session, person):
        words = await responses.begin(session, person, reply_id, now=context.now)
    t = context.words(person)
    text = texts.write_example(t, words) if example else texts.write_response(t, words)
    await context.say(update, text, response_keyboards.write_response(t, reply_id))


async def on_never_mind(update: Update, context: Context) -> None:
    """No response after all."""
    async with context.person(update) as (_, person):
        prompts.await_nothing(person)
    await context.turn_page(update, texts.given_up(context.words(person)))


async def thank(update: Update, context: Context, person: Person, kept: Responded) -> None:
    """Say that a response is kept, who sees it, and offer the way out."""
    if kept.more_of_album:
        return
    async with context.house.database.readers() as session:
        terms = await discussion_terms.terms_of_reply(session, person, kept.reply_id)
    t = context.words(person)
    keyboard = response_keyboards.responded(t, kept.reply_id)
    await context.say(update, texts.responded(t, kept.to, terms), keyboard, quote=True)


async def on_thread(update: Update, context: Context) -> None:
    """A page of what was said to a reply."""
    reply_id, page = keyboards.THREAD.of(update)
    async with context.person(update) as (session, person):
        shown = await responses.thread(session, person, reply_id, page=page, size=PAGE)
    t = context.words(person)
    await context.turn_page(update, texts.thread(t, shown, PAGE), response_keyboards.thread(t, shown, PAGE))


async def on_chime(update: Update, context: Context) -> None:
    """Tap a rung of a question or a card, or take it back; an example is asked for."""
    assert update.callback_query is not None
    kind, question_id, reply_id, language = keyboards.CHIME.of(update)
    context.once()  # a second time it would take back the tap
    async with context.person(update) as (session, person):
        reader, _ = await discussion_cards.reader_of(session, person, question_id)
        if reply_id:
            await discussion_cards.reader_of_reply(session, person, reply_id)
        mine = await quick_replies.chime(
            session, reader, kind, question_id=question_id, reply_id=reply_id or None, now=context.now
        )
        frame = await frames.frame(session, reader.id, question_id)
    t = context.words(person)
    await acknowledge(update.callback_query, card_texts.chimed(t, mine))
    if reply_id:
        await cards.show_card(update, context, reply_id, language)
    else:
        await context.change_buttons(update, keyboards.question(t, frame))
    if mine is RungKind.EXAMPLE:
        await _ask_example(update, context, question_id, reply_id)


async def _ask_example(update: Update, context: Context, question_id: int, reply_id: int) -> None:
    if reply_id:
        await _ask(update, context, reply_id, example=True)
        return
    async with context.person(update) as (session, person):
        await responses.begin_answer(session, person, question_id, now=context.now)
    t = context.words(person)
    await context.say(update, texts.write_example(t, None), response_keyboards.write_answer(t, question_id))


async def on_answer(update: Update, context: Context) -> None:
    """Let a question be answered that has closed."""
    (question_id,) = keyboards.ANSWER.of(update)
    async with context.person(update) as (session, person):
        number = await responses.begin_answer(session, person, question_id, now=context.now)
    t = context.words(person)
    await context.stop_spinner(update)
    await context.say(update, texts.write_answer(t, number), response_keyboards.write_answer(t, question_id))


async def on_hear(update: Update, context: Context) -> None:
    """Be told of responses at once, or once a day."""
    (at_once,) = response_keyboards.HEAR.of(update)
    async with context.person(update) as (_, person):
        person.responses_at_once = at_once
    await context.turn_page(update, texts.at_once_changed(context.words(person), at_once=at_once))


HANDLERS = [
    Pressed(response_keyboards.HEAR, on_hear),
    Pressed(keyboards.ANSWER, on_answer),
    Pressed(keyboards.RESPOND, on_respond),
    Pressed(response_keyboards.UNRESPOND, on_never_mind),
    Pressed(response_keyboards.UNANSWER, on_never_mind),
    Pressed(keyboards.THREAD, on_thread),
    Pressed(keyboards.CHIME, on_chime),
]
