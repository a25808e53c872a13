"""Groups and channels with their members, topics and the bot's standing in them."""

from typing import Literal

from bot.sandbox import arriving
from bot.sandbox.chats import Chat, Json, author_of, group_type
from bot.sandbox.methods import forums
from bot.sandbox.phone import Phone
from bot.sandbox.spec import load
from bot.sandbox.waiting import Reader
from bot.sandbox.world import World

Standing = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
TYPES = {
    "creator": "ChatMemberOwner",
    "administrator": "ChatMemberAdministrator",
    "member": "ChatMemberMember",
    "restricted": "ChatMemberRestricted",
    "left": "ChatMemberLeft",
    "kicked": "ChatMemberBanned",
}


def member(standing: Standing, user: Json, **rights: bool) -> Json:
    """A ChatMember object with all that its type requires; an administrator may do everything that is not said otherwise."""
    known = load().types[TYPES[standing]]
    required = {name for name, field in known.items() if field.required and field.types == ("Boolean",)}
    values: Json = dict.fromkeys(required, standing == "administrator")
    if standing == "administrator":
        values |= {"can_manage_topics": True, "can_pin_messages": True, "is_anonymous": False}
    if standing == "restricted":
        values["is_member"] = True
    if "until_date" in known and known["until_date"].required:
        values["until_date"] = 0
    return {"status": standing, "user": user, **values, **rights}


class Group:
    """A group, a supergroup (perhaps with topics) or a channel, seen from outside.

    Attributes:
        chat: What is remembered of it; another after its migration to a supergroup.
    """

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat
        self._reader = Reader(world.events, chat.profile["title"])

    @property
    def id(self) -> int:
        """The id of the chat."""
        return self.chat.id

    @property
    def messages(self) -> list[Json]:
        """All messages, as they are now, in the Bot API's form."""
        return list(self.chat.messages.values())

    @property
    def received(self) -> list[Json]:
        """The bot's messages, as they are now."""
        return [message for message in self.messages if author_of(message) == self._world.bot["id"]]

    async def receives(
        self,
        text: str,
        *,
        timeout: float = 5,  # noqa: ASYNC109 - waits itself, to tell what came instead
    ) -> Json:
        """The first message from the bot that contains a text and was not returned before; waits for it.

        Raises:
            AssertionError: It did not come within `timeout` real seconds; tells what came instead.
        """
        return await self._reader.next_with(text, lambda: self.received, seconds=timeout)

    async def joins(self, phone: Phone) -> None:
        """A person comes in."""
        self._set_member(phone, "member")
        arriving.say(self._world, self.chat, {"from": phone.user, "new_chat_members": [phone.user]})

    async def leaves(self, phone: Phone) -> None:
        """A person goes."""
        arriving.say(self._world, self.chat, {"from": phone.user, "left_chat_member": phone.user})
        self._set_member(phone, "left")

    def _set_member(self, phone: Phone, standing: Standing) -> None:
        old = self.chat.members.get(phone.user_id, member("left", phone.user))
        new = self.chat.members[phone.user_id] = member(standing, phone.user)
        if arriving.administers(self._world, self.chat):
            update = arriving.member_update(self._world, self.chat, phone.user, old, new)
            self._world.updates.enqueue("chat_member", self.id, update)

    async def adds_bot(self, by: Phone) -> None:
        """Someone adds the bot as a plain member."""
        bot = self._world.bot_face()
        arriving.change_standing(self._world, self.chat, by.user, member("member", bot))
        arriving.say(self._world, self.chat, {"from": by.user, "new_chat_members": [bot]})

    async def removes_bot(self, by: Phone) -> None:
        """Someone throws the bot out."""
        bot = self._world.bot_face()
        arriving.say(self._world, self.chat, {"from": by.user, "left_chat_member": bot})
        arriving.change_standing(self._world, self.chat, by.user, member("kicked", bot))

    async def promotes_bot(self, by: Phone, **rights: bool) -> None:
        """Someone makes the bot an administrator who may do everything that is not said otherwise."""
        may_post = {"can_post_messages": True} if self.chat.type == "channel" else {}
        arriving.change_standing(
            self._world, self.chat, by.user, member("administrator", self._world.bot_face(), **may_post | rights)
        )

    async def demotes_bot(self, by: Phone) -> None:
        """Someone makes the bot a plain member (again), who may also write again."""
        arriving.change_standing(self._world, self.chat, by.user, member("member", self._world.bot_face()))

    async def mutes_bot(self, by: Phone) -> None:
        """Someone forbids the bot to write."""
        arriving.change_standing(self._world, self.chat, by.user, member("restricted", self._world.bot_face()))

    async def opens_topic(self, by: Phone, name: str) -> int:
        """Someone opens a topic of the forum; its id."""
        opened = forums.open_topic(self._world, self.chat, by.user, name)
        self._let_know(self.chat.messages[opened.thread_id])
        return opened.thread_id

    async def closes_topic(self, by: Phone, thread_id: int) -> None:
        """Someone closes a topic."""
        topic = self.chat.topics[thread_id]
        self._let_know(forums.set_closed(self._world, self.chat, topic, by.user, closed=True))

    async def reopens_topic(self, by: Phone, thread_id: int) -> None:
        """Someone reopens a topic."""
        topic = self.chat.topics[thread_id]
        self._let_know(forums.set_closed(self._world, self.chat, topic, by.user, closed=False))

    async def closes_general(self, by: Phone) -> None:
        """Someone closes the General topic."""
        self._let_know(forums.set_general_closed(self._world, self.chat, by.user, closed=True))

    async def reopens_general(self, by: Phone) -> None:
        """Someone reopens the General topic."""
        self._let_know(forums.set_general_closed(self._world, self.chat, by.user, closed=False))

    async def deletes_topic(self, thread_id: int) -> None:
        """Someone deletes a topic; the bot is not told."""
        forums.delete_topic(self.chat, self.chat.topics[thread_id])

    async def migrates(self, chat_id: int) -> None:
        """The group becomes a supergroup with another id; a message in the old and one in the new tell so."""
        old, profile = self.chat, dict(self.chat.profile)
        new = Chat(chat_id, group_type(chat_id), profile, members=dict(old.members))
        self._world.chats[chat_id] = self.chat = new
        sender = {"from": next(iter(old.members.values()))["user"]}
        arriving.say(self._world, old, sender | {"migrate_to_chat_id": chat_id})
        old.migrated_to = chat_id
        arriving.say(self._world, new, sender | {"migrate_from_chat_id": old.id})

    async def posts(self, text: str) -> Json:
        """A channel posts a text; the bot gets it as channel_post if it is in there."""
        return arriving.say(self._world, self.chat, {"sender_chat": self.chat.face()} | arriving.text_content(text))

    async def gets_forwarded(self, post: Json) -> Json:
        """Telegram forwards a post of the channel that this group discusses."""
        return arriving.forward(self._world, self.chat, post)

    async def discusses(self, channel: "Group") -> None:
        """Someone makes this the group in which a channel is discussed: the bot's posts there are forwarded here."""
        self.chat.linked_to, channel.chat.linked_to = channel.id, self.id

    async def turns_topics_off(self) -> None:
        """Someone makes the forum a plain group again; the bot is not told."""
        self.chat.profile = {name: value for name, value in self.chat.profile.items() if name != "is_forum"}
        self.chat.topics.clear()

    def _let_know(self, message: Json) -> None:
        if arriving.sees(self._world, self.chat, message):
            self._world.updates.enqueue("message", self.id, message)
