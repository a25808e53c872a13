"""The phones of a play: what its people do reaches the bot's own handlers, as updates, and what these answer is taken from the wire."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from telegram import Update

from bot.app.stage.cast import Player
from bot.app.stage.wire import Wire, Wired
from bot.core.plays import Script
from bot.database import Database
from bot.features.members.actions import profile
from bot.inbound.application import build
from bot.settings import load
from bot.telegram.context import House, Work, current_work
from bot.telegram.gate import Gate
from bot.telegram.gate.asking import TO_A_TAP, asking

TOKEN = "42:play"  # noqa: S105 - opens nothing: the wire leads nowhere
RATE = 1000


class Phones:
    """Everyone's phone; whatever a handler raises is raised here."""

    def __init__(self, database: Database, script: Script, clock: Callable[[], datetime]) -> None:
        self._clock, self.wire = clock, Wire(script.username, clock)
        settings = load(None, telegram_bot_token=TOKEN, default_language=script.default_language, organiser_ids=())
        house = House(database, settings, clock, Gate(RATE), lambda: None, profile.return_to_reach)
        self._application = build(settings, house, lambda *_: None, self.wire)
        self.bot = self._application.bot
        self._updates = 0

    @asynccontextmanager
    async def switched_on(self) -> AsyncIterator[None]:
        """While they may be used."""
        await self._application.initialize()
        try:
            yield
        finally:
            await self._application.shutdown()

    async def write(self, player: Player, text: str, reply_to: int | None = None) -> list[Wired]:
        """Someone writes to the bot, perhaps as a reply to one of its messages; what it answers."""
        message: dict[str, Any] = {**self._head(player), "message_id": self.wire.number(), "text": text}
        if text.startswith("/"):
            length = len(text.partition(" ")[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if reply_to is not None:
            message["reply_to_message"] = {**self._head(player), "message_id": reply_to, "from": self.bot.bot.to_dict()}
        return await self._bring({"message": message})

    async def tap(self, player: Player, message: Wired, data: str) -> list[Wired]:
        """Someone taps a button under a message of the bot; what it answers."""
        rows = [[dict(button) for button in row] for row in message.keyboard]
        below = {
            **self._head(player),
            "message_id": message.message_id,
            "from": self.bot.bot.to_dict(),
            "text": "-",
            "reply_markup": {"inline_keyboard": rows},
        }
        query = {"id": "0", "from": _user(player), "message": below, "chat_instance": "0", "data": data}
        return await self._bring({"callback_query": query})

    def _head(self, player: Player) -> dict[str, Any]:
        chat = {"id": player.telegram_id, "type": "private", "first_name": player.name}
        return {"date": int(self._clock().timestamp()), "chat": chat, "from": _user(player)}

    async def _bring(self, update: dict[str, Any]) -> list[Wired]:
        self._updates += 1
        work = Work(self._updates)
        current_work.set(work)
        asking.set(TO_A_TAP)
        await self._application.process_update(Update.de_json({"update_id": self._updates, **update}, self.bot))
        if work.error is not None:
            raise work.error
        return self.wire.taken()


def _user(player: Player) -> dict[str, Any]:
    return {"id": player.telegram_id, "is_bot": False, "first_name": player.name, "language_code": player.language}
