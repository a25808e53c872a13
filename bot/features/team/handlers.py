"""Roles: an organiser sees who has one, offers one by a link, changes one; whoever opens a link may accept."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import structlog
from telegram import Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.core import rights, wordings
from bot.core.rights import NotPermitted, Right
from bot.features.menu import handlers as menu
from bot.features.team import keyboards, texts
from bot.features.team.actions import offers, roles
from bot.features.team.actions.offers import AlreadyMore, NoSuchOffer
from bot.features.team.actions.roles import LastOrganiser, NamedByHost, NoSuchColleague
from bot.i18n import Translator
from bot.models import Person, Role
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE, numbers_of, parts_of

log = structlog.get_logger()

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
Refusal = NotPermitted | NoSuchColleague | NamedByHost | LastOrganiser


def told_why_not(handler: Handler) -> Handler:
    """Tell the organiser in a short notice why a press had no effect."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except (NotPermitted, NoSuchColleague, NamedByHost, LastOrganiser) as error:
            async with context.transaction() as session:
                person = await context.meet(session, update)
            assert update.callback_query is not None
            await acknowledge(update.callback_query, _why_not(context.words(person), error))

    return guarded


def _why_not(t: Translator, error: Refusal) -> str:
    match error:
        case NamedByHost():
            return texts.named_by_host(t)
        case LastOrganiser():
            return texts.last_organiser(t)
        case NoSuchColleague():
            return texts.colleague_gone(t)
        case _:
            return texts.organisers_only(t)


async def on_moderators(update: Update, context: Context) -> None:
    """Show who has a role in the organiser's only dialogue, or ask in which one."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        choices = await rights.dialogues(session, person, Right.APPOINT)
    t = context.words(person)
    if not choices:
        await context.say(update, texts.organisers_only(t))
    elif len(choices) > 1:
        await context.say(update, texts.which_dialogue(t), keyboards.dialogues(choices))
    else:
        await _show(update, context, choices[0][0])


@told_why_not
async def on_team(update: Update, context: Context) -> None:
    """Show who has a role in the dialogue chosen."""
    (dialogue_id,) = numbers_of(update)
    await _show(update, context, dialogue_id)


async def _show(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await roles.team(session, person, dialogue_id, now=context.now)
    t = context.words(person)
    await context.turn_page(update, texts.team(t, shown), keyboards.team(t, shown))


@told_why_not
async def on_colleague(update: Update, context: Context) -> None:
    """Offer the other roles that someone can have."""
    (member_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        dialogue_id, one = await roles.colleague(session, person, member_id)
    t = context.words(person)
    await context.turn_page(
        update,
        texts.about_colleague(t, one, keyboards.OFFERED),
        keyboards.roles(t, dialogue_id, one),
    )


@told_why_not
async def on_role(update: Update, context: Context) -> None:
    """Change or take away a role."""
    member_id, role = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        changed = await roles.change_role(session, person, int(member_id), Role(role), now=context.now)
        holder = await roles.holder(session, changed.member_id)
    await context.turn_page(update, texts.role_changed(context.words(person), changed))
    await _show_menu(context, holder)
    context.house.wake()


async def _show_menu(context: Context, holder: Person) -> None:
    """Have the commands of someone whose role was changed follow; one who never wrote to the bot has no menu."""
    try:
        await menu.show_menu(context, holder)
    except (BadRequest, Forbidden) as error:
        log.info("a menu could not be changed", error=error.message)


@told_why_not
async def on_invite(update: Update, context: Context) -> None:
    """Ask which role a link shall offer."""
    (dialogue_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await rights.membership(session, person, dialogue_id, Right.APPOINT)
    t = context.words(person)
    text = texts.which_role(t, keyboards.OFFERED)
    await context.turn_page(update, text, keyboards.offers(t, dialogue_id))


@told_why_not
async def on_give_role(update: Update, context: Context) -> None:
    """Make a one-time link."""
    dialogue_id, role = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        member = await rights.membership(session, person, int(dialogue_id), Right.APPOINT)
        token = await offers.offer(session, person, int(dialogue_id), Role(role), now=context.now)
        zone = wordings.zone_of(person, member.dialogue)
    address = f"https://t.me/{context.bot.username}?start={token}"
    until = context.now + offers.OFFER_LASTS
    await context.turn_page(update, texts.link(context.words(person), Role(role), address, until, zone))


@told_why_not
async def on_no_links(update: Update, context: Context) -> None:
    """Make unused links worthless."""
    (dialogue_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await offers.withdraw(session, person, dialogue_id, now=context.now)
    assert update.callback_query is not None
    await acknowledge(update.callback_query, texts.links_withdrawn(context.words(person)))
    await _show(update, context, dialogue_id)


async def on_accept(update: Update, context: Context) -> None:
    """Take the role that a link offers."""
    (token,) = parts_of(update)
    user = update.effective_user
    assert user is not None
    async with context.transaction() as session:
        person = await context.meet(session, update)
        t = context.words(person)
        try:
            taken = await offers.take(session, person, token, telegram_name=user.full_name, now=context.now)
            text = texts.accepted(t, taken)
        except NoSuchOffer:
            text = texts.no_such_offer(t)
        except AlreadyMore:
            text = texts.already_more(t)
    await context.turn_page(update, text)
    await menu.show_menu(context, person)


HANDLERS = [
    CommandHandler("moderators", on_moderators, PRIVATE),
    CallbackQueryHandler(on_team, r"^team:"),
    CallbackQueryHandler(on_colleague, r"^colleague:"),
    CallbackQueryHandler(on_role, r"^role:"),
    CallbackQueryHandler(on_invite, r"^invite:"),
    CallbackQueryHandler(on_give_role, r"^giverole:"),
    CallbackQueryHandler(on_no_links, r"^nolinks:"),
    CallbackQueryHandler(on_accept, r"^accept:"),
]
