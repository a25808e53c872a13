"""What is typed while the wizard asks: put where it belongs, in the language it is in, and never taken for a reply."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import MessageHandler

from bot.authoring import Content
from bot.core.prompts import Aside, Prompt
from bot.core.rights import NotPermitted
from bot.features.drafts.actions import contents, drafts, pages
from bot.features.drafts.actions import typed as actions
from bot.features.drafts.actions.attached import place_for
from bot.features.drafts.actions.drafts import NoSuchDraft, WrittenMeanwhile
from bot.features.drafts.actions.pages import Asks
from bot.features.drafts.actions.typed import ToPlace, Typed
from bot.features.drafts.handlers import attached, checking, lines, translating, turning
from bot.features.drafts.keyboards import typed as typed_keyboards
from bot.features.drafts.keyboards import verbs
from bot.features.drafts.texts import names
from bot.features.drafts.texts import sharing as sharing_texts
from bot.features.drafts.texts import typing as texts
from bot.features.intake.handlers import messages
from bot.features.replies.actions import held as reply_held
from bot.i18n import Translator
from bot.insight import recognition
from bot.insight.recognition import Heard
from bot.models import Awaiting, Person
from bot.telegram.buttons import Pressed, StaleButton
from bot.telegram.content import content_of
from bot.telegram.context import Context
from bot.telegram.filters import EDITED
from bot.telegram.refusals import Refusals, saying
from bot.telegram.typed import Typed as Prompts


async def take_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Take what was typed for the page that one is on; where it may as well be a reply, ask."""
    hand_id, t = aside.about or 0, context.words(person)
    try:
        async with context.person(update) as (session, author):
            waiting = await actions.waiting(session, author, hand_id, aside.held_id, now=context.now)
            certain = await actions.is_for_draft(session, author, hand_id, now=context.now)
    except (NoSuchDraft, NotPermitted):
        keyboard = InlineKeyboardMarkup([typed_keyboards.lost(t, aside.held_id)])
        await context.say(update, sharing_texts.no_such_draft(t), keyboard, quote=True)
        return
    if waiting is not None and certain:
        await _take(update, context, t, waiting, despite=False)
    elif waiting is not None:
        asked = texts.reply_or_draft(t, names.name(t, waiting.place))
        await context.say(update, asked, typed_keyboards.reply_or_draft(t, waiting), quote=True)


async def on_take(update: Update, context: Context) -> None:
    """What is held is for the draft, perhaps in a language that its author named, whatever others have written there."""
    hand_id, held_id, place, language = verbs.TAKE.of(update)
    async with context.person(update) as (session, person):
        waiting = await actions.waiting(session, person, hand_id, held_id, now=context.now)
    if waiting is None:
        raise StaleButton(str(held_id))
    waiting = replace(waiting, place=place, language=waiting.language or language)
    await _take(update, context, context.words(person), waiting, despite=True)


async def _take(update: Update, context: Context, t: Translator, waiting: ToPlace, *, despite: bool) -> None:
    if waiting.text is None and waiting.file is not None and place_for(waiting.place) is not None:
        await attached.take(update, context, t, waiting, despite=despite)
    elif waiting.text is None:
        await turning.go(
            update,
            context,
            waiting.hand_id,
            waiting.place,
            said=texts.words_only(t),
            rows=typed_keyboards.was_reply(t, waiting),
        )
    elif _is_text(waiting.place):
        await _take_text(update, context, t, waiting, despite=despite)
    else:
        await lines.take(update, context, t, waiting)


def _is_text(place: str) -> bool:
    found = pages.page(place)
    return found is not None and (found.asks is Asks.TEXT or contents.question_of(place) is not None)


async def _take_text(update: Update, context: Context, t: Translator, waiting: ToPlace, *, despite: bool) -> None:
    heard = await _hear(waiting)
    if not heard.texts:
        asked = texts.strange(t, heard.strange) if heard.strange else texts.mixed(t, heard.mixed)
        rows = typed_keyboards.put_aside(t, waiting, heard.mixed or contents.languages(waiting.content))
        await turning.go(update, context, waiting.hand_id, waiting.place, said=asked, rows=rows)
        return
    try:
        async with context.person(update) as (session, person):
            content = await actions.take(session, person, waiting, heard.texts, now=context.now, despite=despite)
    except WrittenMeanwhile:
        rows = [typed_keyboards.despite(waiting, texts.despite_button(t)), *typed_keyboards.was_reply(t, waiting)]
        await turning.go(update, context, waiting.hand_id, waiting.place, said=texts.met(t), rows=rows)
        return
    said = [texts.kept(t, names.name(t, waiting.place), heard.texts), checking.too_long(t, content, waiting.place)]
    said += [texts.lacks(t, heard.strange)] if heard.strange else []
    await _go_on(update, context, waiting, content, "\n".join(filter(None, said)))


async def _hear(waiting: ToPlace) -> Heard:
    """In which languages a text is."""
    languages = contents.languages(waiting.content)
    if waiting.language is not None:
        return Heard({waiting.language: waiting.text or ""})
    lacking = (tag for tag in languages if tag not in contents.texts(waiting.content, waiting.place))
    expected = next(lacking, languages[0])
    one_line = contents.key_of(waiting.place) == "title" or waiting.place in pages.LABELS
    return await asyncio.to_thread(recognition.hear, waiting.text or "", languages, expected=expected, lines=one_line)


async def _go_on(update: Update, context: Context, waiting: ToPlace, content: Content, said: str) -> None:
    """After a text: the next that is missing, or the same page until it is there in all languages."""
    if waiting.one_by_one is not None:
        await translating.go(update, context, waiting.hand_id, waiting.one_by_one, waiting.place, said=said)
        return
    where = waiting.place
    if contents.is_complete(content, where):
        where = pages.after(where, contents.count(content), contents.first_open(content))
    await turning.go(update, context, waiting.hand_id, where, said=said, just_typed=True)


async def on_edit(update: Update, context: Context) -> None:
    """Follow the edit of the text that was typed last; any other edit is of a reply."""
    message = update.edited_message
    assert message is not None
    async with context.house.database.readers() as session:
        found = await actions.edited(session, message.chat_id, message.message_id)
    if found is None or message.text is None:
        await messages.on_edit(update, context)
        return
    (hand_id, last), text = found, content_of(message).authored
    async with context.person(update) as (session, person):
        hand = await drafts.hand(session, person, hand_id, author=False)
        where, one_by_one = hand.page, hand.language
        wordings = _heard_again(last, text, contents.languages(hand.draft.content))
        await actions.follow(session, hand, last, wordings, now=context.now)
    t = context.words(person)
    said = texts.kept(t, names.name(t, last.place), wordings)
    if one_by_one is not None:
        await translating.go(update, context, hand_id, one_by_one, None, said=said)
    else:
        await turning.go(update, context, hand_id, where, said=said, just_typed=True)


def _heard_again(last: Typed, text: str, languages: Sequence[str]) -> Mapping[str, str]:
    """An edited text by language: one that was in a single language still is."""
    if len(last.wordings) == 1:
        return dict.fromkeys(last.wordings, text)
    return recognition.hear(text, languages, expected=languages[0]).texts or last.wordings


async def on_in_language(update: Update, context: Context) -> None:
    """What was typed is in another language than it seemed."""
    hand_id, language = verbs.IN_LANGUAGE.of(update)
    async with context.person(update) as (session, person):
        place = await actions.say_language(session, person, hand_id, language, now=context.now)
    if place is None:
        raise StaleButton(language)
    t = context.words(person)
    said = texts.kept(t, names.name(t, place), [language])
    await turning.go(update, context, hand_id, place, said=said, just_typed=True)


async def on_not_for_draft(update: Update, context: Context) -> None:
    """What was put into the draft was a reply."""
    (hand_id,) = verbs.NOT_FOR_DRAFT.of(update)
    async with context.person(update) as (session, person):
        held_id = await actions.take_out(session, person, hand_id, now=context.now)
    if held_id is None:
        raise StaleButton(str(hand_id))
    await messages.place_held(update, context, held_id)
    async with context.house.database.sessions.begin() as session:
        await reply_held.mark_asked(session, held_id, now=context.now)


TYPED: Prompts = {Prompt(Awaiting.DRAFT, whole=True, authored=True, stays=True, anything=True): take_typed}

REFUSALS: Refusals = {WrittenMeanwhile: saying(texts.met)}

HANDLERS = [
    MessageHandler(EDITED, on_edit),
    Pressed(verbs.TAKE, on_take),
    Pressed(verbs.IN_LANGUAGE, on_in_language),
    Pressed(verbs.NOT_FOR_DRAFT, on_not_for_draft),
]
