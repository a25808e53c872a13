"""Roles: an organiser sees who has one, offers one by a link, changes one; whoever opens a link may accept."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import structlog
from telegram import Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import CommandHandler

from bot.core import rights, wordings
from bot.core.rights import NotPermitted, Right
from bot.features.inquiries.handlers import asking
from bot.features.menu import handlers as menu
from bot.features.menu.handlers import only_dialogue
from bot.features.team import keyboards, texts
from bot.features.team.actions import offers, roles
from bot.features.team.actions.offers import AlreadyMore, NoSuchOffer
from bot.features.team.actions.roles import LastOrganiser, NamedByHost, NoSuchColleague
from bot.models import Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, refuse, saying

log = structlog.get_logger()

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def for_organisers(handler: Handler) -> Handler:
    """Tell whoever isn't an organiser (any more) in a short notice that only those do this."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except NotPermitted as error:
            await refuse(update, context, saying(texts.organisers_only), error)

    return guarded


async def on_moderators(update: Update, context: Context) -> None:
    """Show who has a role in the organiser's only dialogue, or ask in which one; a member wants to write to them."""
    async with context.person(update) as (session, person):
        held = await context.rights(session, person)
    if not held:
        await asking.on_ask(update, context)
        return
    which, refusal = texts.which_dialogue, texts.organisers_only
    dialogue_id = await only_dialogue(update, context, Right.APPOINT, which, keyboards.dialogues, refusal=refusal)
    if dialogue_id is not None:
        await _show(update, context, dialogue_id)


@for_organisers
async def on_team(update: Update, context: Context) -> None:
    """Show who has a role in the dialogue chosen."""
    (dialogue_id,) = keyboards.TEAM.of(update)
    await _show(update, context, dialogue_id)


async def _show(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.person(update) as (session, person):
        shown = await roles.team(session, person, dialogue_id, now=context.now)
    t = context.words(person)
    await context.turn_page(update, texts.team(t, shown), keyboards.team(t, shown))


@for_organisers
async def on_colleague(update: Update, context: Context) -> None:
    """Offer the other roles that someone can have."""
    (member_id,) = keyboards.COLLEAGUE.of(update)
    async with context.person(update) as (session, person):
        dialogue_id, one = await roles.colleague(session, person, member_id)
    t = context.words(person)
    await context.turn_page(
        update,
        texts.about_colleague(t, one, keyboards.OFFERED),
        keyboards.roles(t, dialogue_id, one),
    )


@for_organisers
async def on_role(update: Update, context: Context) -> None:
    """Change or take away a role."""
    member_id, role = keyboards.ROLE.of(update)
    async with context.person(update) as (session, person):
        changed = await roles.change_role(session, person, member_id, role, now=context.now)
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


@for_organisers
async def on_invite(update: Update, context: Context) -> None:
    """Ask which role a link shall offer."""
    (dialogue_id,) = keyboards.INVITE.of(update)
    async with context.person(update) as (session, person):
        await rights.membership(session, person, dialogue_id, Right.APPOINT)
    t = context.words(person)
    text = texts.which_role(t, keyboards.OFFERED)
    await context.turn_page(update, text, keyboards.offers(t, dialogue_id))


@for_organisers
async def on_give_role(update: Update, context: Context) -> None:
    """Make a one-time link."""
    dialogue_id, role = keyboards.GIVE_ROLE.of(update)
    async with context.person(update) as (session, person):
        member = await rights.membership(session, person, dialogue_id, Right.APPOINT)
        token = await offers.offer(session, person, dialogue_id, role, now=context.now)
        zone = wordings.zone_of(person, member.dialogue)
    t, address = context.words(person), f"https://t.me/{context.bot.username}?start={token}"
    until = context.now + offers.OFFER_LASTS
    await context.turn_page(update, texts.link(t, role, address, until, zone), keyboards.back(t, dialogue_id))


@for_organisers
async def on_no_links(update: Update, context: Context) -> None:
    """Make unused links worthless."""
    (dialogue_id,) = keyboards.NO_LINKS.of(update)
    async with context.person(update) as (session, person):
        await offers.withdraw(session, person, dialogue_id, now=context.now)
    assert update.callback_query is not None
    await acknowledge(update.callback_query, texts.links_withdrawn(context.words(person)))
    await _show(update, context, dialogue_id)


async def on_accept(update: Update, context: Context) -> None:
    """Take the role that a link offers."""
    (token,) = keyboards.ACCEPT.of(update)
    user = update.effective_user
    assert user is not None
    async with context.person(update) as (session, person):
        taken = await offers.take(session, person, token, telegram_name=user.full_name, now=context.now)
    await context.turn_page(update, texts.accepted(context.words(person), taken))
    await menu.show_menu(context, person)


REFUSALS: Refusals = {
    AlreadyMore: saying(texts.already_more, closes=True),
    LastOrganiser: saying(texts.last_organiser),
    NamedByHost: saying(texts.named_by_host),
    NoSuchColleague: saying(texts.colleague_gone),
    NoSuchOffer: saying(texts.no_such_offer, closes=True),
}

HANDLERS = [
    CommandHandler("moderators", on_moderators, PRIVATE),
    Pressed(keyboards.TEAM, on_team),
    Pressed(keyboards.COLLEAGUE, on_colleague),
    Pressed(keyboards.ROLE, on_role),
    Pressed(keyboards.INVITE, on_invite),
    Pressed(keyboards.GIVE_ROLE, on_give_role),
    Pressed(keyboards.NO_LINKS, on_no_links),
    Pressed(keyboards.ACCEPT, on_accept),
]
