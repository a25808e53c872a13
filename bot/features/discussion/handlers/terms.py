"""A member chooses who sees what they say, and under which name: for one reply, or from now on."""

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.core.members import NotAMember
from bot.core.visibility import NoSuchReply
from bot.features.discussion.actions import terms as discussion_terms
from bot.features.discussion.actions.terms import Terms
from bot.features.discussion.keyboards import terms as keyboards
from bot.features.discussion.texts import terms as texts
from bot.features.menu import texts as menu_texts
from bot.models import Audience, Naming, Person
from bot.telegram.context import Context
from bot.telegram.filters import numbers_of, parts_of


async def on_terms(update: Update, context: Context) -> None:
    """Show the choices in a message of their own: what it is about stays where it is."""
    about, subject_id = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        terms = await _terms(session, person, about, int(subject_id))
    await context.stop_spinner(update)
    await _show(update, context, person, terms, in_place=False)


async def on_sign(update: Update, context: Context) -> None:
    """Be named otherwise."""
    about, subject_id, naming = parts_of(update)
    user = update.effective_user
    assert user is not None
    async with context.transaction() as session:
        person = await context.meet(session, update)
        terms = await _terms(session, person, about, int(subject_id))
        if terms is not None:
            await discussion_terms.name(session, terms, Naming(naming), telegram_name=user.full_name)
            terms = await _terms(session, person, about, int(subject_id))
    await _show(update, context, person, terms)


async def on_audience(update: Update, context: Context) -> None:
    """Be read by others."""
    about, subject_id, audience = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        terms = await _terms(session, person, about, int(subject_id))
        if terms is not None:
            await discussion_terms.show(session, terms, Audience(audience), now=context.now)
            terms = await _terms(session, person, about, int(subject_id))
    await _show(update, context, person, terms)


async def on_rule(update: Update, context: Context) -> None:
    """What holds for this reply holds from now on."""
    (reply_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        terms = await _terms(session, person, "r", reply_id)
        if terms is not None:
            await discussion_terms.make_rule(session, terms)
            terms = await _terms(session, person, "r", reply_id)
    await _show(update, context, person, terms)


async def on_rename_earlier(update: Update, context: Context) -> None:
    """Name the member on all they have said as they are named now."""
    (member_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await discussion_terms.rename_earlier(session, person, member_id)
    await context.turn_page(update, texts.earlier_renamed(context.words(person)))


async def _terms(session: AsyncSession, person: Person, about: str, subject_id: int) -> Terms | None:
    try:
        if about == "r":
            return await discussion_terms.terms_of_reply(session, person, subject_id)
        return await discussion_terms.terms(session, person, subject_id)
    except (NoSuchReply, NotAMember):
        return None


async def _show(
    update: Update, context: Context, person: Person, terms: Terms | None, *, in_place: bool = True
) -> None:
    user = update.effective_user
    assert user is not None
    t = context.words(person)
    if terms is None:
        await context.say(update, menu_texts.stale_button(t))
        return
    show = context.turn_page if in_place else context.say
    await show(update, texts.choose(t, terms), keyboards.choices(t, terms, telegram_name=user.full_name))


HANDLERS = [
    CallbackQueryHandler(on_terms, r"^terms:"),
    CallbackQueryHandler(on_sign, r"^sign:"),
    CallbackQueryHandler(on_audience, r"^audience:"),
    CallbackQueryHandler(on_rule, r"^rule:"),
    CallbackQueryHandler(on_rename_earlier, r"^signall:"),
]
