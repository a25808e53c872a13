"""A file of another tool comes in: a moderator is asked, and what it claims becomes proposals; anyone else's is a message."""

from telegram import Document, Message, Update
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot import phrases
from bot.child import Died, TookTooLong
from bot.core import members, rights
from bot.core.messages import File
from bot.core.rights import Right
from bot.features.dialogues.handlers import arrivals
from bot.features.dialogues.texts import files as dialogue_file_texts
from bot.features.exports import keyboards
from bot.features.exports.actions import returning
from bot.features.exports.actions.returning import LARGEST, READING_SECONDS, Returned
from bot.features.exports.texts import returning as texts
from bot.features.intake.handlers.besides import Why
from bot.features.key_points.actions import key_points
from bot.features.proposals.actions import claims
from bot.features.replies.actions import held as reply_held
from bot.telegram.buttons import Pressed
from bot.telegram.content import content_of, id_of
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE

FILES = filters.Document.FileExtension("json") | filters.Document.FileExtension("csv")


async def on_file(update: Update, context: Context) -> None:
    """Ask a moderator in which dialogue the claims are to be proposed."""
    message = update.message
    assert message is not None
    assert message.document is not None
    offered = await _offered(context, message)
    read = await _fetch(context, message.document) if offered else texts.for_moderators
    if not isinstance(read, Returned):
        await arrivals.on_perhaps_file(update, context, read)
        return
    async with context.person(update) as (session, person):
        held_id = None
        if read.claims:
            held_id = await reply_held.hold(session, person, id_of(update), content_of(message), message.date)
            await reply_held.mark_asked(session, held_id, now=context.now)
    t = context.words(person)
    if held_id is None:
        await context.say(update, texts.nothing_in_it(t, read.tool), quote=True)
        return
    told = texts.found(t, read.tool, len(read.claims))
    await context.say(update, told, keyboards.take_claims(t, held_id, offered), quote=True)


async def _offered(context: Context, message: Message) -> list[tuple[int, str]]:
    """The dialogues (id, title) whose key points the sender writes."""
    async with context.house.database.readers() as session:
        known = await members.known(session, telegram_id=message.chat_id)
        return await rights.dialogues(session, known, Right.SUMMARISE) if known is not None else []


async def _fetch(
    context: Context, document: Document | File, languages: tuple[str, ...] = (), own: str = "en"
) -> Returned | Why:
    """What a file claims, or why that can't be told."""
    size = document.size if isinstance(document, File) else document.file_size
    if size is not None and size > LARGEST:
        return texts.too_large
    try:
        file = await context.bot.get_file(document.file_id or "")
        content = bytes(await file.download_as_bytearray())
    except TelegramError:
        return dialogue_file_texts.not_downloaded
    try:
        read = await context.house.child.do(returning.read, content, languages, own, seconds=READING_SECONDS)
    except (TookTooLong, Died):
        return dialogue_file_texts.takes_too_long
    if isinstance(read, Returned):
        return read
    foreign = read
    return lambda t: texts.no_file_of_a_tool(t, foreign)


async def on_take(update: Update, context: Context) -> None:
    """Look up what the file quotes, and keep its claims as proposals."""
    held_id, dialogue_id = keyboards.TAKE_CLAIMS.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        languages, own = tuple(member.dialogue.languages), member.dialogue.source_language
        held = await reply_held.held(session, person, held_id=held_id)
    t = context.words(person)
    if held is None or held.content.file is None:
        await context.turn_page(update, phrases.settled_already(t))
        return
    await context.stop_spinner(update)
    read = await _fetch(context, held.content.file, languages, own)
    if not isinstance(read, Returned):
        await context.turn_page(update, read(t))
        return
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        is_first = await reply_held.discard(session, person, held_id=held_id)
        done = None
        if is_first:
            done = await claims.gather(session, member.dialogue, read.claims, tool=read.tool, now=context.now)
    if done is None:
        await context.turn_page(update, phrases.settled_already(t))
    else:
        await context.turn_page(update, texts.gathered(t, done), keyboards.gathered(t, done.questions))


HANDLERS = [MessageHandler(PRIVATE & FILES, on_file), Pressed(keyboards.TAKE_CLAIMS, on_take)]
