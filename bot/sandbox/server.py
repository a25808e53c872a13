"""The local stand-in for Telegram: starts the server, and hands out phones and groups."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox.bot_api import BotApi, Refusal, Request
from bot.sandbox.chats import Chat, Json, group_type
from bot.sandbox.clock import Clock
from bot.sandbox.control import Control, NextEvent
from bot.sandbox.faults import Faults
from bot.sandbox.flood import Flood
from bot.sandbox.groups import Group, Standing, member
from bot.sandbox.phone import Phone
from bot.sandbox.profile import Profile
from bot.sandbox.webhook import Delivery
from bot.sandbox.world import Person, World

REQUEST_BYTES = 64_000_000
"""More than Telegram's 50 MB for an upload, so that the refusal is the Bot API's own."""

SHUTDOWN_SECONDS = 1.0


class Sandbox:
    """A Telegram on this machine, for one bot.

    Args:
        clock: The clock by which messages are dated.
        host: Where to listen.
        port: On which port; 0 takes a free one.
        privacy_mode: In groups where it is a plain member, the bot gets only what is meant for it.
        next_event: Tells when the bot has something to do next, for the page's jump.
        flood: Limits on messages; none by default.
        query_seconds: Real seconds after which a tap is too old to be answered.
        webhook_pause: Real seconds before a failed webhook delivery is repeated the first time.
        username: The bot's, without @.
    """

    token = "42:" + "sandbox" * 5

    def __init__(
        self,
        *,
        clock: Clock,
        host: str = "127.0.0.1",
        port: int = 0,
        privacy_mode: bool = True,
        next_event: NextEvent | None = None,
        flood: Flood | None = None,
        query_seconds: float = 15.0,
        webhook_pause: float = 1.0,
        username: str = "sandbox_bot",
    ) -> None:
        self.clock = clock
        self._host = host
        self._port = port
        self._world = World(
            clock,
            _bot(self.token, username, privacy_mode=privacy_mode),
            Profile("Sandbox bot"),
            query_seconds=query_seconds,
            token=self.token,
        )
        self._phones: dict[int, Phone] = {}
        self._bot_api = BotApi(self._world, self.token, flood=flood)
        self._control = Control(self._world, self._phones, next_event)
        self._delivery = Delivery(self._world, webhook_pause)

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=REQUEST_BYTES)
        application.add_routes(self._bot_api.routes())
        application.add_routes(self._control.routes())
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = self._runner.addresses[0][1]
        self._delivering = asyncio.create_task(self._delivery.run())  # noqa: TID251 - awaited in __aexit__
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._world.updates.close()
        self._world.events.close()
        await self._runner.cleanup()
        self._delivering.cancel()
        with suppress(asyncio.CancelledError):
            await self._delivering

    @property
    def url(self) -> str:
        """Where the Bot API and the page are, without a slash at the end."""
        return f"http://{self._host}:{self._port}"

    @property
    def username(self) -> str:
        """The bot's username, without @."""
        return str(self._world.bot["username"])

    @property
    def bot_api(self) -> BotApi:
        """The bot's side of it."""
        return self._bot_api

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self._bot_api.faults

    @property
    def requests(self) -> list[Request]:
        """What the bot asked for and got, in order: (method, params); polls for updates are left out."""
        return self._bot_api.requests

    @property
    def refusals(self) -> list[Refusal]:
        """What Telegram would refuse, or pass over as unknown, because the request itself is wrong."""
        return self._bot_api.refusals

    @property
    def pending_updates(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self._world.updates.pending)

    def answer_for(self, other: "Sandbox") -> None:
        """Take the requests of another bot too, whose people and chats are another sandbox's."""
        self._bot_api.beside.append(other.bot_api)

    def renew_token(self, token: str) -> None:
        """Have the bot known by another token, as after /revoke at BotFather."""
        self.token = self._bot_api.token = self._world.token = token

    def confirm_updates(self) -> None:
        """Forget all updates that the bot has not confirmed, as if it had."""
        self._world.updates.drop()

    def description(self, language: str = "", *, kind: str = "description") -> str:
        """What the bot set for a language: its "description", "short_description" or "name"."""
        return self._world.profile.text(kind, language)

    def phone(
        self,
        user_id: int,
        first_name: str,
        *,
        language_code: str | None = None,
        username: str | None = None,
        last_name: str | None = None,
        note: str = "",
    ) -> Phone:
        """A person with a phone, who has not written to the bot yet; `note` is a line about them for the page."""
        names = {"first_name": first_name, "last_name": last_name, "username": username}
        names = {name: value for name, value in names.items() if value is not None}
        user = {"id": user_id, "is_bot": False, **names} | ({"language_code": language_code} if language_code else {})
        self._world.people[user_id] = Person(user, note)
        self._world.chats[user_id] = Chat(user_id, "private", names)
        phone = self._phones[user_id] = Phone(self._world, self._world.people[user_id])
        return phone

    def group(
        self,
        chat_id: int,
        title: str,
        *,
        members: Sequence[Phone] = (),
        bot: Standing = "member",
        forum: bool = False,
        username: str | None = None,
    ) -> Group:
        """A group with people in it, of whom the first created it, and with the bot in some standing.

        An id below -1000000000000 makes it a supergroup; only such a one can be a forum.
        """
        profile: Json = (
            {"title": title} | ({"is_forum": True} if forum else {}) | ({"username": username} if username else {})
        )
        chat = self._world.chats[chat_id] = Chat(chat_id, group_type(chat_id), profile)
        for number, phone in enumerate(members):
            chat.members[phone.user_id] = member("member" if number else "creator", phone.user)
        chat.members[self._world.bot["id"]] = member(bot, self._world.bot_face())
        return Group(self._world, chat)

    def channel(self, chat_id: int, title: str, *, bot: Standing = "left") -> Group:
        """A channel, in whose name people may write, and which may post."""
        chat = self._world.chats[chat_id] = Chat(chat_id, "channel", {"title": title})
        rights = {"can_post_messages": True} if bot == "administrator" else {}
        chat.members[self._world.bot["id"]] = member(bot, self._world.bot_face(), **rights)
        return Group(self._world, chat)


def _bot(token: str, username: str, *, privacy_mode: bool) -> Json:
    """The bot's User object as getMe tells it; its id is the beginning of its token."""
    return {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Sandbox bot",
        "username": username,
        "can_join_groups": True,
        "can_read_all_group_messages": not privacy_mode,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }
