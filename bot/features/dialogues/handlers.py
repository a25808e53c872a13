"""An organiser sends a dialogue file: it is told faults and all, and becomes a dialogue or changes one."""

from collections.abc import Callable, Iterable
from io import BytesIO

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Document, InputFile, Update
from telegram.error import TelegramError
from telegram.ext import CommandHandler, MessageHandler, filters

from bot import authoring, markup
from bot.authoring import EXAMPLE, MOST_BYTES, DialogueFile, Read
from bot.child import TookTooLong
from bot.core import members, rights
from bot.core.rights import NotPermitted, Right
from bot.features.dialogues.actions import continuation, files
from bot.features.dialogues.actions.files import Imported, MovesPosted, WouldLoseReplies
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.dialogues.texts import files as texts
from bot.features.intake.handlers import messages
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import contents
from bot.features.summary.keyboards.summary import NEXT_FILE
from bot.features.team.actions import organisers
from bot.i18n import Translator
from bot.models import Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, saying

READING_SECONDS = 5.0  # of a processor; an ordinary file takes some hundredths
FILES = filters.Document.FileExtension("yaml") | filters.Document.FileExtension("yml")

WhyNot = Callable[[Translator], str]
"""Why a file was not imported, to be said in some language."""


async def on_new(update: Update, context: Context) -> None:
    """Say how a dialogue is made, with a file to begin from."""
    assert update.effective_chat is not None
    async with context.person(update) as (session, person):
        if not await _organises(context, session, person):
            raise NotPermitted(Right.APPOINT)
    t, chat_id, example = context.words(person), update.effective_chat.id, EXAMPLE.read_bytes()
    await context.bot.send_document(chat_id, InputFile(BytesIO(example), EXAMPLE.name), caption=texts.how_to(t))


async def _organises(context: Context, session: AsyncSession, person: Person) -> bool:
    return context.is_organiser(person) or Right.APPOINT in await rights.rights(session, person)


async def on_file(update: Update, context: Context) -> None:
    """Import an organiser's file, or say all that is wrong with it; from anyone else a file is a reply like any other."""
    message = update.message
    assert message is not None
    assert message.document is not None
    async with context.house.database.readers() as session:
        known = await members.known(session, telegram_id=message.chat_id)
        organises = known is not None and await _organises(context, session, known)
    if not organises:
        await messages.on_message(update, context)
        return
    content = await _download(context, message.document)
    read = await _read(context, content) if isinstance(content, bytes) else content
    async with context.person(update) as (session, person):
        done = await _import(context, session, person, read) if isinstance(read, Read) else read
    t = context.words(person)
    said = [_done(t, done, context.bot.username), *(_fault(t, fault) for fault in _faults(read))]
    for part in markup.split("\n\n".join(said)):
        await context.say(update, part, quote=True)
    context.house.wake()


async def _download(context: Context, document: Document) -> bytes | WhyNot:
    if document.file_size is not None and document.file_size > MOST_BYTES:
        return texts.too_large
    try:
        file = await context.bot.get_file(document.file_id)
        return bytes(await file.download_as_bytearray())
    except TelegramError:
        return texts.not_downloaded


async def _read(context: Context, content: bytes) -> Read | WhyNot:
    try:
        return await context.house.child.do(authoring.read, content, seconds=READING_SECONDS)
    except TookTooLong:
        return texts.takes_too_long


async def _import(context: Context, session: AsyncSession, person: Person, read: Read) -> Imported | WhyNot:
    file = read.dialogue
    if file is None or read.errors:
        return lambda t: texts.refused(t, len(read.errors))
    if not await _may_import(context, session, person, file):
        return lambda t: texts.not_yours(t, file.slug)
    try:
        # What was begun of an import that is refused must not be kept with the rest.
        async with session.begin_nested():
            imported = await files.import_file(session, file, now=context.now)
    except WouldLoseReplies as error:
        lost = error.number
        return lambda t: texts.would_lose_replies(t, lost)
    except MovesPosted as error:
        moved = error.number
        return lambda t: texts.moves_posted(t, moved)
    settings = context.house.settings
    await organisers.appoint_organisers(
        session, settings.organiser_ids, language=settings.default_language, now=context.now
    )
    return imported


async def _may_import(context: Context, session: AsyncSession, person: Person, file: DialogueFile) -> bool:
    """Who hosts the bot names those who may make dialogues; an organiser of one may change it."""
    if context.is_organiser(person):
        return True
    mine = await rights.memberships(session, person, Right.APPOINT)
    return file.slug in {member.dialogue.slug for member in mine}


def _done(t: Translator, done: object, username: str) -> str:
    if isinstance(done, Imported):
        link = f"https://t.me/{username}?start={done.entrance}"
        return texts.imported(t, done.slug, link, created=done.created, moderated_before=done.moderated_before)
    assert callable(done)
    return str(done(t))


def _faults(read: Read | WhyNot) -> Iterable[authoring.Fault]:
    return (*read.errors, *read.warnings) if isinstance(read, Read) else ()


def _fault(t: Translator, fault: authoring.Fault) -> str:
    return f"<blockquote>{markup.escape(fault_texts.fault(t, fault))}</blockquote>"


async def on_next_file(update: Update, context: Context) -> None:
    """Send the draft of the next dialogue's file."""
    assert update.effective_chat is not None
    (dialogue_id,) = NEXT_FILE.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        file = await continuation.next_file(session, await contents.gather(session, member.dialogue.slug))
    await context.stop_spinner(update)
    chat_id, caption = update.effective_chat.id, texts.next_dialogue(context.words(person))
    document = InputFile(BytesIO(authoring.write(file).encode()), f"{file.slug}.yaml")
    await context.bot.send_document(chat_id, document, caption=caption)


REFUSALS: Refusals = {continuation.NothingFurther: saying(texts.nothing_further)}

HANDLERS = [
    CommandHandler("new", on_new, PRIVATE),
    MessageHandler(PRIVATE & FILES, on_file),
    Pressed(NEXT_FILE, on_next_file),
]
