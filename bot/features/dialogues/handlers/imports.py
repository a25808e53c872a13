"""A dialogue file is read, compared with what is running, and imported by those who may."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Document
from telegram.error import TelegramError

from bot import authoring
from bot.authoring import MOST_BYTES, MOST_BYTES_OF_MANUSCRIPT, Content, DialogueFile, Read
from bot.child import TookTooLong
from bot.core import members, rights
from bot.core.messages import Content as Message
from bot.core.messages import File
from bot.core.rights import Right
from bot.features.dialogues.actions import comparison, files, merging
from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.actions.files import Imported
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.dialogues.texts import files as texts
from bot.features.moderation.actions import log
from bot.features.team.actions import organisers
from bot.i18n import Translator
from bot.models import Act, Person
from bot.telegram.context import Context

MANUSCRIPTS = frozenset({".docx", ".xlsx", ".docm", ".xlsm", ".doc", ".xls", ".odt", ".ods", ".rtf"})
_MIB = 1024 * 1024
READING_SECONDS = 5.0  # of a processor; an ordinary file takes some hundredths

WhyNot = Callable[[Translator], str]
"""Why a file was not imported, to be said in some language."""


@dataclass(frozen=True)
class Done:
    """A file that was imported, and what that changed."""

    imported: Imported
    compared: Comparison


async def organises(context: Context, session: AsyncSession, person: Person) -> bool:
    """Whether a person organises a dialogue, or may make one."""
    return context.is_organiser(person) or Right.APPOINT in await rights.rights(session, person)


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
            imported = await files.import_file(session, file, now=context.now, as_finished=compared.enters)
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


async def _may_import(context: Context, session: AsyncSession, person: Person, file: DialogueFile) -> bool:
    """Who hosts the bot names those who may make dialogues; an organiser of one may change it."""
    if context.is_organiser(person):
        return True
    mine = await rights.memberships(session, person, Right.APPOINT)
    return file.slug in {member.dialogue.slug for member in mine}


def said(context: Context, t: Translator, done: Done | Comparison | WhyNot) -> str:
    """What came of a file, or what it would change."""
    match done:
        case Comparison():
            return comparison_texts.comparison(t, done)
        case Done(imported=imported, compared=compared):
            if not (imported.created or compared.changes):
                return comparison_texts.comparison(t, compared)
            link = f"https://t.me/{context.bot.username}?start={imported.entrance}"
            if imported.finished:
                return texts.entered(t, imported.slug)
            ready = texts.imported(
                t, imported.slug, link, created=imported.created, moderated_before=imported.moderated_before
            )
            return f"{ready}\n\n{comparison_texts.calendar(t, compared.calendar)}"
        case _:
            return done(t)
