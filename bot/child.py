"""Work that would hold up everybody is done in a process of its own: a child that lives on demand, ends when idle, and can be killed."""

import asyncio
import os
import pickle
import select
import signal
import struct
import sys
from asyncio import IncompleteReadError
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from typing import IO, Any, TypeVar, TypeVarTuple

SECONDS = 5.0  # of a processor, for one piece of work
PATIENCE = 12  # times as long by the clock, where others have the processor
IDLE_SECONDS = 60.0  # until a child without work ends, and gives its memory back
NICE = 5  # whoever answers people goes first

_BEGUN = b"\x01"
_LENGTH = struct.Struct(">Q")

Given = TypeVarTuple("Given")
Made = TypeVar("Made")


class TookTooLong(Exception):
    """A piece of work took more of the processor than it may, or did not come to its end."""


class Died(Exception):
    """The child ended in the middle of its work: killed from outside, or out of memory."""


class Child:
    """Does one piece of work at a time. A function of a module, what it is given and what it makes go over by pickle."""

    def __init__(self, *, idle_seconds: float = IDLE_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self._process: Process | None = None
        self._turns = asyncio.Lock()

    async def do(self, work: Callable[[*Given], Made], *given: *Given, seconds: float = SECONDS) -> Made:
        """What `work` makes of what it is given; raises what it raises, TookTooLong after `seconds` of a processor, or Died."""
        request = pickle.dumps((seconds, work, given))
        async with self._turns:
            try:
                async with asyncio.timeout(seconds * PATIENCE):
                    made, error = await self._ask(request)
            except TimeoutError:
                await self._kill()
                raise TookTooLong from None
            except BaseException:
                await self._kill()  # its answer would be taken for that to the next request
                raise
        if error is not None:
            raise error
        return made  # type: ignore[no-any-return]  # what was pickled by the work itself

    async def end(self) -> None:
        """End the child; who waits for what it does learns that it Died."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        async with self._turns:
            await self._kill()

    async def _ask(self, request: bytes) -> tuple[Any, Exception | None]:
        process = await self._living()
        if not await _begins(process, request):
            # It had just ended, since it was idle.
            process = await self._living(anew=True)
            if not await _begins(process, request):
                raise Died
        assert process.stdout is not None
        try:
            (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
            answer = await process.stdout.readexactly(length)
        except IncompleteReadError:
            raise TookTooLong if await process.wait() == -signal.SIGPROF else Died from None
        return pickle.loads(answer)  # type: ignore[no-any-return]  # noqa: S301 - of our own program

    async def _living(self, *, anew: bool = False) -> Process:
        if anew:
            await self._kill()
        if self._process is None or self._process.returncode is not None:
            found = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            command = (sys.executable, "-m", __name__, str(self._idle_seconds))
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, env=os.environ | found
            )
        return self._process

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                process.kill()
            await process.communicate()


async def _begins(process: Process, request: bytes) -> bool:
    """Hand a request over; returns whether it was understood, and the work begun."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(_LENGTH.pack(len(request)) + request)
        await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        return False
    return await process.stdout.read(1) == _BEGUN


def _serve(idle_seconds: float) -> None:
    """Work as a child: until nothing is asked for, or nobody is there any more who could ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it ends it
    os.nice(NICE)
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the work prints is no answer
    while select.select([requests], [], [], idle_seconds)[0] and (size := _read(requests, _LENGTH.size)):
        seconds, work, given = pickle.loads(_read(requests, *_LENGTH.unpack(size)))  # noqa: S301 - of our own program
        answers.write(_BEGUN)
        answers.flush()
        signal.setitimer(signal.ITIMER_PROF, seconds)  # ends this process where nothing else would: in C too
        answer = _worked(work, given)
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _worked(work: Callable[..., object], given: tuple[object, ...]) -> bytes:
    try:
        return pickle.dumps((work(*given), None))
    except Exception as error:  # noqa: BLE001 - it is raised where the work was asked for
        return _told(error)


def _told(error: Exception) -> bytes:
    try:
        told = pickle.dumps((None, error))
        pickle.loads(told)  # noqa: S301 - what can't be read back is told in words
    except Exception:  # noqa: BLE001 - whatever there is about it that can't go over
        return pickle.dumps((None, RuntimeError(repr(error))))
    return told


def _read(requests: IO[bytes], length: int) -> bytes:
    """So many bytes; fewer at the end."""
    found = b""
    while len(found) < length and (more := requests.read(length - len(found))):
        found += more
    return found


if __name__ == "__main__":
    _serve(float(sys.argv[1]))
