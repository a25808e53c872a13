"""What is typed on a page that has buttons: a language's name, a day, a city, or a question more."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from zoneinfo import ZoneInfo

from telegram import Update

from bot import places
from bot.authoring import Content
from bot.features.drafts.actions import choosing, contents, dates, drafts, events, pages, templates
from bot.features.drafts.actions import typed as actions
from bot.features.drafts.actions.drafts import WrittenMeanwhile
from bot.features.drafts.actions.pages import Asks
from bot.features.drafts.actions.typed import ToPlace
from bot.features.drafts.handlers import turning
from bot.features.drafts.keyboards import pages as page_keyboards
from bot.features.drafts.keyboards import typed as typed_keyboards
from bot.features.drafts.texts import typing as texts
from bot.i18n import Translator
from bot.telegram.buttons import Row
from bot.telegram.context import Context


async def take(update: Update, context: Context, t: Translator, waiting: ToPlace) -> None:
    """Take a line for the page that its author is on, or say what would be understood."""
    found = pages.page(waiting.place)
    match found.asks if found else None:
        case Asks.LANGUAGES:
            await _take_languages(update, context, t, waiting)
        case Asks.DAYS:
            await _take_day(update, context, t, waiting)
        case Asks.ZONE:
            await _take_city(update, context, t, waiting)
        case Asks.EVENTS:
            await _take_event(update, context, t, waiting)
        case _:
            await _say(update, context, t, waiting, texts.taps_only(t))


async def _say(
    update: Update, context: Context, t: Translator, waiting: ToPlace, said: str, *, rows: list[Row] | None = None
) -> None:
    """The page again, with what there is to say; and the way out for one who was replying."""
    rows = [*(rows or []), *typed_keyboards.was_reply(t, waiting)]
    await turning.go(update, context, waiting.hand_id, waiting.place, said=said, rows=rows)


async def _change(
    update: Update, context: Context, waiting: ToPlace, place: str, edit: Callable[[Content], Content]
) -> None:
    """Change what a line says, and show the page; as it is, where someone else was there first."""
    async with context.person(update) as (session, person):
        hand = await drafts.hand(session, person, waiting.hand_id)
        with suppress(WrittenMeanwhile):
            await drafts.change(session, hand, edit(hand.draft.content), place, now=context.now)
        await actions.put_down(session, person, waiting.held_id)
    await turning.go(update, context, waiting.hand_id, waiting.place)


async def _take_languages(update: Update, context: Context, t: Translator, waiting: ToPlace) -> None:
    tags = choosing.named_languages(waiting.text or "")
    if not tags:
        await _say(update, context, t, waiting, texts.not_a_language(t))
        return

    def edit(content: Content) -> Content:
        for tag in tags:
            content = content if tag in contents.languages(content) else choosing.choose_language(content, tag)
        return content

    await _change(update, context, waiting, "languages", edit)


async def _take_day(update: Update, context: Context, t: Translator, waiting: ToPlace) -> None:
    zone, file = str(waiting.content["timezone"]), contents.provisional(waiting.content)
    first = templates.mondays(zone, now=context.now)[0]
    usual = (file.starts if file else first).time()
    here = context.now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    days = dates.read(waiting.text or "", usual=usual, now=here)
    if not days:
        await _say(update, context, t, waiting, texts.not_a_day(t, first))
    elif len(days) == 1:
        await _change(update, context, waiting, "days", lambda content: choosing.begin_at(content, days[0]))
    else:
        rows = page_keyboards.which_day(t, waiting.hand_id, zone, days)
        await _say(update, context, t, waiting, texts.which_day(t), rows=rows)


async def _take_event(update: Update, context: Context, t: Translator, waiting: ToPlace) -> None:
    zone, file = str(waiting.content["timezone"]), contents.provisional(waiting.content)
    first = templates.mondays(zone, now=context.now)[0]
    here = context.now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    usual = (file.starts if file else first).time()
    event = events.read(waiting.text or "", waiting.content, usual=usual, now=here)
    if event is None:
        await _say(update, context, t, waiting, texts.not_a_day(t, first))
        return
    await _change(update, context, waiting, "events", lambda content: events.add(content, event))


async def _take_city(update: Update, context: Context, t: Translator, waiting: ToPlace) -> None:
    found = await asyncio.to_thread(places.find, waiting.text or "", language=t.language)
    if not found:
        await _say(update, context, t, waiting, texts.not_a_city(t))
        return
    await _say(update, context, t, waiting, texts.which_city(t), rows=page_keyboards.cities(t, waiting.hand_id, found))
