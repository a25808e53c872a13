import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.playing import first_free

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    listening = socket.create_server(("127.0.0.1", 0))
    yield listening
    listening.close()


def port_of(listening: socket.socket) -> int:
    port: int = listening.getsockname()[1]
    return port


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP])
async def test_a_demo_that_is_ended_from_outside_leaves_nothing_behind(tmp_path: Path, signum: signal.Signals) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--no-open", "--port", "0"),
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "LC_ALL": "C.UTF-8"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    told = await process.stdout.readline()
    held = list(tmp_path.iterdir())

    process.send_signal(signum)
    _, complaint = await process.communicate()

    assert b"The demo is running" in told
    assert held
    assert (process.returncode, complaint) == (0, b"")
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_passed_over(taken: socket.socket) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = port_of(other)

    assert first_free([port_of(taken), free]) == free


def test_a_port_that_was_asked_for_and_is_taken_is_refused_with_what_helps(taken: socket.socket) -> None:
    program = [sys.executable, "-m", "bot", "demo", "--no-open", "--port", str(port_of(taken))]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}

    ended = subprocess.run(program, env=environment, check=False, capture_output=True, text=True)  # noqa: S603 - our own

    assert ended.returncode == 1
    assert f"port {port_of(taken)} (Address already in use)" in ended.stderr
    assert "--port" in ended.stderr
