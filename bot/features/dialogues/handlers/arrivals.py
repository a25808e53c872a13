"""A dialogue file comes in: an organiser is told its faults, what it would change, or that it was imported; anyone else's is a message."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot import authoring, markup, phrases
from bot.authoring import Read
from bot.core import members, rights
from bot.core.prompts import Prompt, open_prompt
from bot.features.dialogues import keyboards
from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.handlers import imports, tables
from bot.features.dialogues.handlers.imports import WhyNot
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.dialogues.texts import files as texts
from bot.features.intake.handlers import messages
from bot.features.intake.handlers.besides import Why
from bot.features.replies.actions import held as reply_held
from bot.i18n import Translator
from bot.models import Awaiting, Person
from bot.telegram.buttons import Pressed
from bot.telegram.content import content_of, id_of
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE

TEXT_FILES = filters.Document.FileExtension("txt") | filters.Document.FileExtension("md") | filters.Document.TEXT
FILES = filters.Document.FileExtension("yaml") | filters.Document.FileExtension("yml")


class _LooksLikeFile(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        """Whether words seem to be a dialogue file, or a dialogue with headings."""
        return _seems_to_be_one(message.text or "")


def _seems_to_be_one(text: str) -> bool:
    return authoring.looks_like_file(text) or authoring.looks_like_manuscript(text)


class _IsManuscript(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        """Whether a file is one of an office program."""
        return message.document is not None and imports.is_manuscript(message.document)


LOOKS_LIKE_FILE = _LooksLikeFile()
MANUSCRIPTS = _IsManuscript()


async def on_file(update: Update, context: Context) -> None:
    """Say all that is wrong with an organiser's file, or what it would change, or import it where nobody has to be asked.

    Nobody else's is looked into: from somebody with another role it is held, from a member it is a reply like any other.
    """
    message = update.message
    assert message is not None
    assert message.document is not None
    sender = await _sender(context, message.chat_id)
    if sender is None or not sender.organises:
        await messages.on_message(update, context, texts.for_organisers)
        return
    await _import_and_tell(update, context, await imports.download(context, message.document))


@dataclass(frozen=True)
class _Sender:
    """Somebody with a role, or who may make a dialogue; whether they organise one, or may, and what they were asked for."""

    organises: bool
    awaiting: Awaiting | None
    prompt: Prompt | None


async def _sender(context: Context, telegram_id: int) -> _Sender | None:
    """Who sends a file, if their files are looked into; None for a member."""
    async with context.house.database.readers() as session:
        known = await members.known(session, telegram_id=telegram_id)
        if known is None:
            return None
        organises = await imports.organises(context, session, known)
        if not organises and not await rights.is_of_team(session, known):
            return None
        return _Sender(organises, known.awaiting, open_prompt(known, context.house.prompts, now=context.now))


async def on_perhaps_file(update: Update, context: Context, why: Why | None = None) -> None:
    """Ask an organiser what it is that looks like a dialogue file; from anyone else it is a message like any other.

    Somebody with a role is told `why` nothing else was made of it.
    """
    message = update.message
    assert message is not None
    taken = await tables.take_in(update, context)
    if taken is True:
        return
    no_table = taken or None
    sender = await _sender(context, message.chat_id)
    looks = sender is not None and why is None and await _looks_like_one(context, message)
    if sender is None or not looks or _is_asked_for(sender, message):
        await messages.on_message(update, context, why or no_table)
    elif not sender.organises:
        await messages.on_message(update, context, _why_no_dialogue(no_table))
    else:
        await _ask(update, context, message)


async def _ask(update: Update, context: Context, message: Message) -> None:
    async with context.person(update) as (session, person):
        held_id = await reply_held.hold(session, person, id_of(update), content_of(message), message.date)
    t = context.words(person)
    question = texts.is_it_one(t) if MANUSCRIPTS.filter(message) else texts.what_is_it(t)
    await context.say(update, question, keyboards.what_is_it(t, held_id), quote=True)
    async with context.house.database.sessions.begin() as session:
        await reply_held.mark_asked(session, held_id, now=context.now)


def _is_asked_for(sender: _Sender, message: Message) -> bool:
    """Whether it is what the bot asked for; a file, or a whole dialogue, is none for the page of a draft that is before its author."""
    text, prompt = message.text, sender.prompt
    if sender.awaiting is Awaiting.DRAFT:
        return text is not None and not authoring.looks_like_file(text)
    if text is None:
        return prompt is not None and prompt.takes(content_of(message))
    return prompt is not None or sender.awaiting in {Awaiting.ANSWER, Awaiting.RESPONSE}


def _why_no_dialogue(no_table: Why | None) -> Why:
    """Why nothing is made of what may be a dialogue file, or a table of a Summary."""
    return lambda t: "\n\n".join([*([no_table(t)] if no_table else []), texts.for_organisers(t)])


async def _looks_like_one(context: Context, message: Message) -> bool:
    """Whether it is a file of an office program, or words (also in a file) that seem to be a dialogue; what can't be looked into may be."""
    if message.document is None:
        return _seems_to_be_one(message.text or "")
    if MANUSCRIPTS.filter(message):
        return True
    content = await imports.download(context, message.document)
    return not isinstance(content, bytes) or _seems_to_be_one(content.decode("utf-8", "replace"))


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
    content = imports.content_to_read(held.content) if file is None else await imports.download(context, file)
    await _import_and_tell(update, context, content, held_id)


async def _import_and_tell(
    update: Update, context: Context, content: bytes | WhyNot, held_id: int | None = None
) -> None:
    """Import a file where nobody has to be asked, and say what came of it, what it would change, or all that is wrong with it.

    It is held until its sender has said whether it is to be brought in.
    """
    read = await imports.read(context, content) if isinstance(content, bytes) else content
    wrong = isinstance(read, Read) and bool(read.errors)
    goes_on = wrong and isinstance(content, bytes) and await imports.unfinished(context, content) is not None
    async with context.person(update) as (session, person):
        done = await imports.look_at(context, session, person, read) if isinstance(read, Read) else read
        asks = isinstance(done, Comparison) or goes_on
        held_id = await _hold(update, context, session, person, held_id, asks=asks)
    t = context.words(person)
    said = [*(_fault(t, fault) for fault in _faults(read))]
    said.insert(len(said) if isinstance(done, Comparison) else 0, imports.said(context, t, done))
    *parts, last = markup.split("\n\n".join(said))
    for part in parts:
        await context.say(update, part, quote=True)
    keyboard = None
    if held_id is not None:
        keyboard = keyboards.sure(t, done, held_id) if isinstance(done, Comparison) else keyboards.go_on(t, held_id)
    await context.say(update, last, keyboard, quote=True)
    context.house.wake()


async def _hold(
    update: Update, context: Context, session: AsyncSession, person: Person, held_id: int | None, *, asks: bool
) -> int | None:
    """Hold a file while its sender is asked, or may go on with it in the chat, and no longer."""
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


def _faults(read: Read | WhyNot) -> Iterable[authoring.Fault]:
    return (*read.errors, *read.warnings) if isinstance(read, Read) else ()


def _fault(t: Translator, fault: authoring.Fault) -> str:
    return f"<blockquote>{markup.escape(fault_texts.fault(t, fault))}</blockquote>"


HANDLERS = [
    MessageHandler(PRIVATE & FILES, on_file),
    MessageHandler(PRIVATE & (TEXT_FILES | MANUSCRIPTS | LOOKS_LIKE_FILE), on_perhaps_file),
    Pressed(keyboards.DIALOGUE_FILE, on_dialogue_file),
]
