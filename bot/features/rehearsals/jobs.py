"""Rehearsals go on by themselves, message by message, as the last thing that anyone waits for; after a restart where they were."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, InlineKeyboardMarkup

from bot import markup
from bot.authoring import DialogueFile
from bot.child import Child, Died, TookTooLong
from bot.core.plays import Scene, Script, Side, Unplayable
from bot.features.rehearsals import keyboards
from bot.features.rehearsals.actions import homes, rehearsals, warnings
from bot.features.rehearsals.actions.rehearsals import Playing
from bot.features.rehearsals.actions.warnings import Concern
from bot.features.rehearsals.texts import pages as texts
from bot.features.rehearsals.texts import warnings as warning_texts
from bot.i18n import Translator, translator
from bot.ledger.outcomes import Later, Unreachable
from bot.telegram.context import House
from bot.telegram.gate import unasked
from bot.telegram.sender import Attached, Document, Picture, Written, send

PAUSE_SECONDS = 3.0  # between two messages: to be read as they come, three weeks take some two minutes
REST_SECONDS = 60.0  # between looks while nothing is rehearsed
CAPTION_LIMIT = 1024  # Bot API, sendPhoto: 0-1024 characters after entities parsing

log = structlog.get_logger()


async def concerns(
    child: Child, file: DialogueFile, *, zones: Sequence[str], language: str, now: datetime
) -> list[Concern]:
    """What to look at again in a dialogue file (see warnings.of_file), found out in a process of its own.

    Days off are not told of where it can't be found out in time.
    """
    find = partial(warnings.of_file, file, now=now, zones=tuple(zones), language=language)
    try:
        return await child.do(find)
    except (Died, TookTooLong):
        log.warning("days off could not be looked up", dialogue=file.slug)
        return warnings.without_days_off(file, now=now)


class Rehearser:
    """Plays what was begun, while this is its process's to do (`is_ours`): to each the next message, then a pause."""

    def __init__(self, bot: Bot, house: House, *, is_ours: Callable[[], bool]) -> None:
        self._bot, self._house, self._is_ours = bot, house, is_ours
        self._played: dict[int, Sequence[Scene]] = {}
        self._waits: dict[int, float] = {}

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            try:
                is_on = self._is_ours() and await self.go_on()
            except SQLAlchemyError as error:
                if not self._house.database.outage.noticed(error):
                    raise
                is_on = True
            with suppress(TimeoutError):
                async with asyncio.timeout(PAUSE_SECONDS if is_on else REST_SECONDS):
                    await self._house.rehearsed.wait()
            self._house.rehearsed.clear()

    async def go_on(self) -> bool:
        """Send the next message of each rehearsal; returns whether any is going on."""
        async with self._house.database.readers() as session:
            going_on = await rehearsals.playing(session)
        known = {each.rehearsal_id for each in going_on}
        self._played = {key: scenes for key, scenes in self._played.items() if key in known}
        for each in going_on:
            if self._waits.get(each.chat_id, 0.0) <= time.monotonic():
                await self._send_next(each)
        return bool(going_on)

    async def _send_next(self, playing: Playing) -> None:
        try:
            written = await self._next(playing)
        except Unplayable:
            log.warning("a rehearsal could not be played", dialogue=playing.file.slug)
            t = translator(playing.team_language, self._house.settings.default_language)
            written = [texts.broken_off(t)], None
            await self._end(playing)
        else:
            # Counted first: what may have arrived is not sent twice, whatever happens here.
            async with self._house.database.sessions.begin() as session:
                if not await rehearsals.advance(session, playing):
                    return
        if written is None:
            await self._end(playing)
            return
        with unasked():
            outcome = await send(self._bot, playing.chat_id, *written)
        if isinstance(outcome, Later):
            self._waits[playing.chat_id] = time.monotonic() + outcome.seconds
            async with self._house.database.sessions.begin() as session:
                await rehearsals.advance(session, playing, by=-1)
        elif isinstance(outcome, Unreachable):
            await self._end(playing)

    async def _next(self, playing: Playing) -> Written | None:
        """What is sent next; None once all was."""
        settings = self._house.settings
        scenes = self._played.get(playing.rehearsal_id)
        if scenes is None:
            script = Script(
                file=playing.file,
                language=playing.language,
                team_language=playing.team_language,
                zones=(),
                username=self._bot.username,
                default_language=settings.default_language,
                company=True,
            )
            scenes = self._played[playing.rehearsal_id] = await self._house.stage.play(script)
        t, zone = translator(playing.team_language, settings.default_language), playing.file.timezone
        if playing.position < len(scenes):
            return _written(t, scenes[playing.position], zone)
        if playing.position > len(scenes):
            return None
        async with self._house.database.readers() as session:
            zones = await homes.homes(session, playing.file.slug)
        now = self._house.clock()
        found = await concerns(self._house.child, playing.file, zones=zones, language=t.language, now=now)
        found += warnings.of_play(scenes, playing.language)
        return markup.split(f"{texts.ended(t)}\n\n{warning_texts.listed(t, found, zone)}"), None

    async def _end(self, playing: Playing) -> None:
        async with self._house.database.sessions.begin() as session:
            await rehearsals.end(session, playing.chat_id)


def _written(t: Translator, scene: Scene, zone: str) -> Written:
    """One scene as it is sent: below what marks it, with buttons that do nothing."""
    mark = texts.marked(t, scene, zone)
    if scene.side is Side.SAID:
        return [f"{mark}\n\n<blockquote>{scene.html}</blockquote>"], None
    keyboard = InlineKeyboardMarkup(keyboards.mock(scene.buttons)) if scene.buttons else None
    caption = markup.shortened(f"{mark}\n\n{scene.html}", CAPTION_LIMIT)
    if scene.picture is not None:
        return [Picture(scene.picture, caption)], keyboard
    if scene.file is not None:
        return [Document(*scene.file, caption)], keyboard
    if scene.kept is not None:
        return [Attached(*scene.kept, caption, message=True)], keyboard
    return markup.split(f"{mark}\n\n{scene.html}"), keyboard
