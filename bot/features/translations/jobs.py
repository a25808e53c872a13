"""Translation by a service: the interpreter puts to it what may be translated, a few replies at a time, and keeps what comes back."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.database import Database
from bot.features.translations.actions import translations
from bot.features.translations.actions.translations import Untranslated
from bot.services.translation import ServiceFailed, TranslationService

BATCH = 5
REST_SECONDS = 30.0  # between looks, and after a failure

log = structlog.get_logger()


class Interpreter:
    """Works beside everything else, while this is its process's to do (`is_ours`), since the service may cost money.

    What the service fails at is tried again when nothing else waits.
    """

    def __init__(
        self,
        service: TranslationService,
        database: Database,
        clock: Callable[[], datetime],
        rest_seconds: float = REST_SECONDS,
        *,
        is_ours: Callable[[], bool],
    ) -> None:
        self._is_ours = is_ours
        self._service, self._database, self._clock, self._rest_seconds = service, database, clock, rest_seconds
        self._failed: set[int] = set()

    async def run(self) -> None:
        """Translate until cancelled."""
        while True:
            try:
                done = await self.translate_some() if self._is_ours() else 0
            except SQLAlchemyError as error:
                if not self._database.outage.noticed(error):
                    log.exception("translations could not be read or kept")
                done = 0
            if not done:
                await asyncio.sleep(self._rest_seconds)

    async def translate_some(self) -> int:
        """Put a few replies to the service; returns how many it translated."""
        async with self._database.readers() as session:
            wanted = await translations.wanted(session, limit=BATCH, except_for=self._failed)
        if not wanted:
            self._failed.clear()
        return sum([await self._translate(one) for one in wanted])

    async def _translate(self, one: Untranslated) -> bool:
        try:
            texts = {into: await self._service.translate(one.text, source=one.source, into=into) for into in one.into}
        except ServiceFailed as error:
            log.warning("the translation service failed", service=self._service.name, error=str(error))
            self._failed.add(one.reply_id)
            return False
        async with self._database.sessions.begin() as session:
            await translations.keep_from_service(
                session, one.reply_id, of_text=one.text, texts=texts, service=self._service.name, now=self._clock()
            )
        return True
