"""About oneself: language, time zone, name, pause, reminders, and leaving."""

import asyncio

from telegram import ForceReply, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import places
from bot.core import authors, prompts
from bot.core import members as core_members
from bot.core.prompts import Aside, Prompt
from bot.features.discussion.keyboards import terms as term_keyboards
from bot.features.members.actions import profile
from bot.features.members.keyboards import profile as keyboards
from bot.features.members.texts import joining as joining_texts
from bot.features.members.texts import profile as texts
from bot.features.menu import handlers as menu
from bot.features.menu import texts as menu_texts
from bot.features.replies.actions import held as reply_held
from bot.features.replies.actions import own_replies
from bot.i18n import LANGUAGES
from bot.models import Awaiting, Naming, Person
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE, numbers_of, parts_of
from bot.telegram.typed import Typed


async def on_me(update: Update, context: Context) -> None:
    """Show the person what is kept of them, with the buttons that change it."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await profile.profile(session, person, now=context.now)
    t = context.words(person)
    service = context.house.settings.translation_service is not None
    proposes = context.house.settings.proposals_url is not None
    keyboard = keyboards.profile(t, shown, service=service, proposes=proposes)
    await context.turn_page(update, texts.profile(t, shown, context.now), keyboard)


async def on_languages(update: Update, context: Context) -> None:
    """Offer the languages of the person's dialogues, or all if they are in none."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        members = await core_members.memberships(session, person)
    offered = list(dict.fromkeys(tag for member in members for tag in member.dialogue.languages))
    await context.turn_page(
        update, texts.choose_language(context.words(person)), keyboards.languages(offered or list(LANGUAGES))
    )


async def on_language(update: Update, context: Context) -> None:
    """Write to the person in another language from now on."""
    (language,) = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await profile.choose_language(session, person, language)
    await context.turn_page(update, texts.language_chosen(context.words(person)))
    await menu.show_menu(context, person)


async def on_zones(update: Update, context: Context) -> None:
    """Offer a few time zones that fit the person's language."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        members = await core_members.memberships(session, person)
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
    zone, *held = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await profile.choose_zone(session, person, zone)
        if held:
            await reply_held.discard(session, person, held_id=int(held[0]))
    await context.turn_page(update, texts.zone_chosen(context.words(person), zone, context.now))
    context.house.wake()


async def on_city(update: Update, context: Context) -> None:
    """Ask for a city to be typed."""
    held = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        prompts.ask(person, Awaiting.CITY, now=context.now)
        if held:
            await reply_held.discard(session, person, held_id=held[0])
    await context.say(update, texts.which_city(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def on_names(update: Update, context: Context) -> None:
    """Offer the ways to be named in one dialogue."""
    (member_id,) = numbers_of(update)
    user = update.effective_user
    assert user is not None
    async with context.transaction() as session:
        person = await context.meet(session, update)
        _, standing = await profile.standing(session, person, member_id)
    t = context.words(person)
    if not standing.may_choose_name:
        await context.turn_page(update, texts.names_are_fixed(t))
        return
    keyboard = keyboards.names(t, member_id, telegram_name=user.full_name, pseudonym=standing.pseudonym)
    await context.say(update, texts.choose_name(t, standing.title, standing.author), keyboard)
    await context.stop_spinner(update)


async def on_name(update: Update, context: Context) -> None:
    """Be named by the account's name, by the pseudonym, or not at all."""
    member_id, naming = parts_of(update)
    user = update.effective_user
    assert user is not None
    await _name(update, context, int(member_id), Naming(naming), user.full_name)


async def offer_cities(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Show the cities of that name."""
    t = context.words(person)
    found = await asyncio.to_thread(places.find, aside.text, language=t.language)
    text = texts.which_of_cities(t, aside.text) if found else texts.city_unknown(t, aside.text)
    await context.say(update, text, keyboards.cities(t, found, aside.held_id))


async def offer_name(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Ask whether what was typed is the member's name."""
    t = context.words(person)
    keyboard = keyboards.typed_name(t, aside.about or 0, aside.text, aside.held_id)
    await context.say(update, texts.confirm_name(t, aside.text), keyboard)


async def on_rename(update: Update, context: Context) -> None:
    """Ask for a name to be typed."""
    (member_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        prompts.ask(person, Awaiting.NAME, member_id, now=context.now)
    await context.say(update, texts.which_name(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def on_named(update: Update, context: Context) -> None:
    """Take the name that was typed and is confirmed now."""
    member_id, held_id = numbers_of(update)
    await _name(update, context, member_id, Naming.NAME, None, held_id=held_id)


async def _name(
    update: Update, context: Context, member_id: int, naming: Naming, name: str | None, *, held_id: int | None = None
) -> None:
    """Be named so; what was typed and held for it is the name, and a second tap shows what came of the first."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        if held_id is not None:
            name = await reply_held.held_text(session, person, held_id=held_id)
            await reply_held.discard(session, person, held_id=held_id)
        member, standing = await profile.standing(session, person, member_id)
        if standing.may_choose_name and name is not None:
            await profile.choose_naming(session, member, naming, name=name)
        who = authors.author(member)
        earlier = await own_replies.count_replies(session, person)
    t = context.words(person)
    keyboard = term_keyboards.rename_earlier(t, member_id) if earlier else None
    await context.turn_page(update, texts.name_chosen(t, standing.title, who), keyboard)


async def on_pauses(update: Update, context: Context) -> None:
    """Offer lengths of a pause, or its end."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
    t = context.words(person)
    if person.is_paused(context.now) and person.paused_until is not None:
        text = texts.paused(t, person.paused_until, person.timezone or context.house.settings.default_timezone)
        await context.turn_page(update, text, keyboards.resume(t))
    else:
        await context.turn_page(update, texts.choose_pause(t), keyboards.pauses(t))


async def on_pause(update: Update, context: Context) -> None:
    """Begin a pause."""
    (days,) = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        until = profile.pause(person, days=None if days == "open" else int(days), now=context.now)
    t = context.words(person)
    zone = person.timezone or context.house.settings.default_timezone
    await context.turn_page(update, texts.paused(t, until, zone), keyboards.resume(t))


async def on_resume(update: Update, context: Context) -> None:
    """End a pause; what waited comes now."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await profile.resume(session, person, now=context.now)
    await context.turn_page(update, texts.resumed(context.words(person)))
    context.house.wake()


async def on_reminders(update: Update, context: Context) -> None:
    """Turn reminders on or off, in all of the person's dialogues."""
    (switch,) = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        for member in await core_members.memberships(session, person):
            member.reminders = switch == "on"
    await context.turn_page(update, texts.reminders_changed(context.words(person), on=switch == "on"))


async def on_leave(update: Update, context: Context) -> None:
    """Leave a dialogue."""
    (member_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        member, standing = await profile.standing(session, person, member_id)
        await core_members.leave(session, member, now=context.now)
    await context.turn_page(update, joining_texts.left(context.words(person), standing.title))


async def on_help(update: Update, context: Context) -> None:
    """Say how it works."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        rights = await context.rights(session, person)
    await context.say(update, menu_texts.help_text(context.words(person), rights))


TYPED: Typed = {Prompt(Awaiting.CITY): offer_cities, Prompt(Awaiting.NAME): offer_name}

HANDLERS = [
    CommandHandler("me", on_me, PRIVATE),
    CommandHandler("language", on_languages, PRIVATE),
    CommandHandler("pause", on_pauses, PRIVATE),
    CommandHandler("help", on_help, PRIVATE),
    CallbackQueryHandler(on_me, r"^me$"),
    CallbackQueryHandler(on_languages, r"^languages$"),
    CallbackQueryHandler(on_language, r"^language:"),
    CallbackQueryHandler(on_zones, r"^zones$"),
    CallbackQueryHandler(on_zone, r"^zone:"),
    CallbackQueryHandler(on_city, r"^city"),
    CallbackQueryHandler(on_names, r"^names:"),
    CallbackQueryHandler(on_name, r"^name:"),
    CallbackQueryHandler(on_rename, r"^rename:"),
    CallbackQueryHandler(on_named, r"^named:"),
    CallbackQueryHandler(on_pauses, r"^pauses$"),
    CallbackQueryHandler(on_pause, r"^pause:"),
    CallbackQueryHandler(on_resume, r"^resume$"),
    CallbackQueryHandler(on_reminders, r"^reminders:"),
    CallbackQueryHandler(on_leave, r"^leave:"),
]
