"""The concept note as a file is fetched from Telegram, so that a PDF of the Summary carries it (attachment)."""

from collections.abc import Sequence
from pathlib import PurePosixPath

import structlog
from telegram.error import TelegramError

from bot.models import Dialogue
from bot.paper.pdf import Enclosed
from bot.telegram.context import Context

LARGEST = 5_000_000  # bytes: whoever gets the Summary on a phone pays for the note as well

log = structlog.get_logger()


async def attached(context: Context, dialogue: Dialogue, languages: Sequence[str]) -> tuple[Enclosed, ...]:
    """The concept note in some languages, as far as there is one and Telegram hands it over: the Summary doesn't wait for it."""
    wanted = [tag for tag in languages if dialogue.note_files.get(tag) not in {None, *dialogue.refused_files}]
    found = [await _fetch(context, tag, dialogue.note_files[tag]) for tag in wanted]
    return tuple(each for each in found if each is not None)


async def _fetch(context: Context, language: str, file_id: str) -> Enclosed | None:
    try:
        file = await context.bot.get_file(file_id)
        if (file.file_size or 0) > LARGEST:
            return None
        content = bytes(await file.download_as_bytearray())
    except TelegramError as error:
        log.warning("a concept note was not attached", error=type(error).__name__)
        return None
    return Enclosed(f"concept-note-{language}{PurePosixPath(file.file_path or '').suffix}", content)
