"""Messages in private: kept as replies, tied to their questions, followed when edited; or what else they turn out to be."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update
from telegram.ext import MessageHandler, filters

from bot import phrases
from bot.core import prompts
from bot.core.messages import Content
from bot.core.prompts import Aside
from bot.features.discussion.actions.responses import Responded
from bot.features.discussion.handlers import receipts, responses
from bot.features.discussion.keyboards.responses import ELSEWHERE
from bot.features.events.actions import speakers
from bot.features.events.keyboards import NOT_FOR_SPEAKERS
from bot.features.inquiries import texts as inquiry_texts
from bot.features.inquiries.actions import asking as inquiry_actions
from bot.features.inquiries.keyboards import NOT_FOR_MODERATORS
from bot.features.intake import keyboards
from bot.features.intake import texts as intake_texts
from bot.features.intake.actions import besides as besides_actions
from bot.features.intake.actions import private
from bot.features.intake.actions.besides import Besides, Incoming
from bot.features.intake.actions.private import BelowCard, Held, NothingAsked
from bot.features.intake.handlers import below_card, besides
from bot.features.intake.handlers.besides import Why
from bot.features.members.actions import consent
from bot.features.members.handlers.consent import ask_anew
from bot.features.members.keyboards import joining as joining_keyboards
from bot.features.members.texts import joining as joining_texts
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.questions.texts import questions as question_texts
from bot.features.replies import texts
from bot.features.replies.actions import corrections, edits, held
from bot.features.replies.actions.answers import Answered
from bot.features.replies.actions.edits import Revised
from bot.features.replies.actions.placement import Place
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator
from bot.models import Person
from bot.telegram.buttons import Pressed, about_of
from bot.telegram.content import content_of, id_of
from bot.telegram.context import Context
from bot.telegram.filters import EDITED, PRIVATE
from bot.telegram.receipts import Receipt


async def on_message(update: Update, context: Context, why: Why | None = None) -> None:
    """Keep a message as a reply, and thank; or ask what it is.

    With a reason `why` nothing else could be made of it, somebody with a role is told that, and asked.
    """
    message = update.message
    assert message is not None
    async with context.person(update, brief=True) as (session, person):
        sent = Incoming(
            id_of(update),
            content_of(message),
            message.date,
            message.reply_to_message.message_id if message.reply_to_message else None,
            about_of(message.reply_to_message),
            seems_work=why is not None,
        )
        taken = await private.take_in(session, person, sent, now=context.now, awaited=context.house.prompts)
        if not isinstance(taken, Answered | NothingAsked):
            context.once()  # what was awaited is there now: a second time it would be a reply
        changed = await consent.due(session, person, now=context.now)
    if isinstance(taken, Besides):
        asked_about = await besides.answer(update, context, person, taken, why)
    else:
        asked_about = await _answer(update, context, person, taken)
    if asked_about is not None:
        await _remember_asked(context, asked_about)
    await ask_anew(update, context, person, changed)


async def _answer(update: Update, context: Context, person: Person, taken: private.KeptFor) -> int | None:
    """Thank, or ask; returns the id of a held message that its author was asked about now."""
    t = context.words(person)
    match taken:
        case Answered():
            otherwise = keyboards.misplaced(t, taken.reply_id) if taken.assumed else None
            await receipts.thank(update, context, person, taken, otherwise)
        case Responded():
            await responses.thank(update, context, person, taken)
        case Revised():
            await context.say(update, moderation_texts.revised(t, taken.number), quote=True)
        case Held(held_id=int(held_id)):
            await _ask_which(update, context, t, held_id, taken.places)
            return held_id
        case Held(more=True):
            await besides.say_kept_too(update, context, t)
        case BelowCard():
            await below_card.ask(update, context, person, taken)
            return taken.held_id
        case Aside():
            offer = context.house.typed[context.house.prompts[taken.awaiting]]
            await offer(update, context, person, taken)
            return taken.held_id
        case NothingAsked():
            if _receipt(update, context) is not Receipt.NONE:
                await _say_nothing_asked(update, context, t, taken)
    return None


def _receipt(update: Update, context: Context) -> Receipt:
    message = update.message
    assert message is not None
    return context.house.receipts.give(message.chat_id, id_of(update), message.date)


async def _remember_asked(context: Context, held_id: int) -> None:
    async with context.house.database.sessions.begin() as session:
        await held.mark_asked(session, held_id, now=context.now)


async def _ask_which(
    update: Update, context: Context, t: Translator, held_id: int, candidates: Sequence[Place]
) -> None:
    await context.say(update, texts.which_question(t), keyboards.which_question(t, held_id, candidates), quote=True)


async def _say_nothing_asked(update: Update, context: Context, t: Translator, nothing: NothingAsked) -> None:
    if nothing.invited is None:
        await context.say(update, _nothing_asked(t, nothing), quote=True)
    else:
        join = joining_keyboards.join(t, nothing.invited.dialogue_id)
        await context.say(update, intake_texts.to_take_part(t, nothing.invited.title), join, quote=True)


def _nothing_asked(t: Translator, nothing: NothingAsked) -> str:
    if not nothing.is_member:
        return joining_texts.not_a_member(t)
    return question_texts.not_kept(t, nothing.next_opening, nothing.zone)


async def on_edit(update: Update, context: Context) -> None:
    """Follow the edit of a message; Telegram tells of edits that change nothing, too, and of each step of a live location."""
    message = update.edited_message
    assert message is not None
    if message.location is not None:
        return
    async with context.person(update) as (session, person):
        content, message_id = content_of(message), message.message_id
        edited = unclear = None
        if not await _follow(session, person, message_id, content):
            edited = await edits.edit(session, person, message_id=message_id, content=content, now=context.now)
            if edited is None:
                incoming = Incoming(message_id, content, message.date)
                unclear = await besides_actions.edited(session, person, incoming, now=context.now)
    if edited is not None and edited.changed:
        await context.say(update, texts.edited(context.words(person), edited), quote=True)
    if unclear is not None and unclear.held_id is not None:
        await besides.answer(update, context, person, unclear)
        await _remember_asked(context, unclear.held_id)


async def _follow(session: AsyncSession, person: Person, message_id: int, content: Content) -> bool:
    """Follow the edit of what is held, or went to the moderators, or is for the speakers of a live event."""
    for edit in (held.edit, inquiry_actions.edit, speakers.edit):
        if await edit(session, person, message_id=message_id, content=content):
            return True
    return False


async def on_place(update: Update, context: Context) -> None:
    """The author said which question a held message answers."""
    held_id, member_id, question_id = keyboards.PLACE.of(update)
    async with context.person(update) as (session, person):
        answered = await held.settle(
            session, person, held_id=held_id, member_id=member_id, question_id=question_id, now=context.now
        )
    t = context.words(person)
    if answered is None:
        await context.turn_page(update, phrases.settled_already(t))
    else:
        await receipts.show(update, context, person, answered, keyboards.misplaced(t, answered.reply_id))


async def on_misplaced(update: Update, context: Context) -> None:
    """What was kept as a reply to a question, or as a response, belongs elsewhere: its author says again where."""
    verb = ELSEWHERE if ELSEWHERE.is_in(update) else keyboards.MISPLACED
    (reply_id,) = verb.of(update)
    async with context.person(update) as (session, person):
        held_id = await corrections.take_back(session, person, reply_id, now=context.now)
    if held_id is None:
        await context.turn_page(update, texts.stays(context.words(person)))
        return
    await place_held(update, context, held_id)
    await _remember_asked(context, held_id)


async def on_was_reply(update: Update, context: Context) -> None:
    """What seemed to be something else, a city or a name for example, was a reply: that is asked for no longer."""
    (held_id,) = WAS_REPLY.of(update)
    async with context.person(update) as (_, person):
        prompt = prompts.open_prompt(person, context.house.prompts, now=context.now)
        if prompt is not None and prompt.stays:
            prompts.await_nothing(person)
    await place_held(update, context, held_id)


async def place_held(update: Update, context: Context, held_id: int) -> None:
    """Make a held message a reply where it is certain to which question, else ask."""
    async with context.person(update) as (session, person):
        candidates = await held.places_for(session, person, held_id=held_id, now=context.now)
        answered = nothing = None
        if candidates is not None and len(candidates) == 1:
            answered = await held.settle(
                session,
                person,
                held_id=held_id,
                member_id=candidates[0].member_id,
                question_id=candidates[0].question_id,
                now=context.now,
            )
        elif candidates == []:
            nothing = await private.nothing_asked(session, person, now=context.now)
            await held.discard(session, person, held_id=held_id)
    t = context.words(person)
    if nothing is not None:
        await context.turn_page(update, _nothing_asked(t, nothing))
    elif candidates and answered is None:
        await context.turn_page(update, texts.which_question(t), keyboards.which_question(t, held_id, candidates))
    elif answered is not None:
        await receipts.show(update, context, person, answered)
    else:
        await context.turn_page(update, phrases.settled_already(t))


async def on_not_for_moderators(update: Update, context: Context) -> None:
    """What went to the moderators was a reply."""
    (inquiry_id,) = NOT_FOR_MODERATORS.of(update)
    async with context.person(update) as (session, person):
        held_id = await inquiry_actions.take_back(session, person, inquiry_id)
    if held_id is None:
        await context.turn_page(update, inquiry_texts.answered_meanwhile(context.words(person)))
        return
    await place_held(update, context, held_id)
    await _remember_asked(context, held_id)


async def on_not_for_speakers(update: Update, context: Context) -> None:
    """What went to the speakers of a live event was a reply."""
    (question_id,) = NOT_FOR_SPEAKERS.of(update)
    async with context.person(update) as (session, person):
        held_id = await speakers.take_back(session, person, question_id, hold=True)
    if held_id is None:
        await context.turn_page(update, phrases.settled_already(context.words(person)))
        return
    await place_held(update, context, held_id)
    await _remember_asked(context, held_id)


async def on_forget(update: Update, context: Context) -> None:
    """A held message answers no question."""
    (held_id,) = keyboards.FORGET.of(update)
    async with context.person(update) as (session, person):
        forgotten = await held.discard(session, person, held_id=held_id)
    t = context.words(person)
    await context.turn_page(update, texts.forgotten(t) if forgotten else phrases.settled_already(t))


HANDLERS = [
    MessageHandler(EDITED, on_edit),
    MessageHandler(PRIVATE & ~filters.COMMAND & ~filters.StatusUpdate.ALL, on_message),
    Pressed(keyboards.PLACE, on_place),
    Pressed(keyboards.MISPLACED, on_misplaced),
    Pressed(WAS_REPLY, on_was_reply),
    Pressed(ELSEWHERE, on_misplaced),
    Pressed(NOT_FOR_MODERATORS, on_not_for_moderators),
    Pressed(NOT_FOR_SPEAKERS, on_not_for_speakers),
    Pressed(keyboards.FORGET, on_forget),
]
