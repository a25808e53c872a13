"""A moderator sends a recording of a question, or the concept note as a document, says in which language it is, or takes one away."""

from telegram import ForceReply, Update

from bot import phrases
from bot.core import prompts
from bot.core.prompts import Aside, Prompt
from bot.features.questions.keyboards import FILES
from bot.features.recordings import keyboards, texts
from bot.features.recordings.actions import recordings
from bot.features.recordings.actions.recordings import REFUSED, Where
from bot.features.replies.actions import held as reply_held
from bot.models import Awaiting, Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusal, Refusals
from bot.telegram.typed import Typed


async def on_files(update: Update, context: Context) -> None:
    """Show which recordings and files a dialogue has."""
    (dialogue_id,) = FILES.of(update)
    async with context.person(update) as (session, person):
        shown = await recordings.recordings(session, person, dialogue_id)
    t = context.words(person)
    await context.turn_page(update, texts.overview(t, shown), keyboards.overview(t, shown))


async def on_files_of(update: Update, context: Context) -> None:
    """Show those of one question, or of the concept note."""
    dialogue_id, question_id = keyboards.FILES_OF.of(update)
    async with context.person(update) as (session, person):
        shown = await recordings.recordings(session, person, dialogue_id)
    t, one = context.words(person), shown.of(question_id)
    await context.turn_page(update, texts.page(t, one), keyboards.page(t, dialogue_id, one))


async def on_record(update: Update, context: Context) -> None:
    """Ask for a recording, or for the document."""
    dialogue_id, question_id = keyboards.RECORD.of(update)
    async with context.person(update) as (session, person):
        one = (await recordings.recordings(session, person, dialogue_id)).of(question_id)
        if question_id is None:
            prompts.ask(person, Awaiting.NOTE_FILE, dialogue_id, now=context.now)
        else:
            prompts.ask(person, Awaiting.RECORDING, question_id, now=context.now)
    t = context.words(person)
    await context.say(
        update, texts.send_document(t) if question_id is None else texts.send_recording(t, one), ForceReply()
    )
    await context.stop_spinner(update)


async def offer_sent(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Ask in which language that is, or say why it can't serve: then what is sent next may."""
    t, spoken = context.words(person), aside.awaiting is Awaiting.RECORDING
    try:
        async with context.house.database.readers() as session:
            waiting = await reply_held.held(session, person, held_id=aside.held_id)
            assert waiting is not None, "it was held just now"
            recordings.check(waiting.content, spoken=spoken)
            dialogue_id = await recordings.dialogue_of(session, aside.about or 0) if spoken else aside.about or 0
            shown = await recordings.recordings(session, person, dialogue_id)
    except REFUSED as refused:
        await _ask_again(context, person, aside)
        await context.say(update, texts.refused(t, refused), keyboards.not_taken(t, aside.held_id))
        return
    one = shown.of(aside.about if spoken else None)
    keyboard = keyboards.which_language(t, dialogue_id, one, aside.held_id)
    await context.say(update, texts.which_language(t, one), keyboard, quote=True)


async def _ask_again(context: Context, person: Person, aside: Aside) -> None:
    async with context.house.database.sessions.begin() as session:
        asked = await session.get_one(Person, person.id)
        if asked.awaiting is None:
            prompts.ask(asked, aside.awaiting, aside.about, now=context.now)


async def on_recorded(update: Update, context: Context) -> None:
    """Keep what was sent, in the language it is in."""
    dialogue_id, question_id, held_id, language = keyboards.RECORDED.of(update)
    async with context.person(update) as (session, person):
        waiting = await reply_held.held(session, person, held_id=held_id)
        file = None
        if waiting is not None:
            where = Where(dialogue_id, question_id or None, language)
            file = await recordings.keep(session, person, where, waiting.content, now=context.now)
            await reply_held.discard(session, person, held_id=held_id)
        shown = await recordings.recordings(session, person, dialogue_id)
    t = context.words(person)
    if file is None:
        await context.turn_page(update, phrases.settled_already(t))
        return
    one = shown.of(question_id or None)
    await context.turn_page(update, texts.kept(t, one, language, file), keyboards.page(t, dialogue_id, one))


async def on_unrecord(update: Update, context: Context) -> None:
    """Have nobody get it any more."""
    dialogue_id, question_id, language = keyboards.UNRECORD.of(update)
    async with context.person(update) as (session, person):
        where = Where(dialogue_id, question_id or None, language)
        await recordings.take_away(session, person, where, now=context.now)
        shown = await recordings.recordings(session, person, dialogue_id)
    t, one = context.words(person), shown.of(question_id or None)
    await context.turn_page(update, texts.taken_away(t, one, language), keyboards.page(t, dialogue_id, one))


TYPED: Typed = {
    Prompt(Awaiting.RECORDING, lasts=prompts.AWAITED_FOR, anything=True): offer_sent,
    Prompt(Awaiting.NOTE_FILE, lasts=prompts.AWAITED_FOR, anything=True): offer_sent,
}

REFUSALS: Refusals = dict.fromkeys(REFUSED, Refusal(texts.refused, closes=True))

HANDLERS = [
    Pressed(FILES, on_files),
    Pressed(keyboards.FILES_OF, on_files_of),
    Pressed(keyboards.RECORD, on_record),
    Pressed(keyboards.RECORDED, on_recorded),
    Pressed(keyboards.UNRECORD, on_unrecord),
]
