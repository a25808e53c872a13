"""Many people with phones: they join, answer each question they see, and change some of what they said."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.sandbox import Phone, Sandbox

FIRST_ID = 20_000
LOOK_SECONDS = 0.15
PATIENCE_SECONDS = 6.0  # before someone presses a button again that did nothing
QUESTION = re.compile(r"Question (\d+) of")
REMINDER = "This question is still open."
ASKED = "What have you seen of topic"  # without it, a message only says that a question is open


@dataclass
class Said:
    """What someone said last in a message, and to which question."""

    number: int
    text: str


class Attendee:
    """One person; all that they do by chance comes from one seed."""

    def __init__(self, phone: Phone, slug: str, seed: int) -> None:
        self.phone = phone
        self.said: dict[int, Said] = {}
        self._slug = slug
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._seen: set[int] = set()
        self._tapped: set[int] = set()

    async def join(self) -> None:
        """Open the link and tap "Join", as often as it takes."""
        while not self._takes_part():
            invitation = self._with_button("join:")
            if invitation is None:
                await self.phone.opens_link(self._slug)
            else:
                await self.phone.taps(message_id=invitation[0], data=invitation[1])
            await self._wait_until_something_changed()

    def _takes_part(self) -> bool:
        return bool(self.phone.received) and self._with_button("join:") is None

    async def _wait_until_something_changed(self) -> None:
        before = self.phone.received
        waited = 0.0
        while self.phone.received == before and waited < PATIENCE_SECONDS:
            await asyncio.sleep(LOOK_SECONDS)
            waited += LOOK_SECONDS

    def _with_button(self, begins: str) -> tuple[int, str] | None:
        for message in reversed(self.phone.received):
            for button in _buttons(message):
                if button["callback_data"].startswith(begins):
                    return message["message_id"], button["callback_data"]
        return None

    async def look(self) -> bool:
        """Answer what came since the last look; whether there was anything."""
        new = [message for message in self.phone.received if message["message_id"] not in self._seen]
        for message in new:
            self._seen.add(message["message_id"])
            number = number_of(message)
            if any(button["callback_data"].startswith("place:") for button in _buttons(message)):
                await self._say_which(message)
            elif number is not None and not is_reminder(message) and self._chance.random() < 0.85:
                await self._answer(message, number)
        return bool(new)

    async def _answer(self, question: dict[str, Any], number: int) -> None:
        await self._hesitate()
        text = f"{self.phone.first_name} on {number}"
        message = await self.phone.sends(text, reply_to=question["message_id"])
        self.said[message["message_id"]] = Said(number, text)
        if self._chance.random() < 0.25:
            await self._hesitate()
            await self.phone.edits(message["message_id"], f"{text}, on second thoughts")
            self.said[message["message_id"]].text = f"{text}, on second thoughts"

    async def _say_which(self, asking: dict[str, Any]) -> None:
        """The bot asks which question a message answers."""
        said = self.said[asking["reply_to_message"]["message_id"]]
        await self.phone.taps(f"Topic {said.number:02}", message_id=asking["message_id"])

    async def _hesitate(self) -> None:
        await asyncio.sleep(self._chance.uniform(0.02, 0.6))


class Crowd:
    """All of them."""

    def __init__(self, sandbox: Sandbox, slug: str, size: int, *, seed: int) -> None:
        self.people = [
            Attendee(
                sandbox.phone(FIRST_ID + index, f"Person {index}", language_code="en"), slug, seed * 1_000_000 + index
            )
            for index in range(size)
        ]
        self._leaving = False

    async def join(self, share: float, *, seconds: float) -> None:
        """So many of them join; fails if that takes longer."""
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as joining:
            for attendee in self.people[: round(len(self.people) * share)]:
                joining.create_task(attendee.join())

    @asynccontextmanager
    async def present(self) -> AsyncIterator[None]:
        """They live while the block runs, and end it by answering what they have on their phones."""
        self._leaving = False
        async with asyncio.TaskGroup() as lives:
            for attendee in self.people:
                lives.create_task(self._live(attendee))
            try:
                yield
            finally:
                self._leaving = True

    async def _live(self, attendee: Attendee) -> None:
        await attendee.join()
        while await attendee.look() or not self._leaving:  # noqa: ASYNC110 - people look now and then
            await asyncio.sleep(LOOK_SECONDS)

    def said(self) -> Iterator[tuple[int, int, Said]]:
        """Everything that was said: the person's Telegram id, the message's id, and the words."""
        for attendee in self.people:
            for message_id, said in attendee.said.items():
                yield attendee.phone.user_id, message_id, said


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row if "callback_data" in button]


def is_reminder(message: dict[str, Any]) -> bool:
    """Whether a message from the bot reminds of a question."""
    return bool(message.get("text", "").startswith(REMINDER))


def number_of(message: dict[str, Any]) -> int | None:
    """The number of the question that a message from the bot brings; None if it brings none."""
    text = message.get("text", "")
    if ASKED not in text:
        return None
    heading = text.removeprefix(REMINDER).split("\n\n")
    found = next((QUESTION.match(part) for part in heading if QUESTION.match(part)), None)
    return int(found[1]) if found else None
