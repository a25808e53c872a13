"""Delivery of updates to the bot's webhook: in order within a chat, repeated until the bot takes them."""

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp

from bot.sandbox.updates import Update
from bot.sandbox.world import World

RESPONSE_SECONDS = 60
LONGEST_PAUSE_SECONDS = 60
"""Telegram's server waits 60 s for an answer, and doubles the pause after a failure up to a minute or two."""


@dataclass
class Delivery:
    """Carries updates from the queue to the webhook; `first_pause` is in real seconds and doubles with each failure."""

    world: World
    first_pause: float = 1.0
    _in_flight: set[int] = field(default_factory=set)

    async def run(self) -> None:
        """Deliver until cancelled."""
        timeout = aiohttp.ClientTimeout(total=RESPONSE_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as deliveries:
            while True:
                await self.world.updates.arrived.wait()
                self.world.updates.arrived.clear()
                for update in self._startable():
                    self._in_flight.add(update.chat_id)
                    deliveries.create_task(self._deliver(session, update))

    def _startable(self) -> list[Update]:
        """The first pending update of each chat that has none under way."""
        webhook = self.world.webhook
        if not webhook.url:
            return []
        first = {update.chat_id: update for update in reversed(self.world.updates.pending)}
        waiting = [first[chat_id] for chat_id in reversed(first) if chat_id not in self._in_flight]
        return waiting[: max(0, webhook.max_connections - len(self._in_flight))]

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        """Bring one update to the webhook, trying again for as long as it is pending."""
        pause = self.first_pause
        try:
            while self.world.webhook.url and update in self.world.updates.pending:
                error = await self._post(session, update)
                if error is None:
                    self.world.updates.confirm(update)
                    return
                self.world.webhook.last_error_date = self.world.date()
                self.world.webhook.last_error_message = error
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        finally:
            self._in_flight.discard(update.chat_id)
            self.world.updates.arrived.set()

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> str | None:
        """Post an update once; the error in Telegram's words, or None if the bot took it."""
        webhook = self.world.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret_token} if webhook.secret_token else {}
        try:
            async with session.post(webhook.url, json=update.json(), headers=headers) as response:
                if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection refused"
