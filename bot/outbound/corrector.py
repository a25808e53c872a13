"""Posted questions whose wording has changed since, the stale ones, are edited where they stand."""

import time

import structlog
from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.database import Database
from bot.features.discussion.actions.frames import Frame
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell
from bot.outbound.actions import claims
from bot.outbound.letters import Letters
from bot.telegram.sender import AS_HTML, wait_of

BATCH = 30

log = structlog.get_logger()


class Corrector:
    """Edits what is stale, unasked, as the gate lets it."""

    def __init__(self, bot: Bot, database: Database, *, letters: Letters) -> None:
        self._bot, self._database, self._letters = bot, database, letters
        self._no_edits_until = 0.0

    async def correct_stale(self) -> int:
        """Edit posted questions whose wording has changed, where Telegram still allows it; returns how many.

        When Telegram asks to wait, the rest is left to a later call.
        """
        corrected = 0
        while time.monotonic() >= self._no_edits_until:
            async with self._database.sessions.begin() as session:
                letters = await claims.claim_stale(session, limit=BATCH)
                frames = await self._letters.frames(session, letters)
            if not letters:
                return corrected
            for letter in letters:
                if time.monotonic() < self._no_edits_until:
                    await self._leave_stale(letter)
                else:
                    corrected += await self._correct(letter, frames.get(letter.delivery_id))
        return corrected

    async def _correct(self, letter: Letter, frame: Frame | None) -> bool:
        try:
            written = await self._letters.write(letter, frame)
        except Exception as error:
            # A fault of ours in one letter must not stop the others.
            if not self._database.outage.noticed(error):
                log.exception("a posted question could not be written anew", delivery_id=letter.delivery_id)
            return False
        if isinstance(written, NothingToTell):
            return False
        (text, *_), keyboard = written
        assert isinstance(text, str), "a question is words"
        try:
            await self._bot.edit_message_text(text, letter.chat_id, letter.message_id, **AS_HTML, reply_markup=keyboard)
        except RetryAfter as error:
            self._no_edits_until = time.monotonic() + wait_of(error)
            await self._leave_stale(letter)
        except TelegramError as error:
            log.info("a posted question could not be edited", delivery_id=letter.delivery_id, error=error.message)
        else:
            return True
        return False

    async def _leave_stale(self, letter: Letter) -> None:
        async with self._database.sessions.begin() as session:
            await claims.mark_stale(session, letter.delivery_id)
