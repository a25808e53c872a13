"""The ledger goes out: what is due is claimed, written in each person's language, sent at the pace Telegram takes, and recorded."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

import structlog
from telegram import Bot, InlineKeyboardMarkup
from telegram.error import RetryAfter, TelegramError

from bot import markup
from bot.actions import delivering, digesting
from bot.actions.delivering import Letter, Outcome, Sent, Uncertain
from bot.database import Database
from bot.i18n import Translator, translator
from bot.models import Kind
from bot.telegram import keyboards
from bot.telegram.pacer import Pacer
from bot.telegram.sender import AS_HTML, send, wait_of
from bot.texts import digests, questions

BATCH = 30  # deliveries claimed at once: at most these are uncertain after a crash

log = structlog.get_logger()


class Dispatcher:
    """Sends what the ledger owes; `default_language` serves persons whose language isn't shipped."""

    def __init__(
        self, bot: Bot, database: Database, pacer: Pacer, clock: Callable[[], datetime], default_language: str
    ) -> None:
        self._bot, self._database, self._pacer, self._clock = bot, database, pacer, clock
        self._default_language = default_language

    async def deliver_due(self, *, until: Callable[[], bool] = lambda: False) -> int:
        """Send all that is due now, or as much of it as can be until `until` is true; returns how many were sent."""
        sent = 0
        while not until() and (letters := await self._claim()):
            by_chat = groupby(sorted(letters, key=lambda letter: letter.chat_id), lambda letter: letter.chat_id)
            async with asyncio.TaskGroup() as chats:
                tasks = [chats.create_task(self._deliver_in_order(list(of_chat))) for _, of_chat in by_chat]
            sent += sum(task.result() for task in tasks)
        return sent

    async def _claim(self) -> Sequence[Letter]:
        while True:
            async with self._database.sessions.begin() as session:
                claimed = await delivering.claim_due(session, now=self._clock(), limit=BATCH)
            if claimed.letters or not claimed.set_aside:
                return claimed.letters

    async def _deliver_in_order(self, letters: Sequence[Letter]) -> int:
        sent = 0
        for letter in sorted(letters, key=lambda letter: letter.delivery_id):
            sent += isinstance(await self._deliver(letter), Sent)
        return sent

    async def _deliver(self, letter: Letter) -> Outcome:
        try:
            parts, keyboard = await self._write(letter)
            async with self._pacer.slot():
                outcome = await send(self._bot, letter.chat_id, parts, keyboard)
        except Exception as error:
            # A fault of ours in one letter must not stop the others.
            log.exception("a delivery failed", delivery_id=letter.delivery_id, kind=letter.kind)
            outcome = Uncertain(repr(error))
        if not isinstance(outcome, Sent):
            log.warning("not sent", delivery_id=letter.delivery_id, kind=letter.kind, outcome=str(outcome))
        async with self._database.sessions.begin() as session:
            await delivering.record(session, letter.delivery_id, outcome, now=self._clock())
        return outcome

    async def _write(self, letter: Letter) -> tuple[Sequence[str], InlineKeyboardMarkup | None]:
        t = translator(letter.language, self._default_language)
        if letter.kind is Kind.DIGEST:
            return await self._write_digest(t, letter), None
        if letter.note is not None:
            return questions.note(t, letter.note), None
        assert letter.asked is not None
        if letter.kind is Kind.REMINDER:
            text = questions.reminder(t, letter.asked, whole=letter.whole)
            return markup.split(text), keyboards.reminder(t, letter.asked.question_id)
        return markup.split(questions.asked(t, letter.asked)), None

    async def _write_digest(self, t: Translator, letter: Letter) -> Sequence[str]:
        async with self._database.readers() as session:
            contents = await digesting.scheduled(session, digest_id=letter.digest_id or 0, language=t.language)
        return markup.split(digests.as_message(digests.compose(t, contents)))

    async def correct_stale(self) -> int:
        """Edit posted questions whose wording has changed, where Telegram still allows it; returns how many."""
        corrected = 0
        while True:
            async with self._database.sessions.begin() as session:
                letters = await delivering.claim_stale(session, limit=BATCH)
            if not letters:
                return corrected
            for letter in letters:
                corrected += await self._correct(letter)

    async def _correct(self, letter: Letter) -> bool:
        (text, *_), keyboard = await self._write(letter)
        try:
            async with self._pacer.slot():
                await self._bot.edit_message_text(
                    text, letter.chat_id, letter.message_id, **AS_HTML, reply_markup=keyboard
                )
        except RetryAfter as error:
            await asyncio.sleep(wait_of(error))
            async with self._database.sessions.begin() as session:
                await delivering.mark_stale(session, letter.delivery_id)
        except TelegramError as error:
            log.info("a posted question could not be edited", delivery_id=letter.delivery_id, error=error.message)
        else:
            return True
        return False
