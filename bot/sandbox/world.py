"""All that the sandboxed Telegram remembers, and the few ways in which it changes."""

import time
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.chats import Chat, Json, entities_of, text_of
from bot.sandbox.clock import Clock
from bot.sandbox.events import Events
from bot.sandbox.files import Files
from bot.sandbox.markup.showing import show
from bot.sandbox.profile import Profile
from bot.sandbox.updates import Updates, Webhook


@dataclass
class Person:
    """Someone with a phone: the User object, what the bot told them in alerts, and a line for the page."""

    user: Json
    note: str = ""
    alerts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tap:
    """A button was tapped: by whom, in which chat, and when, in real seconds."""

    user_id: int
    chat_id: int
    at: float = field(default_factory=time.monotonic)


@dataclass
class World:
    """The state of the sandbox.

    Attributes:
        bot: The bot's User object.
        token: The bot's token, by which is signed what Mini Apps are told.
        callbacks: Callback queries by their id.
        query_seconds: Real seconds after which one is too old to be answered.
    """

    clock: Clock
    bot: Json
    profile: Profile
    updates: Updates = field(default_factory=Updates)
    webhook: Webhook = field(default_factory=Webhook)
    events: Events = field(default_factory=Events)
    files: Files = field(default_factory=Files)
    chats: dict[int, Chat] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    callbacks: dict[str, Tap] = field(default_factory=dict)
    query_seconds: float = 15.0
    token: str = ""
    last_number: int = 0

    def date(self) -> int:
        """The present moment in Unix seconds."""
        return int(self.clock.now().timestamp())

    def number(self) -> str:
        """A number that was not used before, for callback queries, albums and polls."""
        self.last_number += 1
        return str(self.last_number)

    def bot_face(self) -> Json:
        """The bot as it appears in messages: without what getMe alone tells."""
        return {key: self.bot[key] for key in ("id", "is_bot", "first_name", "username")}

    def post(self, chat: Chat, content: Json) -> Json:
        """Put a message into a chat: gives it its id, date and chat, and tells the page."""
        message_id = chat.next_message_id()
        message = {"message_id": message_id, "date": self.date(), "chat": chat.face()} | content
        chat.messages[message_id] = message
        self.tell("message", chat, message=self.shown(chat, message))
        return message

    def change(self, chat: Chat, message: Json) -> Json:
        """Put the new state of a message in the place of the old, and tell the page."""
        chat.messages[message["message_id"]] = message
        self.tell("edited", chat, message=self.shown(chat, message))
        return message

    def commands_of(self, user_id: int, chat: Chat) -> list[Json]:
        """The command menu that a person sees in a chat."""
        language = self.people[user_id].user.get("language_code", "")
        return self.profile.commands_for(chat, user_id, language)

    def tell_commands(self) -> None:
        """Show everyone on the page their menu of commands anew."""
        for user_id in self.people:
            chat = self.chats[user_id]
            self.tell("commands", chat, commands=self.commands_of(user_id, chat))

    def tell(self, kind: str, chat: Chat, **content: Any) -> None:
        """Publish an event: of a phone for a private chat, of a chat otherwise."""
        place = {"user_id": chat.id} if chat.type == "private" else {"chat_id": chat.id}
        self.events.publish(kind, **place, **content)

    def shown(self, chat: Chat, message: Json) -> Json:
        """A message for the page, with "html" and the "reactions" that the bot put."""
        reactions = [
            emoji
            for user_id in chat.reactions.get(message["message_id"], {})
            for emoji in chat.emoji(message["message_id"], user_id)
        ]
        return message | {"html": show(text_of(message), entities_of(message)), "reactions": reactions}
