"""What a handler is given: the database, the clock, the person who wrote, and a voice to answer with."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import (
    Bot,
    CallbackQuery,
    ForceReply,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    ReactionTypeEmoji,
    Update,
    User,
)
from telegram.constants import ReactionEmoji
from telegram.error import BadRequest
from telegram.ext import Application, CallbackContext

from bot import markup
from bot.child import Child
from bot.core import members, rights
from bot.core.plays import NoStage, PlayMaker
from bot.core.prompts import Aside, Prompt
from bot.core.rights import Right
from bot.database import Database
from bot.i18n import Translator, shipped, translator
from bot.inbox import updates
from bot.inbox.repetition import imprint
from bot.models import Awaiting, Person
from bot.settings import Settings
from bot.tallies import participation
from bot.telegram.buttons import Verb, stays, without
from bot.telegram.filters import topic_of
from bot.telegram.gate import Gate, asking
from bot.telegram.greetings import Greetings
from bot.telegram.receipts import Receipts
from bot.telegram.sender import AS_HTML, Part, quoting, write


class Welcome(Protocol):
    """What is done for a person who shows that they can be reached (again): they are owed what is still open."""

    async def __call__(self, session: AsyncSession, person: Person, *, now: datetime) -> None:
        """Welcome the person back."""


@dataclass(frozen=True)
class House:
    """What all of the edge shares; `wake` has the ledger looked at without waiting for the next tick.

    `rehearsed` is set when a rehearsal was begun. `typed` says for all that people are asked to type who takes it.
    """

    database: Database
    settings: Settings
    clock: Callable[[], datetime]
    gate: Gate
    wake: Callable[[], None]
    welcome_back: Welcome
    receipts: Receipts = field(default_factory=Receipts)
    greetings: Greetings = field(default_factory=Greetings)
    child: Child = field(default_factory=Child)
    stage: PlayMaker = field(default_factory=NoStage)
    rehearsed: asyncio.Event = field(default_factory=asyncio.Event)
    typed: Mapping[Prompt, "Take"] = field(default_factory=dict)

    @cached_property
    def prompts(self) -> Mapping[Awaiting, Prompt]:
        """What people are asked to type, by what is then awaited."""
        return {prompt.awaiting: prompt for prompt in self.typed}


@dataclass
class Work:
    """The kept update that is being worked off, whether that is written down, and the error a handler ran into.

    It is `owed` if only its answer is lacking, which is `late` if the button that was pressed has stopped waiting for it.
    What was done `once` must not be done again only because the answer to it didn't go out. A press is `acknowledged` once.
    """

    inbox_id: int
    owed: bool = False
    late: bool = False
    acknowledged: bool = False
    once: bool = False
    done: bool = False
    error: BaseException | None = field(default=None)


current_work: ContextVar[Work] = ContextVar("current_work")

Take = Callable[[Update, "Context", Person, Aside], Coroutine[Any, Any, None]]
"""Takes what was typed because the bot asked for it."""

Data = dict[Any, Any]
Keyboard = TypeVar("Keyboard", bound=InlineKeyboardMarkup | ForceReply)
App = Application[Any, "Context", Data, Data, Data, None]


class Context(CallbackContext[Bot, Data, Data, Data]):
    """One update being handled."""

    @property
    def house(self) -> House:
        """What all of the edge shares."""
        return cast("House", self.bot_data["house"])

    @property
    def now(self) -> datetime:
        """The moment, by the one clock of this house."""
        return self.house.clock()

    @asynccontextmanager
    async def transaction(self, *, brief: bool = False) -> AsyncIterator[AsyncSession]:
        """The transaction in which a handler does its work; from then on only the answer is owed.

        A `brief` one, of a few rows, shares its commit with others: what comes most often should be that.
        """
        database, work = self.house.database, current_work.get()
        async with (database.units if brief else database.sessions).begin() as session:
            yield session
            if not (work.done and work.once):  # else it is over already, by this very work
                await updates.settle(session, work.inbox_id, was_owed=work.owed or work.done, over=work.once)
        work.done = True

    @asynccontextmanager
    async def person(self, update: Update, *, brief: bool = False) -> AsyncIterator[tuple[AsyncSession, Person]]:
        """The transaction of a handler (see `transaction`), and the person who sent the update."""
        async with self.transaction(brief=brief) as session:
            yield session, await self.meet(session, update)

    async def meet(self, session: AsyncSession, update: Update) -> Person:
        """The person who sent the update; that they wrote shows that they can be reached."""
        user = update.effective_user
        assert user is not None, "the filters let only people through"
        guess = shipped(user.language_code, self.house.settings.default_language)
        person = await members.meet(session, telegram_id=user.id, language=guess)
        await self.house.welcome_back(session, person, now=self.now)
        if update.callback_query is not None:
            await participation.tap(session, person, now=self.now)
        return person

    def once(self) -> None:
        """What this update brings about would be something else the second time: its answer may wait long, but isn't owed."""
        current_work.get().once = True
        asking.set(replace(asking.get(), patient=True))

    def words(self, person: Person) -> Translator:
        """The translator for a person."""
        return translator(person.language, self.house.settings.default_language)

    async def words_for(self, user: User | None) -> Translator:
        """The translator for someone in a group, who is none of our persons yet, perhaps: their language, or their phone's."""
        default = self.house.settings.default_language
        if user is None:
            return translator(default)
        async with self.house.database.readers() as session:
            person = await members.known(session, telegram_id=user.id)
        return translator(person.language if person else shipped(user.language_code, default), default)

    def is_organiser(self, person: Person) -> bool:
        """Whether the person who hosts the bot named this person an organiser."""
        return person.telegram_id in self.house.settings.organiser_ids

    async def rights(self, session: AsyncSession, person: Person) -> Collection[Right]:
        """All that a person may do in any dialogue; an organiser everything, before there is a dialogue too."""
        return frozenset(Right) if self.is_organiser(person) else await rights.rights(session, person)

    async def say(
        self,
        update: Update,
        text: Part,
        keyboard: InlineKeyboardMarkup | ForceReply | None = None,
        *,
        quote: bool = False,
        silent: bool = False,
    ) -> int:
        """Answer in the chat (and topic) of the update, in Telegram's HTML, with `quote` as a reply to its message; returns the id.

        A `silent` answer makes no sound.
        """
        assert update.effective_chat is not None
        chat_id, message = update.effective_chat.id, update.effective_message
        self.house.receipts.bury(chat_id)
        topic = topic_of(message) if message else None
        to = quoting(message.message_id) if message and message.message_id and quote else None
        options = {"message_thread_id": topic, "reply_markup": _some(keyboard), "reply_parameters": to}
        return await write(self.bot, chat_id, text, disable_notification=silent or None, **options)

    async def amend(
        self, chat_id: int, message_id: int, text: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> bool:
        """Have a message of the bot's say something else, in Telegram's HTML; false if it is there no more."""
        try:
            with _as_it_is():
                await self.bot.edit_message_text(text, chat_id, message_id, **AS_HTML, reply_markup=_some(keyboard))
        except BadRequest:
            return False
        return True

    async def react(self, update: Update, emoji: ReactionEmoji) -> bool:
        """Put a reaction under the message of the update; false where the chat takes none, or the message can't be named."""
        message = update.effective_message
        if message is None or not message.message_id:
            return False
        try:
            await message.set_reaction(ReactionTypeEmoji(emoji))
        except BadRequest:
            return False
        return True

    async def turn_page(self, update: Update, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Show a text in place of the message whose button was pressed, unless that stays; or as a new one after a command."""
        query, keyboard = update.callback_query, _some(keyboard)
        if query is not None:
            await acknowledge(query)
        if query is None or query.message is None or stays(query.message):
            await self.say(update, text, keyboard)
            return
        if _shows(query.message, text, keyboard):
            return
        with _as_it_is():
            await query.edit_message_text(text, **AS_HTML, reply_markup=keyboard)

    async def change_buttons(self, update: Update, keyboard: InlineKeyboardMarkup | None) -> None:
        """Put other buttons, or none, under the message whose button was pressed."""
        assert update.callback_query is not None
        with _as_it_is():
            await update.callback_query.edit_message_reply_markup(_some(keyboard))

    async def take_buttons(self, update: Update, *verbs: Verb[*tuple[Any, ...]]) -> None:
        """Take the buttons of these verbs away from the message whose button was pressed; the others stay."""
        assert update.callback_query is not None
        message = update.callback_query.message
        await self.change_buttons(update, without(message, *verbs) if isinstance(message, Message) else None)

    async def alert(self, update: Update, text: str) -> None:
        """Show whoever pressed a button a text (plain, at most 200 characters) that nobody else sees."""
        assert update.callback_query is not None
        await acknowledge(update.callback_query, text, alert=True)

    async def stop_spinner(self, update: Update) -> None:
        """Tell the button that was pressed, if one was, that the press was heard."""
        if update.callback_query is not None:
            await acknowledge(update.callback_query)


@contextmanager
def _as_it_is() -> Iterator[None]:
    """Telegram refuses to edit a message into itself; after a second tap it is as it should be."""
    try:
        yield
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise


def _some(keyboard: Keyboard | None) -> Keyboard | None:
    """A keyboard that has buttons: one without any is no keyboard."""
    return None if isinstance(keyboard, InlineKeyboardMarkup) and not any(keyboard.inline_keyboard) else keyboard


def _shows(message: MaybeInaccessibleMessage, text: str, keyboard: InlineKeyboardMarkup | None) -> bool:
    """Whether a message says that already, with the same buttons: to edit it into itself would be refused."""
    return (
        isinstance(message, Message)
        and message.reply_markup == keyboard
        and message.text == imprint(markup.visible(text))
    )


async def acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Stop the button's spinner, with a short notice (at most 200 characters), or a box to be closed, if there is one."""
    work = current_work.get()
    if work.late or work.acknowledged:
        return
    work.acknowledged = True
    try:
        await query.answer(text, show_alert=alert)
    except BadRequest as error:
        # After an outage the press is old news to Telegram; what it asked for is done all the same.
        if "too old" not in error.message.lower() and "query id is invalid" not in error.message.lower():
            raise
