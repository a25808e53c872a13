"""Announcements and nudges: a moderator drafts in each language, sees it as each does, sends it off, and may still stop it."""

from functools import partial

from telegram import Update
from telegram.ext import CommandHandler

from bot import markup
from bot.core import prompts
from bot.core.messages import TooLong
from bot.core.prompts import Aside, Prompt
from bot.core.rights import NotPermitted, Right
from bot.features.announcements import keyboards, notices, texts
from bot.features.announcements.actions import announcements, drafts
from bot.features.announcements.actions.announcements import (
    EnoughNudges,
    NoOpenQuestion,
    NothingWritten,
    RewordedSince,
    SentAlready,
)
from bot.features.announcements.actions.drafts import Draft, Price
from bot.features.menu import texts as menu_texts
from bot.features.menu.handlers import only_dialogue
from bot.i18n import translator
from bot.ledger.notices import AlreadyTold
from bot.models import Awaiting, NoticeKind, Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusal, Refusals, saying
from bot.telegram.typed import Typed


async def on_command(update: Update, context: Context) -> None:
    """Begin an announcement or a nudge in the moderator's only dialogue, or ask in which."""
    message = update.message
    assert message is not None
    assert message.text is not None
    kind = NoticeKind.NUDGE if message.text.startswith("/nudge") else NoticeKind.ANNOUNCEMENT
    keyboard = partial(keyboards.dialogues, kind=kind)
    dialogue_id = await only_dialogue(update, context, Right.ADDRESS, texts.which_dialogue, keyboard)
    if dialogue_id is not None:
        await _begin(update, context, dialogue_id, kind)


async def on_announcement(update: Update, context: Context) -> None:
    """Begin an announcement in the dialogue chosen."""
    (dialogue_id,) = keyboards.ANNOUNCEMENT.of(update)
    await _begin(update, context, dialogue_id, NoticeKind.ANNOUNCEMENT)


async def on_nudge(update: Update, context: Context) -> None:
    """Begin a nudge in the dialogue chosen."""
    (dialogue_id,) = keyboards.NUDGE.of(update)
    await _begin(update, context, dialogue_id, NoticeKind.NUDGE)


async def _begin(update: Update, context: Context, dialogue_id: int, kind: NoticeKind) -> None:
    async with context.person(update) as (session, person):
        begun = await announcements.begin(session, person, dialogue_id, kind, now=context.now)
        if kind is NoticeKind.ANNOUNCEMENT:
            prompts.ask(person, Awaiting.ANNOUNCEMENT, begun.notice_id, now=context.now)
    await _show(update, context, person, begun)


async def _show(update: Update, context: Context, person: Person, shown: Draft) -> None:
    t = context.words(person)
    await context.turn_page(update, texts.draft(t, shown), keyboards.draft(t, shown, offer=_offer(context, shown)))


async def on_write(update: Update, context: Context) -> None:
    """Await the wording in one language."""
    notice_id, language = keyboards.WRITE.of(update)
    async with context.person(update) as (session, person):
        shown = await announcements.write_in(session, person, notice_id, language, now=context.now)
        prompts.ask(person, Awaiting.ANNOUNCEMENT, shown.notice_id, now=context.now)
    await context.stop_spinner(update)
    await context.say(update, texts.which_wording(context.words(person), shown.writing))


async def on_aim(update: Update, context: Context) -> None:
    """Have it posted in groups too, or sent to members only."""
    notice_id, members_only = keyboards.AIM.of(update)
    async with context.person(update) as (session, person):
        shown = await announcements.aim(session, person, notice_id, members_only=members_only, now=context.now)
    await _show(update, context, person, shown)


async def take_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Put what was typed into the draft, and show it, or why it can't be; one who was replying has a way out."""
    t = context.words(person)
    try:
        async with context.house.database.sessions.begin() as session:
            shown = await announcements.word(session, person, aside.about or 0, aside.text, now=context.now)
    except (NotPermitted, SentAlready, TooLong) as refused:
        await context.say(update, REFUSALS[type(refused)].words(t, refused))
        return
    *parts, last = markup.split(texts.draft(t, shown))
    for part in parts:
        await context.say(update, part)
    keyboard = keyboards.draft(t, shown, aside.held_id, offer=_offer(context, shown))
    await context.say(update, last, keyboard)


async def on_preview(update: Update, context: Context) -> None:
    """Show the draft as members of one language will see it."""
    notice_id, language = keyboards.PREVIEW.of(update)
    t = translator(language, context.house.settings.default_language)
    async with context.person(update) as (session, person):
        told = await announcements.preview(session, person, notice_id, t.language)
        seen = await notices.words_of(session, t, told)
    await context.stop_spinner(update)
    for part in seen:
        await context.say(update, part)


def _offer(context: Context, shown: Draft) -> Price | None:
    settings = context.house.settings
    return drafts.offer(shown, may_pay=settings.paid_broadcast != "never", free_rate=settings.messages_per_second)


async def on_price(update: Update, context: Context) -> None:
    """Show what a paid broadcast costs before it is chosen."""
    (notice_id,) = keyboards.PRICE.of(update)
    async with context.person(update) as (session, person):
        shown = await announcements.draft(session, person, notice_id, now=context.now)
    offer = _offer(context, shown)
    if offer is None:
        await _show(update, context, person, shown)
        return
    t = context.words(person)
    await context.turn_page(update, texts.paid_offer(t, offer), keyboards.paid_offer(t, notice_id, offer))


async def on_pay(update: Update, context: Context) -> None:
    """Send it off as a paid broadcast, at the price that was shown."""
    (notice_id,) = keyboards.PAY.of(update)
    await _send(update, context, notice_id, paid=context.house.settings.paid_broadcast != "never")


async def on_send(update: Update, context: Context) -> None:
    """Send it off."""
    (notice_id,) = keyboards.SEND.of(update)
    await _send(update, context, notice_id, paid=False)


async def _send(update: Update, context: Context, notice_id: int, *, paid: bool) -> None:
    async with context.person(update) as (session, person):
        reached = await announcements.send(session, person, notice_id, now=context.now, paid=paid)
        prompts.await_nothing(person)
    t = context.words(person)
    await context.turn_page(update, texts.sent(t, reached), keyboards.sent(t, notice_id))
    context.house.wake()


async def on_stop(update: Update, context: Context) -> None:
    """Stop what is going out."""
    (notice_id,) = keyboards.STOP.of(update)
    async with context.person(update) as (session, person):
        spared = await announcements.call_off(session, person, notice_id, now=context.now)
    await context.turn_page(update, texts.called_off(context.words(person), spared))


async def on_discard(update: Update, context: Context) -> None:
    """Throw a draft away."""
    (notice_id,) = keyboards.DISCARD.of(update)
    async with context.person(update) as (session, person):
        await announcements.discard(session, person, notice_id)
        prompts.await_nothing(person)
    await context.turn_page(update, texts.discarded(context.words(person)))


TYPED: Typed = {Prompt(Awaiting.ANNOUNCEMENT, whole=True, authored=True): take_typed}

REFUSALS: Refusals = {
    AlreadyTold: saying(texts.told_already, closes=True),
    EnoughNudges: Refusal(lambda t, refused: texts.enough_nudges(t, refused.number), closes=True),
    NoOpenQuestion: saying(texts.no_open_question, closes=True),
    NothingWritten: saying(texts.nothing_written, closes=True),
    NotPermitted: saying(menu_texts.moderators_only, closes=True),
    RewordedSince: saying(texts.reworded_since),
    SentAlready: saying(texts.sent_already, closes=True),
    TooLong: Refusal(lambda t, refused: texts.too_long(t, refused.length, refused.limit)),
}

HANDLERS = [
    CommandHandler(["announce", "nudge"], on_command, PRIVATE),
    Pressed(keyboards.ANNOUNCEMENT, on_announcement),
    Pressed(keyboards.NUDGE, on_nudge),
    Pressed(keyboards.WRITE, on_write),
    Pressed(keyboards.AIM, on_aim),
    Pressed(keyboards.PREVIEW, on_preview),
    Pressed(keyboards.SEND, on_send),
    Pressed(keyboards.PRICE, on_price),
    Pressed(keyboards.PAY, on_pay),
    Pressed(keyboards.STOP, on_stop),
    Pressed(keyboards.DISCARD, on_discard),
]
