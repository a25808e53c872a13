import asyncio
import json
import re
import sqlite3
import textwrap
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from receiver import LOOPBACK, Receiver

from bot.cli import main

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "docs" / "examples" / "care-and-training.yaml"
FOR_RECEIVERS = ROOT / "docs" / "webhooks.md"


@pytest.fixture(autouse=True)
async def _hosted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/cli.db")
    monkeypatch.setenv("WEBHOOKS_TO_PRIVATE", LOOPBACK)
    monkeypatch.setenv("LC_ALL", "C")
    await invoke("dialogue", "import", EXAMPLE)


async def run(*words: object) -> Result:
    return await invoke("webhook", *words)


async def invoke(*words: object) -> Result:
    # The receiver answers on this thread's loop.
    return await asyncio.to_thread(CliRunner().invoke, main, [str(word) for word in words])


def secret_in(output: str) -> str:
    found = re.search(r"whsec_\S+", output)
    assert found is not None
    return found[0]


def verified(heard: Any, secret: str) -> Any:
    """What the example of the documentation makes of a request."""
    (example,) = re.findall(r"```python\n(.*?)```", FOR_RECEIVERS.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(textwrap.dedent(example).replace("whsec_…", secret), names)  # noqa: S102 - our own page
    return names["received"](heard.body, heard.headers)


async def test_an_endpoint_is_added_tested_listed_given_a_new_secret_and_taken_away(receiver: Receiver) -> None:
    added = await run("add", "care-and-training", receiver.url, "--events", "reply,summary.published")
    secret = secret_in(added.stdout)
    tested = await run("test", 1)
    listed = await run("list")
    rotated = await run("rotate", 1)
    again = await run("test", 1)
    resent = await run("resend", 1, "--since", "2026-11-01")
    removed = await run("remove", 1)

    assert [each.exit_code for each in (added, tested, listed, rotated, again, resent, removed)] == [0] * 7
    assert tested.stdout == "It took the event (204).\n"
    assert verified(receiver.heard[0], secret)["data"] == {"dialogue": "care-and-training"}
    assert f"1: care-and-training, to {receiver.url}\n" in listed.stdout
    assert "reply.restored, summary.published, without the words." in listed.stdout
    assert secret not in listed.stdout + again.stdout
    assert verified(receiver.heard[1], secret_in(rotated.stdout))["type"] == "ping"
    assert resent.stdout.startswith("0 events")
    assert removed.stdout.startswith("Nothing goes to 127.0.0.1 any more")
    assert (await run("list")).stdout == "No other system is told anything.\n"


async def test_what_a_stranger_answers_moves_no_cursor(receiver: Receiver) -> None:
    await run("add", "care-and-training", receiver.url)
    receiver.answers, receiver.body = [(500, {})], "\x1b[2J\u202eOut of\r\norder".encode()

    tested = await run("test", 1)

    assert tested.exit_code == 1
    assert tested.stderr == "It failed (500).\nIts answer begins: [2J Out of order\n"


async def test_that_words_go_elsewhere_is_in_the_log_of_moderation(receiver: Receiver) -> None:
    await run("add", "care-and-training", receiver.url)
    with sqlite3.connect("data/cli.db") as connection:
        before = connection.execute("SELECT act FROM log_entry").fetchall()
    connection.close()

    await run("add", "care-and-training", receiver.url, "--with-words")

    with sqlite3.connect("data/cli.db") as connection:
        assert connection.execute("SELECT act FROM log_entry").fetchall() == [*before, ("exported",)]
    connection.close()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "nowhere", "https://example.org"), "nowhere"),
        (("add", "care-and-training", "example.org/hook"), "https://"),
        (("add", "care-and-training", "https://me:secret@example.org"), "without a password"),
        (("add", "care-and-training", "https://example.org:port/"), "https://"),
        (("add", "care-and-training", "https://example.org", "--events", "replies"), "reply.created"),
        (("test", 7), "There is no endpoint 7."),
        (("remove", 7), "vdialogue webhook list"),
    ],
)
async def test_what_is_refused_is_told_with_what_would_be_right(words: tuple[object, ...], told: str) -> None:
    refused = await run(*words)

    assert refused.exit_code == 1
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr


async def test_http_is_for_what_the_host_names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBHOOKS_TO_PRIVATE")

    refused = await run("add", "care-and-training", "http://example.org/hook")

    assert refused.exit_code == 1
    assert "It must be an address with https://" in refused.stderr


async def test_the_doctor_tells_of_an_endpoint_that_takes_nothing_any_more(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_LISTEN", "127.0.0.1:1")  # nothing answers there, whatever runs on this machine
    await run("add", "care-and-training", receiver.url)
    healthy = await invoke("doctor", "--format", "json")
    with sqlite3.connect("data/cli.db") as connection:
        connection.execute("UPDATE webhook_endpoint SET state = 'disabled', setback = 'gone', status = 410")
    connection.close()

    found = {
        each["matter"]: each for each in json.loads((await invoke("doctor", "--format", "json")).stdout)["findings"]
    }

    assert "hook_given_up" not in healthy.stdout
    assert found["hook_given_up"]["text"].endswith(": 1 (127.0.0.1)")
    assert "vdialogue webhook resend" in found["hook_given_up"]["remedy"]
    assert "It says that it is gone for good (410)." in (await run("list")).stdout
