"""Members help translate: they choose languages, are dealt one reply at a time, and write it in theirs."""

from telegram import Update

from bot import markup
from bot.core import members, prompts
from bot.core.prompts import Aside, Prompt
from bot.core.visibility import NoSuchReply
from bot.features.menu import texts as menu_texts
from bot.features.replies.actions import held
from bot.features.translations import keyboards, texts
from bot.features.translations.actions import deals, wishes
from bot.features.translations.actions.deals import NotATranslator
from bot.features.translations.actions.wishes import NobodyTranslates, TooManyWishes
from bot.models import Awaiting, Person
from bot.services import translation
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusals, saying
from bot.telegram.typed import Typed


async def on_offers(update: Update, context: Context) -> None:
    """Show how one translates, in the only dialogue where one can, or ask in which."""
    async with context.person(update) as (session, person):
        shown = await deals.offers(session, person)
    t = context.words(person)
    match shown:
        case []:
            await context.turn_page(update, texts.nothing_to_offer(t))
        case [only]:
            await context.turn_page(update, texts.offer(t, only), keyboards.offer(t, only))
        case _:
            await context.turn_page(update, texts.which_dialogue(t), keyboards.offers(shown))


async def on_offer(update: Update, context: Context) -> None:
    """Show how one translates in one dialogue."""
    (member_id,) = keyboards.OFFER.of(update)
    async with context.person(update) as (session, person):
        shown = await deals.offer(session, person, member_id)
    t = context.words(person)
    await context.turn_page(update, texts.offer(t, shown), keyboards.offer(t, shown))


async def on_source(update: Update, context: Context) -> None:
    """Translate from a language, or no longer."""
    member_id, source = keyboards.SOURCE.of(update)
    context.once()  # a second time it would undo the choice
    async with context.person(update) as (session, person):
        shown = await deals.toggle(session, person, member_id, source)
    t = context.words(person)
    await context.turn_page(update, texts.offer(t, shown), keyboards.offer(t, shown))


async def on_deal(update: Update, context: Context) -> None:
    """Deal a reply to translate."""
    (member_id,) = keyboards.DEAL.of(update)
    await _deal(update, context, member_id)


async def on_pass(update: Update, context: Context) -> None:
    """Leave a reply to others, and deal the next."""
    (deal_id,) = keyboards.PASS.of(update)
    async with context.person(update) as (session, person):
        member_id = await deals.pass_on(session, person, deal_id, now=context.now)
    if member_id is None:
        await context.turn_page(update, texts.gone(context.words(person)))
    else:
        await _deal(update, context, member_id)


async def _deal(update: Update, context: Context, member_id: int) -> None:
    async with context.person(update) as (session, person):
        prompts.await_nothing(person)
        reply = await deals.deal(session, person, member_id, now=context.now)
        if reply is not None:
            prompts.ask(person, Awaiting.TRANSLATION, reply.deal_id, now=context.now)
    t = context.words(person)
    if reply is None:
        await context.turn_page(update, texts.none_waits(t))
        return
    *parts, last = markup.split(texts.dealt(t, reply))
    for part in parts:
        await context.say(update, part)
    await context.say(update, last, keyboards.dealt(t, reply))
    await context.stop_spinner(update)


async def offer_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Ask whether what was typed is the translation."""
    t = context.words(person)
    keyboard = keyboards.sure(t, aside.about or 0, aside.held_id)
    await context.say(update, texts.sure(t), keyboard, quote=True)


async def on_translated(update: Update, context: Context) -> None:
    """Keep what was typed as the translation."""
    deal_id, held_id = keyboards.TRANSLATED.of(update)
    async with context.person(update) as (session, person):
        text = await held.held_text(session, person, held_id=held_id)
        member_id = None
        if text is not None:
            member_id = await deals.translate(session, person, deal_id, text, now=context.now)
            await held.discard(session, person, held_id=held_id)
    t = context.words(person)
    if text is None:
        await context.turn_page(update, menu_texts.stale_button(t))
    elif member_id is None:
        await context.turn_page(update, texts.gone(t))
    else:
        await context.turn_page(update, texts.kept(t), keyboards.another(t, member_id))


async def on_wish(update: Update, context: Context) -> None:
    """Ask for a reply in one's own language."""
    (reply_id,) = keyboards.WISH.of(update)
    async with context.person(update) as (session, person):
        await wishes.wish(session, person, reply_id, now=context.now)
    await context.alert(update, texts.wish_heard(context.words(person)))
    await context.take_buttons(update, keyboards.WISH)
    context.house.wake()


async def on_enough(update: Update, context: Context) -> None:
    """Stop translating for now."""
    async with context.person(update) as (_, person):
        prompts.await_nothing(person)
    await context.turn_page(update, texts.enough(context.words(person)))


async def on_outside(update: Update, context: Context) -> None:
    """Allow the service that the host set up to translate one's replies, or no longer."""
    (allowed,) = keyboards.OUTSIDE.of(update)
    service = translation.chosen(context.house.settings)
    async with context.person(update) as (session, person):
        for member in await members.memberships(session, person):
            member.outside_services = allowed and service is not None
    t = context.words(person)
    if service is None:
        await context.turn_page(update, menu_texts.stale_button(t))
    else:
        await context.turn_page(update, texts.service_changed(t, on=allowed, service=service.name))


TYPED: Typed = {Prompt(Awaiting.TRANSLATION, whole=True): offer_typed}

REFUSALS: Refusals = {
    NotATranslator: saying(menu_texts.stale_button, closes=True),
    NobodyTranslates: saying(texts.nobody_translates),
    TooManyWishes: saying(texts.too_many_wishes),
    NoSuchReply: saying(menu_texts.stale_button),
}

HANDLERS = [
    Pressed(keyboards.OFFERS, on_offers),
    Pressed(keyboards.OFFER, on_offer),
    Pressed(keyboards.SOURCE, on_source),
    Pressed(keyboards.DEAL, on_deal),
    Pressed(keyboards.PASS, on_pass),
    Pressed(keyboards.TRANSLATED, on_translated),
    Pressed(keyboards.WISH, on_wish),
    Pressed(keyboards.ENOUGH, on_enough),
    Pressed(keyboards.OUTSIDE, on_outside),
]
