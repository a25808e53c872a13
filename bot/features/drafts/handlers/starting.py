"""A draft is begun by /new, found again there, shared by a link, and thrown away."""

from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.core import names
from bot.core.rights import NotPermitted, Right
from bot.features.dialogues.handlers import imports
from bot.features.drafts.actions import drafts, links, templates
from bot.features.drafts.actions.drafts import AuthorsOnly, NoSuchDraft
from bot.features.drafts.actions.links import NoSuchLink
from bot.features.drafts.handlers import translating, turning
from bot.features.drafts.keyboards import finishing as finishing_keyboards
from bot.features.drafts.keyboards import verbs
from bot.features.drafts.texts import sharing as texts
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, saying

LINK = filters.Regex(rf"^/start {links.BEGINS}[A-Za-z0-9_-]{{32}}$")


async def on_new(update: Update, context: Context) -> None:
    """Offer the drafts to go on with, and what a new one begins with."""
    async with context.person(update) as (session, person):
        begun = await drafts.begun(session, person)
        may_begin = await imports.organises(context, session, person)
    if not (begun or may_begin):
        raise NotPermitted(Right.APPOINT)
    t = context.words(person)
    await context.say(update, texts.start(t), finishing_keyboards.start(t, begun, may_begin=may_begin))


async def on_begin(update: Update, context: Context) -> None:
    """Begin a draft of the shape that was chosen."""
    (template,) = verbs.BEGIN.of(update)
    user = update.effective_user
    assert user is not None
    async with context.person(update) as (session, person):
        if not await imports.organises(context, session, person):
            raise NotPermitted(Right.APPOINT)
        content = templates.begun(template, person.language, person.timezone, now=context.now)
        hand_id = await drafts.begin(session, person, content, name=user.full_name, now=context.now)
    context.once()  # a second time it would be another draft
    await turning.go(update, context, hand_id, "languages")


async def on_share(update: Update, context: Context) -> None:
    """Make a link for another author, or for someone who translates."""
    hand_id, language = verbs.SHARE.of(update)
    async with context.person(update) as (session, person):
        word = await links.share(session, person, hand_id, language, now=context.now)
    t, until, zone = context.words(person), context.now + links.LASTS, person.timezone or "UTC"
    await context.stop_spinner(update)
    await context.say(update, texts.link(t, f"https://t.me/{context.bot.username}?start={word}", language, until, zone))


async def on_link(update: Update, context: Context) -> None:
    """Say what a link to a draft offers."""
    user = update.effective_user
    assert user is not None
    assert update.message is not None
    word = (update.message.text or "").partition(" ")[2]
    async with context.person(update) as (session, person):
        offered = await links.look_at(session, person, word, now=context.now)
    t = context.words(person)
    await context.say(update, texts.shared(t, offered, names.tidy(user.full_name)), finishing_keyboards.accept(t, word))


async def on_accept(update: Update, context: Context) -> None:
    """Take what a link to a draft offers."""
    (word,) = verbs.ACCEPT.of(update)
    user = update.effective_user
    assert user is not None
    async with context.person(update) as (session, person):
        hand = await links.accept(session, person, word, name=user.full_name, now=context.now)
        hand_id, language = hand.id, hand.language
    context.once()  # the link is used
    if language is None:
        await turning.go(update, context, hand_id, "more")
    else:
        await translating.go(update, context, hand_id, language, None)


async def on_discard(update: Update, context: Context) -> None:
    """Throw a draft away, once that is certain."""
    hand_id, sure = verbs.DISCARD.of(update)
    async with context.person(update) as (session, person):
        opened = await drafts.turn(session, person, hand_id, "more", now=context.now)
        if sure:
            await drafts.discard(session, person, hand_id)
    t = context.words(person)
    if sure:
        await context.turn_page(update, texts.discarded(t))
    else:
        await context.turn_page(
            update, texts.sure_to_discard(t, others=bool(opened.others)), finishing_keyboards.discard(t, hand_id)
        )


REFUSALS: Refusals = {
    AuthorsOnly: saying(texts.authors_only),
    NoSuchDraft: saying(texts.no_such_draft),
    NoSuchLink: saying(texts.no_such_link, closes=True),
}

HANDLERS = [
    CommandHandler("new", on_new, PRIVATE),
    MessageHandler(PRIVATE & LINK, on_link),
    Pressed(verbs.BEGIN, on_begin),
    Pressed(verbs.SHARE, on_share),
    Pressed(verbs.ACCEPT, on_accept),
    Pressed(verbs.DISCARD, on_discard),
]
