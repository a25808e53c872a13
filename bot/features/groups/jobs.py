"""Rooms are made ready: topics opened and reopened, and the notice of what is kept posted and pinned."""

from collections.abc import Callable
from datetime import datetime

import structlog
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.database import Database
from bot.features.groups import keyboards
from bot.features.groups.actions import readiness, standing, topics
from bot.features.groups.actions.readiness import Untold
from bot.features.groups.actions.topics import Unready
from bot.features.groups.texts import notices as group_texts
from bot.features.groups.texts import topics as topic_texts
from bot.i18n import Translator, translator
from bot.ledger.outcomes import Uncertain
from bot.telegram.sender import AS_HTML, outcome_of

log = structlog.get_logger()


class Furnisher:
    """Makes rooms ready, as often as it is asked to: what could not be done is tried again at the next tick."""

    def __init__(self, bot: Bot, database: Database, clock: Callable[[], datetime], default_language: str) -> None:
        self._bot, self._database, self._clock, self._default_language = bot, database, clock, default_language

    async def furnish(self) -> None:
        """Open what topics are lacking, reopen those found closed, and say where it isn't said yet what is kept."""
        async with self._database.readers() as session:
            if not await readiness.any_unready(session, now=self._clock()):
                return
            wanting, shut = await topics.wanting(session), await topics.to_reopen(session)
        for room in wanting:
            await self._open_topic(room)
        for room in shut:
            await self._reopen(room)
        async with self._database.readers() as session:
            untold = await readiness.untold(session)
        for place in untold:
            await self._tell(place)
        async with self._database.sessions.begin() as session:
            await topics.doubt(session, now=self._clock())

    async def _open_topic(self, room: Unready) -> None:
        """Ask for a topic, which is written down before: after a crash it isn't made a second time."""
        async with self._database.sessions.begin() as session:
            if not await topics.begin(session, room.room_id, now=self._clock()):
                return
        name = topic_texts.topic_name(self._words(room.language), room.title)
        try:
            topic = await self._bot.create_forum_topic(room.chat_id, name)
        except TelegramError as error:
            await self._not_opened(room, error)
            return
        async with self._database.sessions.begin() as session:
            await topics.opened(session, room.room_id, topic.message_thread_id, now=self._clock())

    async def _not_opened(self, room: Unready, error: TelegramError) -> None:
        log.warning("a topic could not be opened", group_id=room.group_id, error=error.message)
        if isinstance(outcome_of(error), Uncertain):
            return  # it may be there all the same
        async with self._database.sessions.begin() as session:
            if isinstance(error, BadRequest):
                await topics.impossible(session, room.room_id, now=self._clock())
                return
            await topics.not_opened(session, room.room_id)
        await self._failed(room.room_id, room.chat_id, error)

    async def _reopen(self, room: Unready) -> None:
        become = topics.reopened
        try:
            if room.thread_id is None:
                await self._bot.reopen_general_forum_topic(room.chat_id)
            else:
                await self._bot.reopen_forum_topic(room.chat_id, room.thread_id)
        except BadRequest as error:
            if "not_modified" not in error.message.lower():  # else it is open already
                become = topics.stays_shut
        except TelegramError as error:
            await self._failed(room.room_id, room.chat_id, error)
            return
        async with self._database.sessions.begin() as session:
            await become(session, room.room_id, now=self._clock())

    async def _tell(self, place: Untold) -> None:
        words = [self._words(language) for language in place.titles]
        notices = [
            group_texts.notice(t, title, nameless=place.nameless)
            for t, title in zip(words, place.titles.values(), strict=True)
        ]
        keyboard = keyboards.notice(words)
        try:
            posted = await self._bot.send_message(
                place.chat_id,
                "\n\n".join(notices),
                **AS_HTML,
                message_thread_id=place.thread_id,
                reply_markup=keyboard,
            )
        except TelegramError as error:
            await self._failed(place.room_ids[0], place.chat_id, error)
            return
        pinned = await self._pin(place.chat_id, posted.message_id)
        async with self._database.sessions.begin() as session:
            await readiness.told(session, place, pinned=pinned, now=self._clock())

    def _words(self, language: str) -> Translator:
        return translator(language, self._default_language)

    async def _pin(self, chat_id: int, message_id: int) -> bool:
        try:
            return await self._bot.pin_chat_message(chat_id, message_id, disable_notification=True)
        except TelegramError as error:
            log.info("a notice could not be pinned", error=error.message)
            return False

    async def _failed(self, room_id: int, chat_id: int, error: TelegramError) -> None:
        """What Telegram refuses for good is remembered; the rest is tried again at the next tick."""
        log.warning("a room could not be made ready", room_id=room_id, error=error.message)
        async with self._database.sessions.begin() as session:
            match error:
                case ChatMigrated():
                    await standing.migrate(session, chat_id=chat_id, new_chat_id=error.new_chat_id, now=self._clock())
                case Forbidden() | BadRequest():
                    await standing.could_not_write(session, room_id, error.message, now=self._clock())
