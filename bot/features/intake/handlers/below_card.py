"""A moderator wrote below a member's card, or gave /keypoints with words there: it becomes what they say it is."""

from telegram import Update
from telegram.ext import CommandHandler

from bot import phrases
from bot.core.messages import Content, TooLong
from bot.features.discussion.actions import responses
from bot.features.discussion.handlers import responses as discussion_responses
from bot.features.intake import keyboards, texts
from bot.features.intake.actions.private import BelowCard
from bot.features.key_points.actions import from_card, key_points
from bot.features.key_points.handlers import key_points as key_point_handlers
from bot.features.key_points.texts import writing as writing_texts
from bot.features.menu import texts as menu_texts
from bot.features.replies.actions import held as reply_held
from bot.models import Person
from bot.telegram.buttons import Pressed, about_of
from bot.telegram.content import content_of, id_of
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusal, Refusals


async def ask(update: Update, context: Context, person: Person, said: BelowCard) -> None:
    """Ask what was meant by words below a card."""
    t = context.words(person)
    keyboard = keyboards.what_is_it(t, said.reply_id, said.held_id, said.rights)
    await context.say(update, texts.what_is_it(t, said.content), keyboard, quote=True)


async def on_key_points(update: Update, context: Context) -> None:
    """Take the words after /keypoints below a card for a key point; else show the key points there are."""
    message = update.message
    assert message is not None
    about = about_of(message.reply_to_message)
    content = content_of(message)
    _, *words = content.text.split(maxsplit=1)
    _, *authored = content.authored.split(maxsplit=1)
    if about is None or about.reply_id is None or not words:
        await key_point_handlers.on_key_points(update, context)
        return
    async with context.person(update) as (session, person):
        spoken = await from_card.languages(session, person, about.reply_id)
        said = Content("text", words[0], markdown=authored[0])
        held_id = await reply_held.hold(session, person, id_of(update), said, message.date, reply_id=about.reply_id)
        await reply_held.mark_asked(session, held_id, now=context.now)
    t = context.words(person)
    keyboard = keyboards.languages(t, about.reply_id, held_id, spoken)
    await context.say(update, writing_texts.which_language(t, said.authored), keyboard, quote=True)


async def on_point_on(update: Update, context: Context) -> None:
    """It is a key point: ask in which language, and once that is known, put it below its question."""
    reply_id, held_id, language = keyboards.POINT_ON.of(update)
    point = None
    async with context.person(update) as (session, person):
        spoken = await from_card.languages(session, person, reply_id)
        text = await reply_held.held_text(session, person, held_id=held_id, authored=True)
        if text is not None and language is not None:
            point = await from_card.propose(session, person, reply_id, text=text, language=language, now=context.now)
            await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    if text is None:
        await context.turn_page(update, phrases.settled_already(t))
    elif point is not None:
        await key_point_handlers.show(update, context, t, point)
    else:
        keyboard = keyboards.languages(t, reply_id, held_id, spoken)
        await context.turn_page(update, writing_texts.which_language(t, text), keyboard)


async def on_responded(update: Update, context: Context) -> None:
    """It is a response in the moderator's own name."""
    reply_id, held_id = keyboards.RESPONDED.of(update)
    async with context.person(update) as (session, person):
        held = await reply_held.held(session, person, held_id=held_id)
        kept = held and await responses.respond(
            session,
            person,
            reply_id,
            message_id=held.message_id,
            content=held.content,
            sent_at=held.sent_at,
            now=context.now,
        )
        if kept:
            await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    if kept:
        await context.stop_spinner(update)
        await discussion_responses.thank(update, context, person, kept)
    else:
        await context.turn_page(update, menu_texts.stale_button(t) if held else phrases.settled_already(t))


REFUSALS: Refusals = {TooLong: Refusal(lambda t, _: writing_texts.too_long(t, key_points.LONGEST))}

HANDLERS = [
    CommandHandler("keypoints", on_key_points, PRIVATE),
    Pressed(keyboards.POINT_ON, on_point_on),
    Pressed(keyboards.RESPONDED, on_responded),
]
