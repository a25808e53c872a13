"""Updates come in by long polling, and are kept before Telegram hears that they arrived."""

import asyncio
import json
import re
import warnings
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram import Bot
from telegram.error import TelegramError
from telegram.warnings import PTBUserWarning

from bot.inbound.keeper import NotKept
from bot.inbound.parsing import fits
from bot.inbox.repetition import without_repetition
from bot.inbox.updates import RawUpdate, fingerprint_of
from bot.telegram.absence import Absence

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
POLL_SECONDS = 50  # how long Telegram holds an empty poll open
LOOK_SECONDS = 1.0  # between looks at whether it is this process's to poll
BATCH = 100  # the most Telegram gives at once
PAUSE_SECONDS = 3.0  # after an error that isn't Telegram's
SURROGATE = re.compile(r"[\ud800-\udfff]")

log = structlog.get_logger()


class Poller:
    """Asks for updates, keeps each batch in one commit, and only then confirms it by the next request's offset.

    `keep` returns once the updates are safe, and raises if they aren't. Nothing is asked for unless `is_ours` says so.
    """

    def __init__(
        self,
        bot: Bot,
        keep: Callable[[Sequence[RawUpdate]], Awaitable[None]],
        absence: Absence,
        *,
        is_ours: Callable[[], bool] = lambda: True,
    ) -> None:
        self._bot, self._keep, self._absence, self._is_ours = bot, keep, absence, is_ours
        # Boot without an offset: ids may start anew, and what comes twice is known by the inbox.
        self._offset = 0
        self._webhook_left = False

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            if not self._is_ours():
                await asyncio.sleep(LOOK_SECONDS)
                continue
            try:
                await self._leave_webhook()
                await self.poll()
            except TelegramError as error:
                await asyncio.sleep(self._absence.noticed(error))
            except NotKept:
                # The keeper has said why. Nothing was confirmed: it comes again.
                await asyncio.sleep(PAUSE_SECONDS)
            except Exception:
                log.exception("polling failed")
                await asyncio.sleep(PAUSE_SECONDS)

    async def _leave_webhook(self) -> None:
        if not self._webhook_left:
            await self._bot.delete_webhook()
            self._webhook_left = True

    async def poll(self) -> None:
        """One request, one commit."""
        # After an absence not for long: an answer says that it is over.
        batch = await self._fetch(0 if self._absence.lasts else POLL_SECONDS)
        self._absence.over()
        if not batch:
            return
        numbered = [update for update in batch if fits(update.get("update_id"))]
        if len(numbered) < len(batch):
            log.error("what came without an id can't be confirmed", count=len(batch) - len(numbered))
        if not numbered:
            await asyncio.sleep(PAUSE_SECONDS)
            return
        await self._keep([raw_update(update) for update in numbered])
        self._offset = numbered[-1]["update_id"] + 1

    async def _fetch(self, seconds: int) -> list[dict[str, Any]]:
        with warnings.catch_warnings():
            # The raw JSON is wanted: parsed updates would lose what this version of the library doesn't know.
            warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'", category=PTBUserWarning)
            updates: list[dict[str, Any]] = await self._bot.do_api_request(
                "getUpdates",
                api_kwargs={
                    "offset": self._offset,
                    "limit": BATCH,
                    "timeout": seconds,
                    "allowed_updates": list(ALLOWED_UPDATES),
                },
                read_timeout=seconds + 10,
            )
        return updates


def raw_update(update: dict[str, Any]) -> RawUpdate:
    """An update as the inbox keeps it."""
    # By the whole of it: what is kept of it another process would write otherwise, and it would come twice.
    fingerprint = fingerprint_of(_written(update))
    return RawUpdate(
        update["update_id"], lane_of(update), _written(without_repetition(update)), fingerprint=fingerprint
    )


def _written(update: dict[str, Any]) -> str:
    raw = json.dumps(update, ensure_ascii=False)
    # Half a character has no place in UTF-8; escaped, it can be kept.
    return json.dumps(update) if SURROGATE.search(raw) else raw


def lane_of(update: dict[str, Any]) -> int:
    """The chat within which an update keeps its order; 0 for one that belongs to none, or to one with no possible id."""
    for kind, body in update.items():
        if kind == "update_id" or not isinstance(body, dict):
            continue
        message = body.get("message")
        of_message = message.get("chat") if isinstance(message, dict) else None
        place = body.get("chat") or of_message or body.get("from")
        number = place.get("id") if isinstance(place, dict) else None
        return number if isinstance(number, int) and fits(number) else 0
    return 0
