"""Posted questions whose wording has changed since, the stale ones, are edited where they stand."""

import time
from collections.abc import Callable

import structlog
from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import RetryAfter, TelegramError

from bot.database import Database
from bot.features.discussion.actions.frames import Frame
from bot.ledger.letters import Letter
from bot.ledger.outcomes import Later, NothingToTell, Outcome, Sent, Uncertain
from bot.outbound.actions import claims
from bot.outbound.letters import Letters
from bot.telegram.sender import AS_HTML, outcome_of, wait_of

BATCH = 30
REWRITE_SECONDS = 900.0  # what mends a letter is a new version of the program, or a package

log = structlog.get_logger()


class Corrector:
    """Edits what is stale, unasked, as the gate lets it; it is stale until it has been edited, or can't be."""

    def __init__(self, bot: Bot, database: Database, *, letters: Letters) -> None:
        self._bot, self._database, self._letters = bot, database, letters
        self._no_edits_until = 0.0
        self._faulty: dict[int, float] = {}

    async def correct_stale(self, *, until: Callable[[], bool] = lambda: False) -> None:
        """Edit posted questions whose wording has changed, where Telegram still allows it.

        Each is tried once. The rest is left to a later call when Telegram asks to wait, or as soon as `until` is true.
        """
        after = 0
        while not self._is_to_stop(until):
            async with self._database.readers() as session:
                letters = await claims.stale(session, after=after, limit=BATCH)
                frames = await self._letters.frames(session, letters)
            if not letters:
                break
            after = letters[-1].delivery_id
            for letter in letters:
                if self._is_to_stop(until):
                    break
                await self._correct(letter, frames.get(letter.delivery_id))

    def _is_to_stop(self, until: Callable[[], bool]) -> bool:
        return time.monotonic() < self._no_edits_until or until()

    async def _correct(self, letter: Letter, frame: Frame | None) -> None:
        if time.monotonic() < self._faulty.get(letter.delivery_id, 0.0):
            return
        try:
            outcome = await self._edit(letter, frame)
        except Exception as error:
            # A fault of ours in one letter must not stop the others.
            if not self._database.outage.noticed(error):
                log.exception("a posted question could not be written anew", delivery_id=letter.delivery_id)
                self._faulty[letter.delivery_id] = time.monotonic() + REWRITE_SECONDS
            return
        self._faulty.pop(letter.delivery_id, None)
        if isinstance(outcome, Later | Uncertain):
            return  # to edit a message twice does no harm
        async with self._database.sessions.begin() as session:
            await claims.mark_corrected(session, letter)

    async def _edit(self, letter: Letter, frame: Frame | None) -> Outcome:
        written = await self._letters.rewrite(letter, frame)
        if isinstance(written, NothingToTell):
            return written
        text, keyboard = written
        assert letter.message_id is not None, "it was posted"
        try:
            await self._change(letter.chat_id, letter.message_id, text, keyboard, captioned=letter.spoken is not None)
        except TelegramError as error:
            if isinstance(error, RetryAfter):
                self._no_edits_until = time.monotonic() + wait_of(error)
            log.info("a posted question could not be edited", delivery_id=letter.delivery_id, error=error.message)
            return outcome_of(error)
        return Sent(letter.message_id)

    async def _change(
        self, chat_id: int, message_id: int, text: str, keyboard: InlineKeyboardMarkup | None, *, captioned: bool
    ) -> None:
        if captioned:
            await self._bot.edit_message_caption(
                chat_id, message_id, caption=text, parse_mode=ParseMode.HTML, reply_markup=keyboard
            )
        else:
            await self._bot.edit_message_text(text, chat_id, message_id, **AS_HTML, reply_markup=keyboard)
