"""A member chooses the terms of what they say: who sees it, and under which name; for one reply, or from now on."""

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InlineKeyboardMarkup, Update

from bot.core import names
from bot.core.names import UnfitName
from bot.core.visibility import NoSuchReply
from bot.features.discussion.actions import terms as discussion_terms
from bot.features.discussion.actions.terms import Terms
from bot.features.discussion.keyboards import terms as keyboards
from bot.features.discussion.texts import terms as texts
from bot.features.menu import texts as menu_texts
from bot.features.replies.keyboards import TERMS
from bot.models import Person
from bot.phrases import signatures
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusal, Refusals, saying


async def on_terms(update: Update, context: Context) -> None:
    """Show the choices in a message of their own: what it is about stays where it is."""
    async with context.person(update) as (session, person):
        terms = await _terms(session, person, *TERMS.of(update))
    await context.stop_spinner(update)
    await context.say(update, *_choices(update, context, person, terms))


async def on_sign(update: Update, context: Context) -> None:
    """Be named otherwise."""
    about, subject_id, naming = keyboards.SIGN.of(update)
    async with context.person(update) as (session, person):
        before = await _terms(session, person, about, subject_id)
        await discussion_terms.name(
            session, before, naming, telegram_name=_name_of(update), reserved=signatures.reserved_names()
        )
        terms = await _terms(session, person, about, subject_id)
    await context.turn_page(update, *_choices(update, context, person, terms))


async def on_audience(update: Update, context: Context) -> None:
    """Be read by others."""
    about, subject_id, audience = keyboards.AUDIENCE.of(update)
    async with context.person(update) as (session, person):
        before = await _terms(session, person, about, subject_id)
        await discussion_terms.show(session, before, audience, now=context.now)
        terms = await _terms(session, person, about, subject_id)
    await context.turn_page(update, *_choices(update, context, person, terms))


async def on_rule(update: Update, context: Context) -> None:
    """What holds for this reply holds from now on."""
    (reply_id,) = keyboards.RULE.of(update)
    async with context.person(update) as (session, person):
        await discussion_terms.make_rule(session, await discussion_terms.terms_of_reply(session, person, reply_id))
        terms = await discussion_terms.terms_of_reply(session, person, reply_id)
    await context.alert(update, texts.is_rule_now(context.words(person)))
    await context.turn_page(update, *_choices(update, context, person, terms))


async def on_rename_earlier(update: Update, context: Context) -> None:
    """Name the member on all they have said as they are named now."""
    (member_id,) = keyboards.RENAME_EARLIER.of(update)
    async with context.person(update) as (session, person):
        await discussion_terms.rename_earlier(session, person, member_id)
    await context.turn_page(update, texts.earlier_renamed(context.words(person)))


async def _terms(session: AsyncSession, person: Person, about: str, subject_id: int) -> Terms:
    of = discussion_terms.terms_of_reply if about == "r" else discussion_terms.terms
    return await of(session, person, subject_id)


def _choices(update: Update, context: Context, person: Person, terms: Terms) -> tuple[str, InlineKeyboardMarkup]:
    t = context.words(person)
    return texts.choose(t, terms), keyboards.choices(t, terms, telegram_name=_name_of(update))


def _name_of(update: Update) -> str:
    assert update.effective_user is not None
    return names.tidy(update.effective_user.full_name)


REFUSALS: Refusals = {NoSuchReply: saying(menu_texts.stale_button), UnfitName: Refusal(signatures.unfit_name)}

HANDLERS = [
    Pressed(TERMS, on_terms),
    Pressed(keyboards.SIGN, on_sign),
    Pressed(keyboards.AUDIENCE, on_audience),
    Pressed(keyboards.RULE, on_rule),
    Pressed(keyboards.RENAME_EARLIER, on_rename_earlier),
]
