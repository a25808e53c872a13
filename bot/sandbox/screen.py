"""What people see on their phones: messages, reactions, alerts and menus."""

from typing import Protocol

from bot.sandbox.chats import Chat, Json, author_of
from bot.sandbox.waiting import Reader
from bot.sandbox.world import Person, World


class Position(Protocol):
    """A group or channel."""

    @property
    def chat(self) -> Chat:
        """What is remembered of it."""
        ...


class Screen:
    """One person's view of the private chat with the bot, and of groups."""

    def __init__(self, world: World, person: Person) -> None:
        self._world = world
        self._person = person
        self._chat = world.chats[person.user["id"]]
        self._reader = Reader(world.events, str(person.user["first_name"]))

    @property
    def user(self) -> Json:
        """The User object of the Bot API."""
        return self._person.user

    @property
    def user_id(self) -> int:
        """The person's id, which is also the id of their private chat."""
        return int(self.user["id"])

    @property
    def first_name(self) -> str:
        """What they are called."""
        return str(self.user["first_name"])

    @property
    def language_code(self) -> str | None:
        """The language of their Telegram."""
        return self.user.get("language_code")

    @property
    def note(self) -> str:
        """A line about them for the page."""
        return self._person.note

    @property
    def blocked(self) -> bool:
        """Have they blocked the bot?"""
        return self._chat.blocked

    @property
    def messages(self) -> list[Json]:
        """All messages of the private chat, as they are now, in the Bot API's form."""
        return list(self._chat.messages.values())

    @property
    def received(self) -> list[Json]:
        """The bot's messages in the private chat, as they are now."""
        return self._from_bot(self._chat)

    def opens(self, file_id: str) -> bytes:
        """What is in a file that they received."""
        return self._world.files.get(file_id).content

    @property
    def alerts(self) -> list[str]:
        """What the bot answered to taps, in order."""
        return list(self._person.alerts)

    def reactions(self, message_id: int, *, chat: Position | None = None) -> list[str]:
        """The emoji that the bot put under a message."""
        return (chat.chat if chat else self._chat).emoji(message_id, self._world.bot["id"])

    def commands(self, *, chat: Position | None = None) -> list[Json]:
        """The menu of commands that they see, by audience and language."""
        return self._world.commands_of(self.user_id, chat.chat if chat else self._chat)

    async def receives(
        self,
        text: str,
        *,
        timeout: float = 5,  # noqa: ASYNC109 - waits itself, to tell what came instead
        chat: Position | None = None,
    ) -> Json:
        """The first message from the bot that contains a text and was not returned before; waits for it.

        Args:
            text: A part of the text or caption; directional isolates don't matter.
            timeout: Real seconds to wait.
            chat: A group, if not the private chat.

        Raises:
            AssertionError: It did not come; tells what came instead.
        """
        place = chat.chat if chat else self._chat
        return await self._reader.next_with(text, lambda: self._from_bot(place), seconds=timeout)

    def _from_bot(self, place: Chat) -> list[Json]:
        return [message for message in place.messages.values() if author_of(message) == self._world.bot["id"]]

    async def sees(
        self,
        text: str,
        *,
        timeout: float = 5,  # noqa: ASYNC109 - waits itself, to tell what came instead
    ) -> Json:
        """The newest message of the private chat that contains a text now, be it by an edit; waits for it.

        Raises:
            AssertionError: It did not come; tells what is there instead.
        """
        return await self._reader.wait(text, lambda: self.messages[::-1], seconds=timeout)
