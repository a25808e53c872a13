"""Messages in private: kept as replies, tied to their questions, followed when edited; or what else they turn out to be."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import ReactionTypeEmoji, Update
from telegram.constants import ReactionEmoji
from telegram.error import BadRequest
from telegram.ext import MessageHandler, filters

from bot import phrases
from bot.core.prompts import Aside
from bot.features.announcements import handlers as announcements
from bot.features.discussion.actions import terms
from bot.features.discussion.actions.responses import Responded
from bot.features.discussion.actions.terms import Terms
from bot.features.discussion.handlers import responses
from bot.features.discussion.keyboards import terms as term_keyboards
from bot.features.discussion.keyboards.responses import ELSEWHERE
from bot.features.discussion.texts import terms as term_texts
from bot.features.intake import keyboards
from bot.features.intake.actions import private
from bot.features.intake.actions.private import BelowCard, Held, NothingAsked
from bot.features.intake.handlers import below_card
from bot.features.members.actions import consent
from bot.features.members.handlers import names, profile
from bot.features.members.handlers.consent import ask_anew
from bot.features.members.texts import joining as joining_texts
from bot.features.moderation.handlers import typed as moderation
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.questions.handlers import schedule
from bot.features.questions.texts import questions as question_texts
from bot.features.replies import texts
from bot.features.replies.actions import corrections, edits, held
from bot.features.replies.actions.answers import Answered
from bot.features.replies.actions.edits import Revised
from bot.features.replies.actions.placement import Place
from bot.features.replies.keyboards import WAS_REPLY
from bot.features.summary.handlers import publication
from bot.features.summary.handlers import typed as summary
from bot.features.themes import handlers as themes
from bot.features.translations import handlers as translations
from bot.i18n import Translator
from bot.models import Person
from bot.telegram.buttons import Pressed, about_of
from bot.telegram.content import content_of
from bot.telegram.context import Context
from bot.telegram.filters import EDITED, PRIVATE
from bot.telegram.receipts import Receipt

TYPED = {
    prompt.awaiting: (prompt, offer)
    for typed in (
        announcements.TYPED,
        moderation.TYPED,
        names.TYPED,
        profile.TYPED,
        publication.TYPED,
        schedule.TYPED,
        summary.TYPED,
        themes.TYPED,
        translations.TYPED,
    )
    for prompt, offer in typed.items()
}
PROMPTS = {awaiting: prompt for awaiting, (prompt, _) in TYPED.items()}


async def on_message(update: Update, context: Context) -> None:
    """Keep a message as a reply, and thank; or ask what it is."""
    message = update.message
    assert message is not None
    async with context.person(update, brief=True) as (session, person):
        taken = await private.take_in(
            session,
            person,
            message_id=message.message_id,
            content=content_of(message),
            reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
            sent_at=message.date,
            now=context.now,
            awaited=PROMPTS,
            about=about_of(message.reply_to_message),
        )
        if not isinstance(taken, Answered | NothingAsked):
            context.once()  # what was awaited is there now: a second time it would be a reply
        t = context.words(person)
        terms = await _terms_to_tell(session, person, t, taken)
        changed = await consent.due(session, person, now=context.now)
    match taken:
        case Answered():
            await _thank(update, context, t, taken, terms)
        case Responded():
            await responses.thank(update, context, person, taken)
        case Revised():
            await context.say(update, moderation_texts.revised(t, taken.number), quote=True)
        case Held(held_id=int(held_id)):
            await _ask_which(update, context, t, held_id, taken.places)
            await _remember_asked(context, held_id)
        case BelowCard():
            await below_card.ask(update, context, person, taken)
            await _remember_asked(context, taken.held_id)
        case Aside():
            _, offer = TYPED[taken.awaiting]
            await offer(update, context, person, taken)
            await _remember_asked(context, taken.held_id)
        case NothingAsked():
            if _receipt(update, context) is not Receipt.NONE:
                await context.say(update, _nothing_asked(t, taken), quote=True)
    await ask_anew(update, context, person, changed)


def _receipt(update: Update, context: Context) -> Receipt:
    message = update.message
    assert message is not None
    return context.house.receipts.give(message.chat_id, message.message_id, message.date)


async def _remember_asked(context: Context, held_id: int) -> None:
    async with context.house.database.sessions.begin() as session:
        await held.mark_asked(session, held_id, now=context.now)


async def _terms_to_tell(session: AsyncSession, person: Person, t: Translator, taken: object) -> Terms | None:
    """The terms of a reply that is thanked for in words."""
    if not isinstance(taken, Answered) or texts.recorded(t, taken) is None:
        return None
    return await terms.terms_of_reply(session, person, taken.reply_id)


async def _thank(update: Update, context: Context, t: Translator, answered: Answered, terms: Terms | None) -> None:
    if answered.more_of_album:
        return  # the album was thanked for already
    receipt = _receipt(update, context)
    if receipt is Receipt.NONE:
        return
    if receipt is Receipt.ALL:
        await context.say(update, texts.all_recorded(t), quote=True)
        return
    text, message = texts.recorded(t, answered), update.message
    assert message is not None
    if text is not None and terms is not None:
        text = f"{text}\n\n{term_texts.of_terms(t, terms)}"
        await context.say(update, text, term_keyboards.change(t, terms), quote=True)
        return
    try:
        await message.set_reaction(ReactionTypeEmoji(ReactionEmoji.WRITING_HAND))
    except BadRequest:  # some chats don't take reactions: then in words
        await context.say(update, texts.recorded_elsewhere(t, answered), quote=True)


async def _ask_which(
    update: Update, context: Context, t: Translator, held_id: int, candidates: Sequence[Place]
) -> None:
    await context.say(update, texts.which_question(t), keyboards.which_question(t, held_id, candidates), quote=True)


def _nothing_asked(t: Translator, nothing: NothingAsked) -> str:
    if not nothing.is_member:
        return joining_texts.not_a_member(t)
    return question_texts.not_kept(t, nothing.next_opening, nothing.zone)


async def on_edit(update: Update, context: Context) -> None:
    """Follow the edit of a message; Telegram tells of edits that change nothing, too."""
    message = update.edited_message
    assert message is not None
    async with context.person(update) as (session, person):
        content = content_of(message)
        edited = None
        if not await held.edit(session, person, message_id=message.message_id, content=content):
            edited = await edits.edit(session, person, message_id=message.message_id, content=content, now=context.now)
    if edited is not None and edited.changed:
        await context.say(update, texts.edited(context.words(person), edited), quote=True)


async def on_place(update: Update, context: Context) -> None:
    """The author said which question a held message answers."""
    held_id, member_id, question_id = keyboards.PLACE.of(update)
    async with context.person(update) as (session, person):
        answered = await held.settle(
            session, person, held_id=held_id, member_id=member_id, question_id=question_id, now=context.now
        )
        title = None
        if answered is not None:
            title = await corrections.chosen_among_several(session, person, question_id, now=context.now)
    t = context.words(person)
    if answered is None or title is None:
        await _tell_settled(update, context, t, answered)
    else:
        keyboard = keyboards.misplaced(t, answered.reply_id)
        await context.turn_page(update, texts.recorded_in(t, answered, title), keyboard)


async def on_misplaced(update: Update, context: Context) -> None:
    """What was kept as a reply to a question, or as a response, belongs elsewhere: its author says again where."""
    verb = ELSEWHERE if ELSEWHERE.is_in(update) else keyboards.MISPLACED
    (reply_id,) = verb.of(update)
    async with context.person(update) as (session, person):
        held_id = await corrections.take_back(session, person, reply_id, now=context.now)
    if held_id is None:
        await context.turn_page(update, texts.stays(context.words(person)))
        return
    await _place_held(update, context, held_id)
    await _remember_asked(context, held_id)


async def _tell_settled(update: Update, context: Context, t: Translator, answered: Answered | None) -> None:
    await context.turn_page(update, texts.recorded_elsewhere(t, answered) if answered else phrases.settled_already(t))


async def on_was_reply(update: Update, context: Context) -> None:
    """What seemed to be a city or a name was a reply."""
    (held_id,) = WAS_REPLY.of(update)
    await _place_held(update, context, held_id)


async def _place_held(update: Update, context: Context, held_id: int) -> None:
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
    else:
        await _tell_settled(update, context, t, answered)


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
    Pressed(keyboards.FORGET, on_forget),
]
