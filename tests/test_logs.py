import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import logs

TOKEN = "1234567890:AAF-made_up-secret-for-the-tests"
ADDRESS = f"https://api.telegram.org/bot{TOKEN}/sendMessage"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, ours, hook = root.handlers, root.level, structlog.get_config(), sys.excepthook
    yield
    sys.excepthook = hook
    root.handlers, root.level = handlers, level
    structlog.configure(**ours)


PROGRAM = f"""
from bot import logs

logs.configure("console", "INFO")
raise RuntimeError("no answer from {ADDRESS}")
"""


def test_what_ends_the_program_is_told_without_the_token() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], check=False, capture_output=True, text=True)  # noqa: S603 - our own

    assert ended.returncode == 1
    assert "RuntimeError: no answer from https://api.telegram.org/bot<token>/sendMessage" in ended.stderr
    assert "secret" not in ended.stderr


def fail_with_the_token() -> None:
    raise RuntimeError(f"no answer from {ADDRESS}")


def log_the_token_everywhere() -> None:
    ours: Any = structlog.get_logger()
    ours.warning("sending failed", address=ADDRESS, nested={"token": [TOKEN]}, error=RuntimeError(ADDRESS))
    library = logging.getLogger("some.library")
    library.warning("calling %s", ADDRESS)
    library.warning("calling", extra={"address": ADDRESS})
    try:
        fail_with_the_token()
    except RuntimeError:
        ours.exception("an update failed")
        library.exception("it failed")


@pytest.mark.parametrize("form", ["console", "json"])
def test_the_token_is_in_no_line_wherever_it_came_from(capsys: pytest.CaptureFixture[str], form: Any) -> None:
    logs.configure(form, "INFO")

    log_the_token_everywhere()

    written = capsys.readouterr().err
    assert "secret" not in written
    assert "https://api.telegram.org/bot<token>/sendMessage" in written
    assert written.count("Traceback") == 2
    assert "fail_with_the_token" in written


def test_what_a_stranger_wrote_begins_no_line_of_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("console", "INFO")
    forged = "x\r\n2026-11-30T00:00:00Z [critical ] the token was changed"

    try:
        raise ValueError(forged)  # noqa: TRY301 - the traceback is what is looked at
    except ValueError:
        structlog.get_logger().exception("an update failed", data=forged)
    logging.getLogger("some.library").warning("no zone %s", forged)

    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if line.startswith("2026-11-30T00")] == []
    assert sum(not line.startswith("    | ") for line in lines) == 2


def test_for_machines_each_event_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json", "INFO")

    structlog.get_logger().info("kept", chat=1001, text="слово")
    logging.getLogger("some.library").warning("slow: %s s", 3)
    log_the_token_everywhere()

    first, second, *rest = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert first["event"] == "kept"
    assert (first["level"], first["chat"], first["text"]) == ("info", 1001, "слово")
    assert first["timestamp"].endswith("Z")
    assert (second["level"], second["event"]) == ("warning", "slow: 3 s")
    assert len(rest) == 5


def test_what_is_below_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("console", "WARNING")

    structlog.get_logger().info("a detail")
    logging.getLogger("some.library").info("another detail")
    structlog.get_logger().warning("a warning")

    written = capsys.readouterr().err
    assert "detail" not in written
    assert "a warning" in written


def test_times_and_numbers_are_not_taken_for_a_token(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("console", "INFO")

    structlog.get_logger().info("at 2026-11-30T09:05:59.123456Z on 127.0.0.1:8080")

    assert "<token>" not in capsys.readouterr().err
