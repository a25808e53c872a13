"""A play is made: the file in an empty database, people who join, and time that jumps from one thing that falls due to the next."""

import asyncio
import heapq
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import database as databases
from bot import logs
from bot.app import agenda
from bot.app.guard import Guard, Work
from bot.app.stage import gestures
from bot.app.stage.cast import Player, Standpoint, cast
from bot.app.stage.gestures import Gesture
from bot.app.stage.phones import Phones
from bot.app.stage.scenes import Scenes
from bot.app.stage.walls import walls
from bot.app.stage.wire import Wired
from bot.authoring import DialogueFile
from bot.core.plays import Cause, Deed, Scene, Script
from bot.core.questions import AskedQuestion
from bot.database import Database
from bot.features.dialogues.actions import files
from bot.features.dialogues.actions.files import Imported
from bot.features.discussion.actions.frames import Frame
from bot.features.key_points.actions import key_points
from bot.features.members.keyboards import joining
from bot.features.rehearsals.texts import play as texts
from bot.features.replies import jobs as reply_jobs
from bot.features.summary.keyboards.summary import PAPER
from bot.features.summary.reports import forms
from bot.features.team.actions import organisers
from bot.i18n import negotiate, shipped, translator
from bot.ledger.letters import Letter
from bot.ledger.outcomes import NothingToTell, Outcome
from bot.models import Base, Dialogue, Person
from bot.outbound.actions import claims, settlement
from bot.outbound.letters import Letters
from bot.telegram.sender import send
from bot.web.vitals import Vitals

BEFORE = timedelta(hours=26)  # before the first opening anywhere: so early the people join
BEYOND = timedelta(days=9)  # after the last close: the last digest comes within a week
HIDDEN = "https://…"
MOST_TURNS = 5_000  # no dialogue has so many moments


class Cue(NamedTuple):
    """What someone does at a moment, below which message; no two have one `order`, by which those of one moment are kept apart."""

    at: datetime
    order: int
    player: Player
    gesture: Gesture
    below: Wired
    asked: AskedQuestion | None


def play(script: Script, folder: Path) -> Sequence[Scene]:
    """Make a play in a process of its own."""
    logs.configure("console", "ERROR")
    return asyncio.run(make(script, folder))


async def make(script: Script, folder: Path) -> Sequence[Scene]:
    """All scenes of a script in their order; `folder` is empty, and holds the database."""
    database = databases.connect(f"sqlite:///{folder / 'play.db'}")
    try:
        async with database.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        theatre = Theatre(script, database)
        async with theatre.phones.switched_on():
            await theatre.play()
    finally:
        await database.close()
    return theatre.scenes.all()


def _without_links(file: DialogueFile) -> DialogueFile:
    """The links to live events are for members who come; that there is one is seen all the same."""
    events = tuple(event.model_copy(update={"link": event.link and HIDDEN}) for event in file.events)
    return file.model_copy(update={"events": events})


class Unguarded(Guard):
    """In a play no fault is survived: what is shown must be what would be."""

    async def guarded(self, name: str, work: Work) -> None:  # noqa: ARG002 - it is told by whoever asked for the play
        """Do it."""
        await work()


class Theatre:
    """One play: its clock, its people and what they are about to do."""

    def __init__(self, script: Script, database: Database) -> None:
        self._script, self._database = script, database
        self._walls = walls(script)
        self.now = self._walls[0] - BEFORE
        self.phones = Phones(database, script, lambda: self.now)
        self._letters = Letters(database, script.default_language, lambda: self.now)
        self._guard = Unguarded(database.outage, Vitals())
        self._players = {player.telegram_id: player for player in cast(script)}
        self._cues: list[Cue] = []
        self._order = count()
        self.scenes = Scenes(lambda: self.now)

    async def play(self) -> None:
        """From the link to the end."""
        imported = await self._import()
        for player in self._players.values():
            if player.part is not Standpoint.TEAM:
                await self._join(player, imported)
        end = max(self._walls) + BEYOND
        for _ in range(MOST_TURNS):
            await self._turn()
            following = await self._following()
            if following is None or following > end:
                break
            self.now = following
        if self._script.company:
            await self._sum_up(imported)

    async def _import(self) -> Imported:
        team = [player for player in self._players.values() if player.part is Standpoint.TEAM]
        for player in team:
            await self.phones.write(player, "/start")
        async with self._database.sessions.begin() as session:
            imported = await files.import_file(session, _without_links(self._script.file), now=self.now)
            ids = [player.telegram_id for player in team]
            await organisers.appoint_organisers(session, ids, language=self._script.team_language, now=self.now)
        return imported

    async def _join(self, player: Player, imported: Imported) -> None:
        shown = await self.phones.write(player, f"/start {imported.entrance}")
        if shipped(player.language, "") != player.language:
            # Their phone's language isn't the bot's: they choose the dialogue's below the invitation.
            read = shown[-1].data(joining.READ.word)
            if read is not None:
                choice = joining.READ.button("-", imported.dialogue_id, player.language).callback_data
                shown = await self.phones.tap(player, shown[-1], str(choice))
        self.scenes.add(player, Deed.OPENS_LINK, shown)
        if player.zone is not None:
            async with self._database.sessions.begin() as session:
                of_player = Person.telegram_id == player.telegram_id
                await session.execute(update(Person).where(of_player).values(timezone=player.zone))
        data = shown[-1].data(joining.JOIN.word)
        assert data is not None, "an invitation can be followed"
        self.scenes.add(player, Deed.JOINS, await self.phones.tap(player, shown[-1], data))

    async def _turn(self) -> None:
        while self._cues and self._cues[0].at <= self.now:
            await self._do(heapq.heappop(self._cues))
        await reply_jobs.recognise(self._database)
        await agenda.write_down(self._database, lambda: self.now, self._guard, pays_for_questions=False)
        while await self._deliver():
            pass

    async def _following(self) -> datetime | None:
        async with self._database.readers() as session:
            due = await agenda.next_event(session, now=self.now)
        cues = [self._cues[0].at] if self._cues else []
        walls = [wall for wall in self._walls if wall > self.now]
        return min([*([due] if due else []), *cues, *walls], default=None)

    async def _deliver(self) -> bool:
        async with self._database.sessions.begin() as session:
            claimed = await claims.claim_due(session, now=self.now, limit=len(self._players))
            frames = await self._letters.frames(session, claimed.letters)
        for _, error in claimed.faulty:
            raise error
        for letter in claimed.letters:
            outcome = await self._send(letter, frames.get(letter.delivery_id))
            async with self._database.sessions.begin() as session:
                await settlement.record(session, [(letter, outcome)], now=self.now)
            self._came(letter, self.phones.wire.taken())
        return bool(claimed.letters or claimed.set_aside)

    async def _send(self, letter: Letter, frame: Frame | None) -> Outcome:
        written = await self._letters.write(letter, frame)
        if isinstance(written, NothingToTell):
            return written
        return await send(self.phones.bot, letter.chat_id, *written)

    def _came(self, letter: Letter, messages: Sequence[Wired]) -> None:
        player = self._players[letter.chat_id]
        cause = letter.notice.kind if letter.notice is not None else letter.kind
        self.scenes.add(player, cause, messages, letter.asked.number if letter.asked else None)
        for gesture in chain(gestures.GESTURES.get(cause, ()), self._without_reminder(cause)):
            if gesture.part is player.part and messages:
                rest = letter.asked.closes_at - self.now if letter.asked else timedelta()
                moment = self.now + (gesture.share * rest if gesture.share else gesture.after)
                heapq.heappush(self._cues, Cue(moment, next(self._order), player, gesture, messages[-1], letter.asked))

    def _without_reminder(self, cause: Cause) -> Sequence[Gesture]:
        return gestures.WITHOUT_REMINDER.get(cause, ()) if self._script.file.reminder is None else ()

    async def _do(self, cue: Cue) -> None:
        player, gesture, below, asked = cue.player, cue.gesture, cue.below, cue.asked
        if gesture.taps is not None and (data := below.data(gesture.taps.word)) is not None:
            self.scenes.add(player, Deed.REPLIES, await self.phones.tap(player, below, data))
        if gesture.says is not None and asked is not None:
            text = gesture.says(translator(player.language, self._script.default_language), asked.number)
            self.scenes.say(player, text, asked.number)
            answered = await self.phones.write(player, text, below.message_id)
            self.scenes.add(player, Deed.REPLIES, answered, asked.number)

    async def _sum_up(self, imported: Imported) -> None:
        """The team writes a key point, made up, and looks at the Summary as it would stand."""
        team = next(player for player in self._players.values() if player.part is Standpoint.TEAM)
        async with self._database.sessions.begin() as session:
            dialogue = await session.get_one(
                Dialogue, imported.dialogue_id, options=[selectinload(Dialogue.questions)], populate_existing=True
            )
            await self._write_key_point(session, dialogue)
        self.scenes.add(team, Deed.ASKS_FOR_SUMMARY, await self.phones.write(team, "/summary"))
        language = negotiate(team.language, dialogue.languages, dialogue.source_language)
        paper = PAPER.button("-", dialogue.id, language, forms.for_members()).callback_data
        under = Wired(self.phones.wire.number(), team.telegram_id, "")
        self.scenes.add(team, Deed.ASKS_FOR_SUMMARY, await self.phones.tap(team, under, str(paper)))

    async def _write_key_point(self, session: AsyncSession, dialogue: Dialogue) -> None:
        first = dialogue.questions[0]
        worded = {tag: translator(tag, self._script.default_language) for tag in dialogue.languages}
        said = {tag: texts.key_point(t, first.number) for tag, t in worded.items()}
        source = dialogue.source_language
        point = await key_points.add(session, dialogue, first, text=said.pop(source), language=source, now=self.now)
        for tag, text in said.items():
            key_points.word(point, text=text, language=tag)
