"""A dialogue that is talked through to its end: the bot as a process, its people at the sandbox's phones, one clock for both."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parts import crowd, processes, repair

from bot import authoring, database
from bot.authoring import DialogueFile
from bot.core import schedule
from bot.features.dialogues.actions import files
from bot.sandbox import Clock, Phone, Sandbox

BEGINS = datetime(2026, 11, 29, 9, tzinfo=UTC)
ORGANISER, FIRST_MEMBER = 1001, 2001
PATIENCE = 120.0  # seconds for what the bot sends
ENOUGH = 12  # letters of a question by which it is known; behind them may stand a space of French
SETTLED = 1.2  # seconds without a request after which all have come: to one chat the bot sends a message a second
END_SECONDS = 20


@dataclass
class Talk:
    """The bot and its people; `moderator` has the desk, the members have replied to all questions."""

    sandbox: Sandbox
    clock: Clock
    process: asyncio.subprocess.Process
    url: str
    moderator: Phone
    members: list[Phone]

    async def until(self, moment: datetime) -> None:
        """Let time pass, and all be sent that is due then."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{moment.isoformat()}\n".encode())
        await self.process.stdin.drain()
        self.clock.advance_to(moment)
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until the bot has handled all, and nothing more comes."""
        before = -1
        while self.sandbox.pending_updates or before != len(self.sandbox.requests):
            before = len(self.sandbox.requests)
            await asyncio.sleep(SETTLED)

    async def link(self) -> str:
        """The moderator asks for the desk: where it is."""
        await self.moderator.sends("/desk")
        answer = await self.moderator.receives(self.url, timeout=PATIENCE)
        found = re.search(r"http://\S+", answer["text"])
        assert found is not None
        return found[0]


@asynccontextmanager
async def talked(folder: Path) -> AsyncIterator[Talk]:
    """All have replied to all questions, and the dialogue is over."""
    store = f"sqlite:///{folder}/bench.db"
    clock = Clock(BEGINS, speed=0)
    written = authoring.read(repair.FILE.encode()).dialogue
    assert written is not None
    opened = database.connect(store)
    await database.upgrade(opened)
    async with opened.sessions.begin() as session:
        await files.import_file(session, written, now=BEGINS)
    await opened.close()
    async with Sandbox(clock=clock) as sandbox, _bot(sandbox, store) as (process, url):
        moderator = sandbox.phone(ORGANISER, "Ada", language_code="en")
        members = [
            sandbox.phone(FIRST_MEMBER + number, f"M{number}", language_code=language)
            for number, language in enumerate(repair.SPEAKERS)
        ]
        talk = Talk(sandbox, clock, process, url, moderator, members)
        await _converse(talk, written)
        yield talk


async def _converse(talk: Talk, written: DialogueFile) -> None:
    await talk.moderator.sends("/start")
    for phone in talk.members:
        await phone.opens_link(repair.SLUG)
    for phone in talk.members:
        await phone.receives("", timeout=PATIENCE)
        await phone.taps(data="join:1")
    opens = [
        schedule.instant(written.question_opens(index), written.timezone) for index in range(len(written.questions))
    ]
    await talk.quiet()
    for number, moment in enumerate(opens):
        await talk.until(moment)
        for phone in talk.members:
            asked = written.questions[number].text[phone.language_code or ""]
            await phone.receives(asked[:ENOUGH], timeout=PATIENCE)
        said = [
            await crowd.say(phone, said.text) for phone, said in zip(talk.members, repair.replies(number), strict=True)
        ]
        async with asyncio.timeout(PATIENCE):
            while not all(each.came() for each in said):  # noqa: ASYNC110 - as people look
                await asyncio.sleep(crowd.LOOK_SECONDS)
        await talk.quiet()
    await talk.until(opens[-1] + timedelta(weeks=2))


@asynccontextmanager
async def _bot(sandbox: Sandbox, store: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    told = [sandbox.url, sandbox.token, store, str(ORGANISER), BEGINS.isoformat()]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "parts.timed_bot", *told),
        cwd=processes.BENCHMARKS,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        processes.pin(processes.OURS, process.pid)
        yield process, (await process.stdout.readline()).decode().strip()
    finally:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), END_SECONDS)
        except TimeoutError:
            process.kill()
