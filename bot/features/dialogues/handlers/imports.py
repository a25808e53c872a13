"""A dialogue file is read, compared with what is running, and imported by those who may."""

from collections.abc import Callable
from pathlib import PurePath

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Document
from telegram.error import TelegramError

from bot import authoring
from bot.authoring import MOST_BYTES, MOST_BYTES_OF_MANUSCRIPT, Content, Read
from bot.child import TookTooLong
from bot.core.messages import Content as Message
from bot.core.messages import File
from bot.features.dialogues.actions import imports as actions
from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.actions.imports import Done, Hosting
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.dialogues.texts import files as texts
from bot.i18n import Translator
from bot.models import Person
from bot.settings import Settings
from bot.telegram.context import Context

MANUSCRIPTS = frozenset({".docx", ".xlsx", ".docm", ".xlsm", ".doc", ".xls", ".odt", ".ods", ".rtf"})
_MIB = 1024 * 1024
READING_SECONDS = 5.0  # of a processor; an ordinary file takes some hundredths

WhyNot = Callable[[Translator], str]
"""Why a file was not imported, to be said in some language."""


async def organises(context: Context, session: AsyncSession, person: Person) -> bool:
    """Whether a person organises a dialogue, or may make one."""
    return await actions.organises(session, person, hosting(context.house.settings))


async def download(context: Context, document: Document | File) -> bytes | WhyNot:
    """What a file holds, or why it can't be had."""
    size = document.size if isinstance(document, File) else document.file_size
    most = MOST_BYTES_OF_MANUSCRIPT if is_manuscript(document) else MOST_BYTES
    if size is not None and size > most:
        return lambda t: texts.too_large(t, most // _MIB)
    try:
        file = await context.bot.get_file(document.file_id or "")
        return bytes(await file.download_as_bytearray())
    except TelegramError:
        return texts.not_downloaded


def is_manuscript(document: Document | File) -> bool:
    """Whether a file is one of an office program, in which a dialogue may stand."""
    return PurePath(document.file_name or "").suffix.lower() in MANUSCRIPTS


def content_to_read(content: Message) -> bytes:
    """Words that were sent, as they are to be read: with what is bold or a link, unless they are a dialogue file."""
    return (content.text if authoring.looks_like_file(content.text) else content.authored).encode()


async def read(context: Context, content: bytes) -> Read | WhyNot:
    """A dialogue file as a value with its faults, or why it isn't read."""
    try:
        return await context.house.child.do(authoring.read_any, content, seconds=READING_SECONDS)
    except TookTooLong:
        return texts.takes_too_long


async def unfinished(context: Context, content: bytes) -> Content | None:
    """What a file says that isn't right yet, to be gone on with; None where that can't be told."""
    try:
        return await context.house.child.do(authoring.found_in, content, seconds=READING_SECONDS)
    except TookTooLong:
        return None


async def look_at(
    context: Context, session: AsyncSession, person: Person, read: Read, key: str | None = None
) -> Done | Comparison | WhyNot:
    """Import a file where nobody has to be asked, or they have seen what that changes (its `key`)."""
    try:
        return await actions.bring_in(session, person, read, hosting(context.house.settings), now=context.now, key=key)
    except actions.REFUSED as refused:
        error = refused
        return lambda t: texts.not_brought_in(t, error)


def hosting(settings: Settings) -> Hosting:
    """What whoever hosts the bot has set, as far as it is about making dialogues."""
    return Hosting(settings.organiser_ids, settings.default_language)


def said(context: Context, t: Translator, done: Done | Comparison | WhyNot) -> str:
    """What came of a file, or what it would change."""
    match done:
        case Comparison():
            return comparison_texts.comparison(t, done)
        case Done():
            return comparison_texts.brought_in(t, done, context.bot.username)
        case _:
            return done(t)
