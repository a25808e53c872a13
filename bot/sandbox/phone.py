"""What people do with their phones: write, edit, tap, react, block."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from bot.sandbox import apps, arriving
from bot.sandbox.chats import Chat, Json, author_of
from bot.sandbox.markup.units import utf16_length
from bot.sandbox.media import FILE_NAMES, MIME_TYPES, describe
from bot.sandbox.screen import Position, Screen
from bot.sandbox.waiting import plain
from bot.sandbox.world import Tap

GROUP_ANONYMOUS_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
"""Bot API, Message.from: fake senders of messages by anonymous administrators, and on behalf of a channel."""

TEXT_LENGTH = 4096
"""Bot API, Message.text: so many UTF-16 units; longer texts are split by Telegram's apps."""


class Where(TypedDict, total=False):
    """Where and as whom a person says something: in the private chat with the bot, if no other is given.

    Attributes:
        chat: A group.
        topic: The id of a topic of the group.
        reply_to: The id of the message that is replied to.
        anonymous: As an anonymous administrator of the group.
        as_channel: On behalf of a channel.
        album: A name for the album that the message belongs to; becomes its media_group_id.
    """

    chat: Position
    topic: int
    reply_to: int
    anonymous: bool
    as_channel: Position
    album: str


class ImpossibleError(Exception):
    """A person can't do this: there is no such button, the message is not theirs, the bot is blocked."""


class Phone(Screen):
    """A person's phone, and their private chat with the bot."""

    async def sends(self, text: str, *, marks: Sequence[Json] = (), **where: Unpack[Where]) -> Json:
        """Send a text, with what was made bold or a link in it (entities); the Message that the bot gets.

        Raises:
            ImpossibleError: It is empty, or longer than Telegram's apps send in one message; or the bot is blocked.
        """
        content = arriving.text_content(text, marks)
        if not 0 < utf16_length(content["text"]) <= TEXT_LENGTH:
            raise ImpossibleError(f"a message has 1 to {TEXT_LENGTH} characters")
        return self._say(content, where)

    async def sends_file(
        self,
        kind: str,
        *,
        caption: str | None = None,
        content: bytes = b"made-up content",
        file_name: str | None = None,
        duration: int | None = None,
        mime_type: str | None = None,
        file_size: int | None = None,
        **where: Unpack[Where],
    ) -> Json:
        """Send a file.

        Args:
            kind: "voice", "audio", "photo", "video", "video_note", "animation", "document" or "sticker".
            caption: Its caption.
            content: Its bytes.
            file_name: Its name, for the kinds that have one.
            duration: Seconds, for the kinds that have them.
            mime_type: What it is; by default what is usual for the kind.
            file_size: The size that Telegram tells, if it shall differ from the content's.
            where: See `Where`.
        """
        if kind not in MIME_TYPES:
            raise ImpossibleError(f"no such kind of file: {kind}")
        name, mime_type = file_name or FILE_NAMES[kind], mime_type or MIME_TYPES[kind]
        stored = self._world.files.add(kind, content, name=name, mime_type=mime_type, size=file_size)
        album = {"media_group_id": where["album"]} if "album" in where else {}
        described = describe(self._world.files, kind, stored, {"duration": duration})
        return self._say(album | described | arriving.caption_content(caption), where)

    async def sends_location(self, latitude: float, longitude: float, **where: Unpack[Where]) -> Json:
        """Send a place on the map."""
        return self._say({"location": {"latitude": latitude, "longitude": longitude}}, where)

    async def sends_contact(self, phone_number: str, first_name: str, **where: Unpack[Where]) -> Json:
        """Send someone's number."""
        return self._say({"contact": {"phone_number": phone_number, "first_name": first_name}}, where)

    async def sends_raw(self, content: Json, **where: Unpack[Where]) -> Json:
        """Send a message with any content of the Bot API, such as kinds that are newer than this sandbox."""
        return self._say(content, where)

    async def opens_link(self, payload: str) -> Json:
        """Open the bot by a link with a payload, and press Start."""
        if self._chat.blocked:
            await self.unblocks()
        return await self.sends(f"/start {payload}".rstrip())

    async def edits(self, message_id: int, text: str, *, chat: Position | None = None) -> Json:
        """Change the text, or the caption, of an own message."""
        place = chat.chat if chat else self._chat
        old = self._own(place, message_id)
        content = arriving.text_content(text) if "text" in old else arriving.caption_content(text)
        dropped = {"text", "entities", "caption", "caption_entities"}
        return arriving.change(self._world, place, {k: v for k, v in old.items() if k not in dropped} | content)

    async def edits_without_change(self, message_id: int, *, chat: Position | None = None) -> Json:
        """Let Telegram report an edit in which nothing changed that the bot can see (a link's preview came)."""
        place = chat.chat if chat else self._chat
        return arriving.change(self._world, place, self._own(place, message_id))

    async def deletes(self, message_id: int, *, chat: Position | None = None) -> None:
        """Delete an own message; the bot is not told."""
        place = chat.chat if chat else self._chat
        self._own(place, message_id)
        del place.messages[message_id]
        self._world.tell("deleted", place, message_id=message_id)

    async def reacts(self, message_id: int, emoji: str | None, *, chat: Position | None = None) -> None:
        """Put an emoji under a message, or take it away."""
        place = chat.chat if chat else self._chat
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        old = place.reactions.setdefault(message_id, {}).get(self.user_id, [])
        place.reactions[message_id][self.user_id] = new
        shown = self._world.shown(place, place.messages[message_id])
        self._world.tell("reaction", place, message_id=message_id, reactions=shown["reactions"])
        update = {"chat": place.face(), "message_id": message_id, "user": self.user, "date": self._world.date()}
        if arriving.administers(self._world, place):
            self._world.updates.enqueue(
                "message_reaction", place.id, update | {"old_reaction": old, "new_reaction": new}
            )

    async def taps(
        self,
        label: str | None = None,
        *,
        data: str | None = None,
        message_id: int | None = None,
        chat: Position | None = None,
    ) -> str:
        """Tap a button of the newest message from the bot that has one with such a label or such data.

        Args:
            label: A part of the button's label; directional isolates don't matter.
            data: The button's callback data.
            message_id: The message, if not the newest.
            chat: A group, if not the private chat.

        Returns:
            The id of the callback query.

        Raises:
            ImpossibleError: There is no such button; tells which there are.
        """
        place = chat.chat if chat else self._chat
        messages = [m for m in place.messages.values() if message_id in {None, m["message_id"]}]
        for message in reversed(messages):
            for button in _buttons(message, "callback_data"):
                if (label is None or plain(label) in plain(button["text"])) and data in {None, button["callback_data"]}:
                    return self._tap(place, message, button["callback_data"])
        there_are = [button["text"] for message in messages for button in _buttons(message, "callback_data")]
        raise ImpossibleError(f"{self.first_name} sees no button {label or data!r}; there are {there_are}")

    async def opens_app(self, label: str, *, message_id: int | None = None, dark: bool = False) -> str:
        """Press a button that opens a Mini App, in a light or a dark Telegram: where Telegram's browser then goes.

        Raises:
            ImpossibleError: There is no such button.
        """
        for message in reversed([m for m in self.messages if message_id in {None, m["message_id"]}]):
            for button in _buttons(message, "web_app"):
                if plain(label) in plain(button["text"]):
                    url, world = button["web_app"]["url"], self._world
                    return apps.address(
                        url, self.user, token=world.token, query_id=world.number(), date=world.date(), dark=dark
                    )
        raise ImpossibleError(f"{self.first_name} sees no button {label} that opens an app")

    async def forges_a_tap(self, data: str) -> str:
        """Press a button of the bot's newest message that says what no button there says, as a changed app could.

        Returns:
            The id of the callback query.
        """
        return self._tap(self._chat, self._from_bot(self._chat)[-1], data)

    async def changes_language(self, language_code: str) -> None:
        """Use Telegram in another language from now on."""
        self._person.user = self._person.user | {"language_code": language_code}
        self._world.tell("commands", self._chat, commands=self.commands())

    async def blocks(self) -> None:
        """Block the bot."""
        self._set_blocked(blocked=True)

    async def unblocks(self) -> None:
        """Unblock the bot."""
        self._set_blocked(blocked=False)

    async def deactivates(self) -> None:
        """Delete the Telegram account; the bot is not told."""
        self._chat.deactivated = True

    def _say(self, content: Json, where: Where) -> Json:
        chat = where["chat"].chat if "chat" in where else self._chat
        if chat.blocked:
            raise ImpossibleError(f"{self.first_name} has blocked the bot")
        chat.started = True
        return arriving.say(self._world, chat, self._head(chat, where) | content)

    def _head(self, chat: Chat, where: Where) -> Json:
        """Who says it, and in what context."""
        head: dict[str, Any] = {"from": self.user}
        if where.get("anonymous"):
            head = {"from": GROUP_ANONYMOUS_BOT, "sender_chat": chat.face()}
        if "as_channel" in where:
            head = {"from": CHANNEL_BOT, "sender_chat": where["as_channel"].chat.face()}
        if "topic" in where:
            head |= {"message_thread_id": where["topic"], "is_topic_message": True}
            # In a topic, what replies to nothing else appears as a reply to the message that opened the topic.
            root = chat.quote(where["topic"])
            head |= {"reply_to_message": root} if root is not None else {}
        if "reply_to" in where:
            quoted = chat.quote(where["reply_to"])
            if quoted is None:
                raise ImpossibleError(f"there is no message {where['reply_to']} to reply to")
            head |= {"reply_to_message": quoted}
            if chat.type == "supergroup" and "topic" not in where:  # a thread of replies, which is not a topic
                head |= {"message_thread_id": quoted.get("message_thread_id", quoted["message_id"])}
        return head

    def _own(self, chat: Chat, message_id: int) -> Json:
        message = chat.messages.get(message_id)
        if message is None or author_of(message) != self.user_id:
            raise ImpossibleError(f"{self.first_name} has no message {message_id}")
        return message

    def _tap(self, chat: Chat, message: Json, data: str) -> str:
        query_id = self._world.number()
        self._world.callbacks[query_id] = Tap(self.user_id, chat.id)
        query = {"id": query_id, "from": self.user, "message": message, "chat_instance": str(chat.id), "data": data}
        self._world.updates.enqueue("callback_query", chat.id, query)
        return query_id

    def _set_blocked(self, *, blocked: bool) -> None:
        if self._chat.blocked == blocked:
            return
        self._chat.blocked = blocked
        user = self._world.bot_face()
        member, banned = {"status": "member", "user": user}, {"status": "kicked", "user": user, "until_date": 0}
        old, new = (member, banned) if blocked else (banned, member)
        update = arriving.member_update(self._world, self._chat, self.user, old, new)
        self._world.updates.enqueue("my_chat_member", self._chat.id, update)
        self._world.tell("blocked", self._chat, blocked=blocked)


def _buttons(message: Json, kind: str) -> list[Json]:
    """The buttons of a message that do one kind of thing."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row if kind in button]
