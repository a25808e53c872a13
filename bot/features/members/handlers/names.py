"""A member's name in a dialogue: their pseudonym, their account's name, one they type, or none."""

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import ForceReply, InlineKeyboardMarkup, Update

from bot import phrases
from bot.core import authors, names, prompts
from bot.core.names import UnfitName
from bot.core.prompts import Aside, Prompt
from bot.features.discussion.keyboards import terms as term_keyboards
from bot.features.members.actions import lead_ins, profile
from bot.features.members.keyboards import profile as keyboards
from bot.features.members.texts import profile as texts
from bot.features.replies.actions import held as reply_held
from bot.features.replies.actions import own_replies
from bot.models import Awaiting, Naming, Person
from bot.phrases import signatures
from bot.telegram.buttons import Pressed, StaleButton
from bot.telegram.context import Context
from bot.telegram.refusals import Refusal, Refusals
from bot.telegram.typed import Typed

Page = tuple[str, InlineKeyboardMarkup | None]


async def on_names(update: Update, context: Context) -> None:
    """Offer the ways to be named in one dialogue."""
    (member_id,) = keyboards.CHOOSE_NAME.of(update)
    user = update.effective_user
    assert user is not None
    async with context.person(update) as (session, person):
        _, standing = await profile.standing(session, person, member_id)
        if standing.may_choose_name:
            prompts.ask(person, Awaiting.NAME, member_id, now=context.now)
    t = context.words(person)
    if not standing.may_choose_name:
        await context.turn_page(update, texts.names_are_fixed(t))
        return
    account = names.tidy(user.full_name)
    keyboard = keyboards.names(t, member_id, telegram_name=account, pseudonym=standing.pseudonym)
    await context.say(update, texts.choose_name(t, standing.title, standing.author), keyboard)
    await context.stop_spinner(update)


async def on_name(update: Update, context: Context) -> None:
    """Be named by the account's name, by the pseudonym, or not at all."""
    member_id, naming = keyboards.NAME.of(update)
    user = update.effective_user
    assert user is not None
    async with context.person(update) as (session, person):
        named = await _name(context, session, person, member_id, naming=naming, name=user.full_name)
    await context.turn_page(update, *named)


async def on_rename(update: Update, context: Context) -> None:
    """Ask for a name to be typed."""
    (member_id,) = keyboards.TYPE_NAME.of(update)
    async with context.person(update) as (session, person):
        await profile.standing(session, person, member_id)
        prompts.ask(person, Awaiting.NAME, member_id, now=context.now)
    await context.say(update, texts.which_name(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def offer_name(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Ask whether what was typed is the member's name; where nobody may be called so, say why."""
    t = context.words(person)
    try:
        name = names.fit(lead_ins.name(aside.text), signatures.reserved_names())
    except UnfitName as error:
        await context.say(update, signatures.unfit_name(t, error), keyboards.unfit_name(t, aside.held_id))
        return
    keyboard = keyboards.typed_name(t, aside.about or 0, aside.held_id)
    await context.say(update, texts.confirm_name(t, name), keyboard)


async def on_named(update: Update, context: Context) -> None:
    """Take the name that was typed and is confirmed now."""
    member_id, held_id = keyboards.NAMED.of(update)
    async with context.person(update) as (session, person):
        typed = await reply_held.held_text(session, person, held_id=held_id)
        if typed is not None and not names.is_line(lead_ins.name(typed)):
            raise StaleButton  # nobody was asked whether they go by that
        if typed is None:
            named: Page = phrases.settled_already(context.words(person)), None
        else:
            name = lead_ins.name(typed)
            named = await _name(context, session, person, member_id, naming=Naming.NAME, name=name)
            await reply_held.discard(session, person, held_id=held_id)
    await context.turn_page(update, *named)


async def _name(
    context: Context, session: AsyncSession, person: Person, member_id: int, *, naming: Naming, name: str
) -> Page:
    """Have a member named so where they may choose, and tell how they are named now."""
    member, standing = await profile.standing(session, person, member_id)
    if standing.may_choose_name:
        await profile.choose_naming(session, member, naming, name=name, reserved=signatures.reserved_names())
    t = context.words(person)
    earlier = await own_replies.count_replies(session, person)
    keyboard = term_keyboards.rename_earlier(t, member_id) if earlier else None
    return texts.name_chosen(t, standing.title, authors.author(member)), keyboard


REFUSALS: Refusals = {UnfitName: Refusal(signatures.unfit_name)}

TYPED: Typed = {Prompt(Awaiting.NAME, lasts=prompts.CARD_ASKS_FOR, stays=True): offer_name}

HANDLERS = [
    Pressed(keyboards.CHOOSE_NAME, on_names),
    Pressed(keyboards.NAME, on_name),
    Pressed(keyboards.TYPE_NAME, on_rename),
    Pressed(keyboards.NAMED, on_named),
]
