import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Clock, Sandbox

ROOT = Path(__file__).parents[2]
TOKEN = "1234567890:AAF-made_up-secret-for-these_tests-"


class Known(Sandbox):
    """Knows a token like Telegram's own."""

    token = TOKEN


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    async with Known(clock=clock) as running:
        yield running


async def run(folder: Path, sandbox: Sandbox, token: str, *, before: str = "") -> tuple[int | None, str]:
    """The exit status of `vdialogue run` against the sandbox, and all that it wrote; `before` is Python to run first."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", f"{before}\nfrom bot.cli import main\nmain(['run'])"),
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "TELEGRAM_BOT_TOKEN": token,
            "TELEGRAM_API_URL": sandbox.url,
            "WEB_LISTEN": "127.0.0.1:0",
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    return process.returncode, printed.decode()


async def test_a_database_that_is_away_at_the_start_is_told_in_a_sentence(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:unsayable@127.0.0.1:9/none")

    exit_status, printed = await run(tmp_path, sandbox, TOKEN)

    assert exit_status == 1
    assert "The database can't be used (" in printed
    assert "unsayable" not in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_telegram_refuses_is_told_in_a_sentence_and_shown_nowhere(
    sandbox: Sandbox, tmp_path: Path, status: int
) -> None:
    sandbox.faults.add("getMe", status=status)

    exit_status, printed = await run(tmp_path, sandbox, TOKEN)

    assert exit_status == 1
    assert "Telegram doesn't accept the token. Copy the token anew" in printed
    assert "secret" not in printed
    assert "Traceback" not in printed


async def test_what_has_not_the_form_of_a_token_is_warned_of_before_telegram_is_asked(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    _, printed = await run(tmp_path, sandbox, "hello")

    assert "has not the form of a token" in printed


async def test_settings_that_every_user_of_the_machine_can_read_are_warned_of_at_the_start(sandbox: Sandbox) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        (folder / ".env").write_text("DEFAULT_LANGUAGE=en\n", encoding="utf-8")
        (folder / ".env").chmod(0o644)
        _, open_to_all = await run(folder, sandbox, "hello")
        (folder / ".env").chmod(0o600)
        _, closed = await run(folder, sandbox, "hello")

    assert "chmod go= .env" in open_to_all
    assert "chmod go=" not in closed


async def test_at_the_start_a_machine_without_pango_is_told_once_what_to_install(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    lacking = "from bot.paper import pdf\npdf.LIBRARIES = ('libno-such-library.so.0',)"

    _, printed = await run(tmp_path, sandbox, "hello", before=lacking)

    assert printed.count("a PDF needs Pango, which this machine lacks") == 1
    assert "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in printed


async def test_traces_that_nothing_can_tell_are_said_to_be_lacking_and_keep_nothing_from_running(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:unsayable@127.0.0.1:9/none")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")

    _, printed = await run(tmp_path, sandbox, TOKEN, before="import sys; sys.modules['opentelemetry'] = None")

    assert "OTEL_EXPORTER_OTLP_ENDPOINT needs OpenTelemetry" in printed
    assert "The database can't be used (" in printed  # it went on
