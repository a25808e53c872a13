"""What a moderator typed for the Summary: taken in the language that it is in, or in all of them; asked about where that isn't certain."""

import asyncio
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InlineKeyboardMarkup, Update

from bot import phrases
from bot.core import members, prompts
from bot.core.messages import TooLong
from bot.core.prompts import Aside, Prompt
from bot.features.key_points import keyboards
from bot.features.key_points.actions import key_points
from bot.features.key_points.actions.points import Point
from bot.features.key_points.handlers import key_points as key_point_handlers
from bot.features.key_points.texts import points as point_texts
from bot.features.key_points.texts import writing as writing_texts
from bot.features.replies.actions import held
from bot.features.summary.actions import typed
from bot.features.summary.actions.typed import Awaited, Background
from bot.features.summary.keyboards import summary as summary_keyboards
from bot.features.summary.texts import review as review_texts
from bot.i18n import Translator
from bot.insight import recognition
from bot.insight.recognition import Heard
from bot.models import Awaiting, Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.typed import Typed

Taken = Point | Background | TooLong | None


async def take_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Take what was typed where it is certain in which languages it is, and that it is no reply; else ask."""
    awaiting, about = aside.awaiting, aside.about or 0
    async with context.house.database.readers() as session:
        known = await members.known(session, telegram_id=person.telegram_id)
        awaited = await typed.awaited(session, known or person, awaiting, about, now=context.now)
    heard, t = await _hear(awaiting, aside.text, awaited), context.words(person)
    if not _is_certain(heard, awaited):
        keyboard = keyboards.written(
            t,
            awaiting,
            about,
            aside.held_id,
            _likely_first(heard, awaited),
            heard=tuple(heard.texts),
            replying=awaited.may_reply,
        )
        await context.say(update, writing_texts.which_language(t, aside.text), keyboard)
        return
    async with context.person(update) as (session, author):
        taken = await _take(session, context, author, aside, heard.texts)
    await _tell(update, context, t, about, taken, wordings=heard.texts)


async def _hear(awaiting: Awaiting, text: str, awaited: Awaited) -> Heard:
    if not awaited.languages:
        return Heard({})
    lines = awaiting is not Awaiting.BACKGROUND
    first = awaited.languages[0]
    # In a thread: the recogniser takes a while to load, and a text some milliseconds.
    return await asyncio.to_thread(recognition.hear, text, awaited.languages, expected=first, lines=lines)


def _is_certain(heard: Heard, awaited: Awaited) -> bool:
    """Several languages are told apart by their author; a single one may be mistaken, but then it is moved, and replaces nothing."""
    if awaited.may_reply or heard.strange or not heard.texts:
        return False
    return len(heard.texts) > 1 or not set(heard.texts) & awaited.worded


def _likely_first(heard: Heard, awaited: Awaited) -> list[str]:
    return sorted(awaited.languages, key=lambda tag: tag not in heard.texts and tag not in heard.mixed)


async def _take(
    session: AsyncSession, context: Context, person: Person, aside: Aside, wordings: Mapping[str, str]
) -> Taken:
    awaiting, about = aside.awaiting, aside.about or 0
    try:
        async with session.begin_nested():  # all of them, or none
            taken: Taken = await typed.take_all(session, person, awaiting, about, texts=wordings, now=context.now)
    except TooLong as error:
        prompts.ask(person, awaiting, about, now=context.now)
        return error
    await held.discard(session, person, held_id=aside.held_id)
    return taken


async def on_wrote(update: Update, context: Context) -> None:
    """Take what was typed in the language chosen."""
    awaiting, about, held_id, language = keyboards.WROTE.of(update)
    async with context.person(update) as (session, person):
        text = await held.held_text(session, person, held_id=held_id, authored=True)
        aside = Aside(held_id, awaiting, about, text or "")
        taken = None if text is None else await _take(session, context, person, aside, {language: text})
    await _turn(update, context, context.words(person), about, taken)


async def on_wrote_all(update: Update, context: Context) -> None:
    """Take what was typed in the languages that were recognised: it is no reply."""
    awaiting, about, held_id = keyboards.WROTE_ALL.of(update)
    async with context.person(update) as (session, person):
        text = await held.held_text(session, person, held_id=held_id, authored=True)
        awaited = await typed.awaited(session, person, awaiting, about, now=context.now)
    heard = await _hear(awaiting, text or "", awaited)
    async with context.person(update) as (session, person):
        there = await held.held_text(session, person, held_id=held_id, authored=True)
        aside = Aside(held_id, awaiting, about, text or "")
        is_same = there is not None and there == text and bool(heard.texts)
        taken = await _take(session, context, person, aside, heard.texts) if is_same else None
    await _turn(update, context, context.words(person), about, taken)


async def on_worded_in(update: Update, context: Context) -> None:
    """A wording is in another language than it seemed."""
    key_point_id, seemed, language = keyboards.WORDED_IN.of(update)
    async with context.person(update) as (session, person):
        point = await typed.say_language(session, person, key_point_id, seemed, language)
    await key_point_handlers.show(update, context, context.words(person), point)


async def _turn(update: Update, context: Context, t: Translator, about: int, taken: Taken) -> None:
    match taken:
        case Point():
            await key_point_handlers.show(update, context, t, taken)
        case Background():
            back = summary_keyboards.back(t, about)
            await context.turn_page(update, review_texts.background_kept(t, taken.language), back)
        case TooLong():
            await context.say(update, writing_texts.too_long(t, key_points.LONGEST))
            await context.stop_spinner(update)
        case None:
            await context.turn_page(update, phrases.settled_already(t))


async def _tell(
    update: Update, context: Context, t: Translator, about: int, taken: Taken, *, wordings: Mapping[str, str]
) -> None:
    kept, keyboard = review_texts.kept(t, tuple(wordings)), InlineKeyboardMarkup([])
    match taken:
        case Point():
            kept, keyboard = f"{kept}\n\n{point_texts.point(t, taken)}", keyboards.taken(t, taken, tuple(wordings))
        case Background():
            keyboard = summary_keyboards.back(t, about)
        case TooLong():
            kept = writing_texts.too_long(t, key_points.LONGEST)
    await context.say(update, kept, keyboard if keyboard.inline_keyboard else None)


TYPED: Typed = {Prompt(awaiting, whole=True, authored=True): take_typed for awaiting in keyboards.IN_A_LANGUAGE}

HANDLERS = [
    Pressed(keyboards.WROTE, on_wrote),
    Pressed(keyboards.WROTE_ALL, on_wrote_all),
    Pressed(keyboards.WORDED_IN, on_worded_in),
]
