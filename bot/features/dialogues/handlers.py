"""An organiser sends a dialogue file: it is told faults and all, and becomes a dialogue or changes one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Document, InputFile, Message, Update
from telegram.error import TelegramError
from telegram.ext import CommandHandler, MessageHandler, filters

from bot import authoring, markup, phrases
from bot.authoring import EXAMPLE, MOST_BYTES, DialogueFile, Read
from bot.child import TookTooLong
from bot.core import members, rights
from bot.core.messages import File
from bot.core.rights import NotPermitted, Right
from bot.features.dialogues import keyboards
from bot.features.dialogues.actions import comparison, continuation, example, files, merging
from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.actions.files import Imported
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.dialogues.texts import files as texts
from bot.features.intake.handlers import messages
from bot.features.key_points.actions import key_points
from bot.features.moderation.actions import log
from bot.features.replies.actions import held as reply_held
from bot.features.summary.actions import contents
from bot.features.summary.keyboards.summary import NEXT_FILE
from bot.features.team.actions import organisers
from bot.i18n import Translator
from bot.models import Act, Person
from bot.telegram.buttons import Pressed
from bot.telegram.content import content_of, id_of
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, saying

READING_SECONDS = 5.0  # of a processor; an ordinary file takes some hundredths
TEXT_FILES = filters.Document.FileExtension("txt") | filters.Document.FileExtension("md") | filters.Document.TEXT
FILES = filters.Document.FileExtension("yaml") | filters.Document.FileExtension("yml")


class _LooksLikeFile(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        """Whether words seem to be a dialogue file."""
        return authoring.looks_like_file(message.text or "")


LOOKS_LIKE_FILE = _LooksLikeFile()

WhyNot = Callable[[Translator], str]
"""Why a file was not imported, to be said in some language."""


@dataclass(frozen=True)
class Done:
    """A file that was imported, and what that changed."""

    imported: Imported
    compared: Comparison


async def on_new(update: Update, context: Context) -> None:
    """Say how a dialogue is made, with a file to begin from."""
    assert update.effective_chat is not None
    async with context.person(update) as (session, person):
        if not await _organises(context, session, person):
            raise NotPermitted(Right.APPOINT)
    t, chat_id, content = context.words(person), update.effective_chat.id, example.upcoming(now=context.now)
    await context.bot.send_document(
        chat_id, InputFile(BytesIO(content.encode()), EXAMPLE.name), caption=texts.how_to(t)
    )


async def _organises(context: Context, session: AsyncSession, person: Person) -> bool:
    return context.is_organiser(person) or Right.APPOINT in await rights.rights(session, person)


async def on_file(update: Update, context: Context) -> None:
    """Say all that is wrong with an organiser's file, or what it would change, or import it where nobody has to be asked.

    From anyone else a file is a reply like any other.
    """
    message = update.message
    assert message is not None
    assert message.document is not None
    if await _organiser(context, message.chat_id) is None:
        await messages.on_message(update, context)
        return
    await _import_and_tell(update, context, await _download(context, message.document))


async def _organiser(context: Context, telegram_id: int) -> Person | None:
    """The person with a Telegram account, if they organise a dialogue, or may make one."""
    async with context.house.database.readers() as session:
        known = await members.known(session, telegram_id=telegram_id)
        return known if known is not None and await _organises(context, session, known) else None


async def on_perhaps_file(update: Update, context: Context) -> None:
    """Ask an organiser what it is that looks like a dialogue file; from anyone else it is a message like any other."""
    message = update.message
    assert message is not None
    organiser = await _organiser(context, message.chat_id)
    if organiser is None or organiser.awaiting is not None or not await _looks_like_file(context, message):
        await messages.on_message(update, context)
        return
    async with context.person(update) as (session, person):
        held_id = await reply_held.hold(session, person, id_of(update), content_of(message), message.date)
    t = context.words(person)
    await context.say(update, texts.what_is_it(t), keyboards.what_is_it(t, held_id), quote=True)
    async with context.house.database.sessions.begin() as session:
        await reply_held.mark_asked(session, held_id, now=context.now)


async def _looks_like_file(context: Context, message: Message) -> bool:
    """Whether words, or a file of text, seem to be a dialogue file; one that can't be looked into may be."""
    if message.document is None:
        return authoring.looks_like_file(message.text or "")
    content = await _download(context, message.document)
    return not isinstance(content, bytes) or authoring.looks_like_file(content.decode("utf-8", "replace"))


async def on_dialogue_file(update: Update, context: Context) -> None:
    """What was held is a dialogue file."""
    (held_id,) = keyboards.DIALOGUE_FILE.of(update)
    async with context.person(update) as (session, person):
        held = await reply_held.held(session, person, held_id=held_id)
    if held is None:
        await context.turn_page(update, phrases.settled_already(context.words(person)))
        return
    await context.stop_spinner(update)
    file = held.content.file
    content = held.content.text.encode() if file is None else await _download(context, file)
    await _import_and_tell(update, context, content, held_id)


async def _import_and_tell(
    update: Update, context: Context, content: bytes | WhyNot, held_id: int | None = None
) -> None:
    """Import a file where nobody has to be asked, and say what came of it, what it would change, or all that is wrong with it.

    It is held until its sender has said whether it is to be brought in.
    """
    read = await _read(context, content) if isinstance(content, bytes) else content
    async with context.person(update) as (session, person):
        done = await _look_at(context, session, person, read) if isinstance(read, Read) else read
        held_id = await _hold(update, context, session, person, held_id, asks=isinstance(done, Comparison))
    t = context.words(person)
    said = [*(_fault(t, fault) for fault in _faults(read))]
    said.insert(len(said) if isinstance(done, Comparison) else 0, _said(context, t, done))
    *parts, last = markup.split("\n\n".join(said))
    for part in parts:
        await context.say(update, part, quote=True)
    keyboard = keyboards.sure(t, done, held_id) if isinstance(done, Comparison) and held_id is not None else None
    await context.say(update, last, keyboard, quote=True)
    context.house.wake()


async def _download(context: Context, document: Document | File) -> bytes | WhyNot:
    size = document.size if isinstance(document, File) else document.file_size
    if size is not None and size > MOST_BYTES:
        return texts.too_large
    try:
        file = await context.bot.get_file(document.file_id or "")
        return bytes(await file.download_as_bytearray())
    except TelegramError:
        return texts.not_downloaded


async def _read(context: Context, content: bytes) -> Read | WhyNot:
    try:
        return await context.house.child.do(authoring.read, content, seconds=READING_SECONDS)
    except TookTooLong:
        return texts.takes_too_long


async def _hold(
    update: Update, context: Context, session: AsyncSession, person: Person, held_id: int | None, *, asks: bool
) -> int | None:
    """Hold a file while its sender is asked, and no longer."""
    if not asks:
        if held_id is not None:
            await reply_held.discard(session, person, held_id=held_id)
        return None
    if held_id is None:
        assert update.message is not None
        content = content_of(update.message)
        held_id = await reply_held.hold(session, person, id_of(update), content, update.message.date)
    await reply_held.mark_asked(session, held_id, now=context.now)
    return held_id


async def _look_at(
    context: Context, session: AsyncSession, person: Person, read: Read, key: str | None = None
) -> Done | Comparison | WhyNot:
    """Import a file where nobody has to be asked, or they have seen what that changes (its `key`)."""
    file = read.dialogue
    if file is None or read.errors:
        return lambda t: texts.refused(t, len(read.errors))
    if not await _may_import(context, session, person, file):
        return lambda t: texts.not_yours(t, file.slug)
    try:
        compared = await comparison.compare(session, file, now=context.now)
        if compared.asks and compared.key != key:
            return compared
        # What was begun of an import that is refused must not be kept with the rest.
        async with session.begin_nested():
            imported = await files.import_file(session, file, now=context.now)
    except merging.REFUSED as refused:
        error = refused
        return lambda t: texts.not_merged(t, error)
    settings = context.house.settings
    await organisers.appoint_organisers(
        session, settings.organiser_ids, language=settings.default_language, now=context.now
    )
    if compared.changes:
        mover = await members.membership(session, person, imported.dialogue_id)
        log.enter(session, mover, Act.IMPORTED, dialogue_id=imported.dialogue_id, now=context.now)
    return Done(imported, compared)


async def on_bring_in(update: Update, context: Context) -> None:
    """Import the file whose comparison was shown; or show it anew, if it is another by now."""
    held_id, key = keyboards.BRING_IN.of(update)
    async with context.house.database.readers() as session:
        known = await members.known(session, telegram_id=update.effective_user.id) if update.effective_user else None
        waiting = await reply_held.held(session, known, held_id=held_id) if known else None
    read: Read | WhyNot = phrases.settled_already
    if waiting is not None:
        file = waiting.content.file
        content = waiting.content.text.encode() if file is None else await _download(context, file)
        read = await _read(context, content) if isinstance(content, bytes) else content
    async with context.person(update) as (session, person):
        done = await _look_at(context, session, person, read, key) if isinstance(read, Read) else read
        if isinstance(done, Done):
            await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    anew = isinstance(done, Comparison)
    text = "\n\n".join([*([comparison_texts.changed_meanwhile(t)] if anew else []), _said(context, t, done)])
    first, *others = markup.split(text)
    keyboard = keyboards.sure(t, done, held_id) if isinstance(done, Comparison) else None
    await context.turn_page(update, first, None if others else keyboard)
    for index, part in enumerate(others, start=1):
        await context.say(update, part, keyboard if index == len(others) else None)
    context.house.wake()


async def on_leave_out(update: Update, context: Context) -> None:
    """Import nothing of what was shown."""
    (held_id,) = keyboards.LEAVE_OUT.of(update)
    async with context.person(update) as (session, person):
        forgotten = await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    await context.turn_page(update, comparison_texts.left(t) if forgotten else phrases.settled_already(t))


async def _may_import(context: Context, session: AsyncSession, person: Person, file: DialogueFile) -> bool:
    """Who hosts the bot names those who may make dialogues; an organiser of one may change it."""
    if context.is_organiser(person):
        return True
    mine = await rights.memberships(session, person, Right.APPOINT)
    return file.slug in {member.dialogue.slug for member in mine}


def _said(context: Context, t: Translator, done: Done | Comparison | WhyNot) -> str:
    match done:
        case Comparison():
            return comparison_texts.comparison(t, done)
        case Done(imported=imported, compared=compared):
            if not (imported.created or compared.changes):
                return comparison_texts.comparison(t, compared)
            link = f"https://t.me/{context.bot.username}?start={imported.entrance}"
            ready = texts.imported(
                t, imported.slug, link, created=imported.created, moderated_before=imported.moderated_before
            )
            return f"{ready}\n\n{comparison_texts.calendar(t, compared.calendar)}"
        case _:
            return done(t)


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
    Pressed(keyboards.BRING_IN, on_bring_in),
    Pressed(keyboards.LEAVE_OUT, on_leave_out),
    MessageHandler(PRIVATE & (TEXT_FILES | LOOKS_LIKE_FILE), on_perhaps_file),
    Pressed(keyboards.DIALOGUE_FILE, on_dialogue_file),
    Pressed(NEXT_FILE, on_next_file),
]
