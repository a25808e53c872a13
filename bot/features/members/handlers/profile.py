"""The profile that /me shows, and what one changes of it: language, time zone, pause, reminders, leaving."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import ForceReply, Update
from telegram.ext import CommandHandler

from bot import places
from bot.core import members as core_members
from bot.core import prompts
from bot.core.prompts import Aside, Prompt
from bot.features.members.actions import consent, lead_ins, profile
from bot.features.members.handlers.consent import ask_anew
from bot.features.members.keyboards import profile as keyboards
from bot.features.members.texts import profile as texts
from bot.features.menu import handlers as menu
from bot.features.menu import texts as menu_texts
from bot.features.menu.keyboards import ME
from bot.features.replies.actions import held as reply_held
from bot.i18n import LANGUAGES, negotiate
from bot.models import Awaiting, Person
from bot.places import Locality
from bot.telegram.buttons import Pressed, StaleButton, kept
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, saying
from bot.telegram.typed import Typed


async def on_me(update: Update, context: Context) -> None:
    """Show the person what is kept of them, with the buttons that change it."""
    async with context.person(update) as (session, person):
        shown = await profile.profile(session, person, now=context.now)
        changed = await consent.due(session, person, now=context.now)
    t = context.words(person)
    service = context.house.settings.translation_service is not None
    proposes = context.house.settings.proposals_url is not None
    keyboard = keyboards.profile(t, shown, service=service, proposes=proposes)
    await context.turn_page(update, texts.profile(t, shown, context.now), keyboard)
    await ask_anew(update, context, person, changed)


async def on_languages(update: Update, context: Context) -> None:
    """Offer the languages of the person's dialogues, and all others in which the bot can write."""
    async with context.person(update) as (session, person):
        members = await core_members.memberships(session, person)
    spoken = list(dict.fromkeys(tag for member in members for tag in member.dialogue.languages))
    offered = [*spoken, *(tag for tag in LANGUAGES if not negotiate(tag, spoken, ""))]
    await context.turn_page(update, texts.choose_language(context.words(person)), keyboards.languages(offered))


async def on_language(update: Update, context: Context) -> None:
    """Write to the person in another language from now on."""
    (language,) = keyboards.LANGUAGE.of(update)
    async with context.person(update) as (session, person):
        members = await core_members.memberships(session, person)
        if not {language} & {*LANGUAGES, *(tag for member in members for tag in member.dialogue.languages)}:
            raise StaleButton(language)
        await profile.choose_language(session, person, language)
    await context.turn_page(update, texts.language_chosen(context.words(person), profile.stand_ins(members, language)))
    await menu.show_menu(context, person)


async def on_zones(update: Update, context: Context) -> None:
    """Offer a few time zones that fit the person's language."""
    async with context.person(update) as (session, person):
        members = await core_members.memberships(session, person)
        prompts.ask(person, Awaiting.CITY, now=context.now)
    first = members[0].dialogue.timezone if members else context.house.settings.default_timezone
    t = context.words(person)
    suggested = places.suggestions(person.language, dialogue_zone=first, now=context.now)
    await context.say(
        update,
        texts.choose_zone(t, person.timezone or first, context.now),
        keyboards.zones(t, suggested, context.now),
    )
    await context.stop_spinner(update)


async def on_zone(update: Update, context: Context) -> None:
    """Go by another clock; a city that was typed for it has served its purpose."""
    zone, held_id = keyboards.ZONE.of(update)
    async with context.person(update) as (session, person):
        await profile.choose_zone(session, person, zone, now=context.now)
        await _settle_typed(session, person, held_id)
        following = await profile.next_opening(session, person, now=context.now)
    t = context.words(person)
    lines = [texts.zone_chosen(t, zone, context.now)]
    lines += [texts.next_question(t, following, zone)] if following is not None else []
    await context.turn_page(update, "\n\n".join(lines), kept(update, keyboards.CHOOSE_NAME))
    context.house.wake()


async def on_city(update: Update, context: Context) -> None:
    """Ask for a city to be typed."""
    (held_id,) = keyboards.CITY.of(update)
    async with context.person(update) as (session, person):
        prompts.ask(person, Awaiting.CITY, now=context.now)
        await _settle_typed(session, person, held_id)
    await context.say(update, texts.which_city(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def _settle_typed(session: AsyncSession, person: Person, held_id: int | None) -> None:
    """What was typed was a city, and is no reply."""
    if held_id is not None:
        await reply_held.discard(session, person, held_id=held_id)


async def offer_cities(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Show the cities of that name."""
    t = context.words(person)
    found = await asyncio.to_thread(_find, aside.text, t.language)
    text = texts.which_of_cities(t, aside.text) if found else texts.city_unknown(t, aside.text)
    await context.say(update, text, keyboards.cities(t, found, aside.held_id, context.now))


def _find(typed: str, language: str) -> list[Locality]:
    return places.find(lead_ins.city(typed), language=language) or places.find(typed, language=language)


async def on_cancel(update: Update, context: Context) -> None:
    """Nothing is to be changed: neither a name nor a city is asked for any more, and what was typed for one is forgotten."""
    held_id = keyboards.CANCEL.of(update)[0] if update.callback_query is not None else None
    async with context.person(update) as (session, person):
        prompts.await_nothing(person)
        await _settle_typed(session, person, held_id)
    await context.turn_page(update, texts.nothing_changed(context.words(person)))


async def on_pauses(update: Update, context: Context) -> None:
    """Offer lengths of a pause, or its end."""
    async with context.person(update) as (_, person):
        pass
    t = context.words(person)
    if person.is_paused(context.now) and person.paused_until is not None:
        text = texts.paused(t, person.paused_until, person.timezone or context.house.settings.default_timezone)
        await context.turn_page(update, text, keyboards.resume(t))
    else:
        await context.turn_page(update, texts.choose_pause(t), keyboards.pauses(t))


async def on_pause(update: Update, context: Context) -> None:
    """Begin a pause."""
    (days,) = keyboards.PAUSE.of(update)
    async with context.person(update) as (session, person):
        until = profile.pause(person, days=days, now=context.now)
        await reply_held.settle_ways_out(session, person)
    t = context.words(person)
    zone = person.timezone or context.house.settings.default_timezone
    await context.turn_page(update, texts.paused(t, until, zone), keyboards.resume(t))


async def on_resume(update: Update, context: Context) -> None:
    """End a pause; what waited comes now."""
    async with context.person(update) as (session, person):
        await profile.resume(session, person, now=context.now)
        await reply_held.settle_ways_out(session, person)
    await context.turn_page(update, texts.resumed(context.words(person)))
    context.house.wake()


async def on_reminders(update: Update, context: Context) -> None:
    """Turn reminders on or off, in one of the person's dialogues, or in all."""
    on, member_id = keyboards.REMINDERS.of(update)
    async with context.person(update) as (session, person):
        members = await core_members.memberships(session, person)
        for member in members:
            if member_id in (None, member.id):
                member.reminders = on
        if not on:
            await reply_held.settle_ways_out(session, person)
        shown = await profile.profile(session, person, now=context.now)
    several = member_id is not None and len(members) > 1
    titles = [standing.title for standing in shown.standings if several and standing.member_id == member_id]
    t = context.words(person)
    await context.turn_page(update, texts.reminders_changed(t, on=on, title=titles[0] if titles else None))


TYPED: Typed = {Prompt(Awaiting.CITY, lasts=prompts.CARD_ASKS_FOR, stays=True): offer_cities}

REFUSALS: Refusals = {profile.NoSuchZone: saying(menu_texts.stale_button)}

HANDLERS = [
    CommandHandler(["me", "settings", "whoami", "id"], on_me, PRIVATE),
    CommandHandler("cancel", on_cancel, PRIVATE),
    CommandHandler("language", on_languages, PRIVATE),
    CommandHandler("pause", on_pauses, PRIVATE),
    Pressed(ME, on_me),
    Pressed(keyboards.CHOOSE_LANGUAGE, on_languages),
    Pressed(keyboards.LANGUAGE, on_language),
    Pressed(keyboards.CHOOSE_ZONE, on_zones),
    Pressed(keyboards.ZONE, on_zone),
    Pressed(keyboards.CITY, on_city),
    Pressed(keyboards.CANCEL, on_cancel),
    Pressed(keyboards.CHOOSE_PAUSE, on_pauses),
    Pressed(keyboards.PAUSE, on_pause),
    Pressed(keyboards.RESUME, on_resume),
    Pressed(keyboards.REMINDERS, on_reminders),
]
