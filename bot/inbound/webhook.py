"""The webhook: Telegram is told where to bring updates, and reminded when it has forgotten."""

import asyncio
from collections.abc import Callable

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.inbound.polling import ALLOWED_UPDATES
from bot.telegram.absence import Absence

CONNECTIONS = 40  # at most so many updates at once; what comes during a commit shares the next
LOOK_SECONDS = 300.0  # between two looks at whether it still stands

log = structlog.get_logger()


class Webhook:
    """The address that Telegram brings updates to, and the secret by which they are known to be Telegram's.

    `on_trouble` is called once for each time that Telegram says it could not bring them.
    """

    def __init__(self, bot: Bot, url: str, secret: str, absence: Absence, *, on_trouble: Callable[[], None]) -> None:
        self._bot, self._url, self._secret, self._absence = bot, url, secret, absence
        self._on_trouble = on_trouble
        self._told_of: object = None  # the moment of the last trouble that was logged

    async def run(self) -> None:
        """Set it, and look after it until cancelled."""
        task = self.set
        while True:
            try:
                await task()
            except TelegramError as error:
                await asyncio.sleep(self._absence.noticed(error))
            else:
                self._absence.over()
                task = self.look
                await asyncio.sleep(LOOK_SECONDS)

    async def set(self) -> None:
        """Tell Telegram; what waits there is never dropped."""
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=list(ALLOWED_UPDATES),
            max_connections=CONNECTIONS,
        )
        log.info("updates come to the webhook", url=self._url)

    async def look(self) -> None:
        """Set it again if something else took it away, and say so if Telegram has had trouble with it."""
        found = await self._bot.get_webhook_info()
        if found.url != self._url:
            log.warning("the webhook was taken away", remedy="stop whatever else uses this token")
            await self.set()
        if found.last_error_date and found.last_error_date != self._told_of:
            log.warning("Telegram had trouble with the webhook", error=found.last_error_message)
            self._told_of = found.last_error_date
            self._on_trouble()
