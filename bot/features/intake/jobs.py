"""Held messages of which their authors never heard: they are asked again which question each answers."""

from collections.abc import Callable
from datetime import datetime

import structlog
from telegram import Bot, InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.database import Database
from bot.features.intake import keyboards, texts
from bot.features.intake.actions.besides import is_short_question
from bot.features.replies import texts as reply_texts
from bot.features.replies.actions import held as reply_held
from bot.features.replies.actions.held import Unasked
from bot.i18n import translator
from bot.ledger.outcomes import Later
from bot.telegram.sender import AS_HTML, outcome_of, quoting

log = structlog.get_logger()


class Asker:
    """Asks again; `default_language` serves persons whose language isn't shipped."""

    def __init__(self, bot: Bot, database: Database, clock: Callable[[], datetime], default_language: str) -> None:
        self._bot, self._database, self._clock, self._default_language = bot, database, clock, default_language

    async def ask_again(self) -> None:
        """Ask the authors of held messages who were perhaps never asked; to be asked twice is better than never."""
        async with self._database.readers() as session:
            unasked = await reply_held.unasked(session, now=self._clock())
        for held in unasked:
            if held.takes_part and not await self._ask(held):
                continue
            async with self._database.sessions.begin() as session:
                await reply_held.mark_asked(session, held.held_id, now=self._clock())

    async def _ask(self, held: Unasked) -> bool:
        text, keyboard = self._words(held)
        try:
            await self._bot.send_message(
                held.chat_id,
                text,
                **AS_HTML,
                reply_markup=keyboard,
                reply_parameters=quoting(held.message_id),
            )
        except TelegramError as error:
            log.warning("a held message could not be asked about", held_id=held.held_id, error=error.message)
            return not isinstance(outcome_of(error), Later)
        return True

    def _words(self, held: Unasked) -> tuple[str, InlineKeyboardMarkup]:
        """Which question it answers or, where that isn't all there is to say, for whom it is."""
        t, may_reply = translator(held.language, self._default_language), bool(held.places)
        if may_reply and not is_short_question(held.content):
            return reply_texts.which_question(t), keyboards.which_question(t, held.held_id, held.places)
        return texts.for_whom(t, may_reply=may_reply), keyboards.for_whom(t, held.held_id, may_reply=may_reply)
