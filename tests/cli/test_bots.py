import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from cryptography.fernet import Fernet
from hosted import NORTH, SOUTH, UNKNOWN, beside, listed, run, settle_in

from bot.features.health import jobs as telegram
from bot.sandbox import Sandbox


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sandbox: Sandbox, migrated_sqlite_url: str) -> str:
    return settle_in(monkeypatch, tmp_path, sandbox, migrated_sqlite_url)


@pytest.fixture
async def north(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    async with beside(sandbox, NORTH, "north_bot") as other:
        yield other


@pytest.fixture
async def south(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    async with beside(sandbox, SOUTH, "south_bot") as other:
        yield other


@pytest.mark.usefixtures("north")
async def test_a_bot_is_registered_with_its_token_encrypted_and_a_database_of_its_own(key: str, tmp_path: Path) -> None:
    added = await run("bot", "add", "north", "--organiser", 1001, typed=f"{NORTH}\n")

    assert added.exit_code == 0, added.output
    assert f"@north_bot is registered as “north”. Its data lie at: {tmp_path}/test-north.db" in added.stdout
    assert NORTH not in added.output
    (told,) = (await listed()).values()
    assert (told["username"], told["state"], told["data"]) == ("north_bot", None, f"{tmp_path}/test-north.db")
    with closing(sqlite3.connect(tmp_path / "test.db")) as kept:
        ((sealed,),) = kept.execute("SELECT token FROM hosted_bot").fetchall()
    assert Fernet(key).decrypt(sealed).decode() == NORTH
    assert oct((tmp_path / "test-north.db").stat().st_mode & 0o777) == "0o600"


@pytest.mark.usefixtures("key", "north", "south")
async def test_what_is_refused_is_told_with_what_would_be_right_and_registers_nothing(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run("bot", "add", "north", "--web-url", "https://north.example.org", typed=NORTH)

    told = {
        "name": await run("bot", "add", "North!", typed=SOUTH),
        "name taken": await run("bot", "add", "north", typed=SOUTH),
        "unknown": await run("bot", "add", "south", typed=UNKNOWN),
        "no token": await run("bot", "add", "south", typed="hello"),
        "registered": await run("bot", "add", "south", typed=NORTH),
        "first": await run("bot", "add", "south", typed=sandbox.token),
        "host": await run("bot", "add", "south", "--web-url", "https://NORTH.example.org:8443", typed=SOUTH),
        "address": await run("bot", "add", "south", "--web-url", "http://south.example.org", typed=SOUTH),
        "people": await run("bot", "add", "south", "--organiser", "ada", typed=SOUTH),
        "which": await run("doctor", "--bot", "south"),
        "of all": await run("run", "--bot", "north"),
        "of none": await run("doctor", "--bot"),
    }
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    told["away"] = await run("bot", "add", "south", typed=SOUTH)
    monkeypatch.delenv("BOT_KEYS")
    told["no key"] = await run("bot", "add", "south", typed=SOUTH)

    expected = {
        "name": "a-z, 0-9 and -",
        "name taken": "vdialogue bot rotate north",
        "unknown": "Copy it anew from @BotFather",
        "no token": "Copy it anew from @BotFather",
        "registered": "@north_bot is registered already, as “north”",
        "first": "@sandbox_bot is the first bot",
        "host": "Each bot needs a host of its own",
        "address": "WEB_URL: must begin with https://",
        "people": "ORGANISER_IDS: must be Telegram user ids",
        "which": "vdialogue bot list",
        "of all": "--bot says nothing to: vdialogue run",
        "of none": "--bot needs the name of a bot",
        "away": "Telegram can’t be reached",
        "no key": "vdialogue bot key",
    }
    assert {name: expected[name] in result.stderr for name, result in told.items()} == dict.fromkeys(expected, True)
    assert {result.exit_code for result in told.values()} == {1, 2}
    assert not any(token in result.output for result in told.values() for token in (NORTH, SOUTH, UNKNOWN))
    assert set(await listed()) == {"north"}
    assert [file.name for file in tmp_path.glob("*.db")].count("test-south.db") == 0


async def call(sandbox: Sandbox, method: str, **parameters: object) -> int:
    """Another program asks something of Telegram; the status of the answer."""
    url = f"{sandbox.url}/bot{sandbox.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=parameters) as answer:
        return answer.status


async def poll_for_ever(sandbox: Sandbox) -> None:
    while True:
        await call(sandbox, "getUpdates", timeout=1)


@pytest.mark.usefixtures("key")
async def test_a_bot_whose_updates_another_program_gets_is_refused_until_that_ends_or_a_webhook_is_given_up(
    north: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram, "ASKING_SECONDS", 1)
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(poll_for_ever(north))
        asked = await run("bot", "add", "north", "--take-over", typed=NORTH)
        polling.cancel()
    await call(north, "setWebhook", url="https://elsewhere.example.org/hook")

    brought = await run("bot", "add", "north", typed=NORTH)
    taken = await run("bot", "add", "north", "--take-over", typed=NORTH)

    assert "Another program asks Telegram for the updates of @north_bot. Stop it first" in asked.stderr
    assert "brings the updates of @north_bot to https://elsewhere.example.org/hook" in brought.stderr
    assert [each.exit_code for each in (asked, brought, taken)] == [1, 1, 0]


@pytest.mark.usefixtures("north", "key")
async def test_a_removed_bot_leaves_its_data_which_another_of_its_name_takes_up_only_if_that_is_meant(
    south: Sandbox, tmp_path: Path
) -> None:
    example = Path(__file__).parents[2] / "docs" / "examples" / "care-and-training.yaml"
    await run("bot", "add", "north", typed=NORTH)
    await run("dialogue", "import", example, "--bot", "north")

    kept = await run("bot", "remove", "north", typed="n\n")
    removed = await run("bot", "remove", "north", typed="y\n")
    refused = await run("bot", "add", "north", typed=SOUTH)
    adopted = await run("bot", "add", "north", "--adopt", typed=NORTH)

    assert south.token == SOUTH
    assert [each.exit_code for each in (kept, removed, refused, adopted)] == [1, 0, 1, 0]
    assert f"{tmp_path}/test-north.db" in removed.stdout
    assert "There are data of a bot of that name already" in refused.stderr
    assert (await run("dialogue", "list", "--bot=north")).stdout.startswith("care-and-training")


@pytest.mark.usefixtures("north", "key")
async def test_all_commands_are_for_the_bot_that_is_named_by_a_word_anywhere_or_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = Path(__file__).parents[2] / "docs" / "examples" / "care-and-training.yaml"
    await run("bot", "add", "north", typed=NORTH)

    imported = await run("--bot", "north", "dialogue", "import", example)
    mine, theirs = await run("dialogue", "list"), await run("dialogue", "list", "--bot", "north")
    backed_up = await run("db", "backup", "north.backup", "--bot", "north")
    doctor = await run("doctor", "--bot", "north")
    monkeypatch.setenv("BOT", "north")
    by_environment = await run("export", "care-and-training", "-o", "north.xlsx")

    assert (imported.exit_code, backed_up.exit_code, by_environment.exit_code) == (0, 0, 0), by_environment.output
    assert mine.stdout.startswith("There is no dialogue yet")
    assert theirs.stdout.startswith("care-and-training")
    assert "the bot is @north_bot" in doctor.stdout
    with closing(sqlite3.connect(tmp_path / "north.backup")) as kept:
        assert kept.execute("SELECT slug FROM dialogue").fetchall() == [("care-and-training",)]


async def test_a_new_token_of_the_same_bot_is_taken_and_one_of_another_is_not(
    key: str, north: Sandbox, south: Sandbox, tmp_path: Path
) -> None:
    await run("bot", "add", "north", typed=NORTH)
    north.renew_token("43:renewed" + "r" * 30)

    other = await run("bot", "rotate", "north", typed=south.token)
    old = await run("bot", "rotate", "north", typed=NORTH)
    renewed = await run("bot", "rotate", "north", typed=north.token)

    assert "This token is of @south_bot, which is not “north”" in other.stderr
    assert "Telegram doesn’t accept the token" in old.stderr
    assert renewed.exit_code == 0
    with closing(sqlite3.connect(tmp_path / "test.db")) as kept:
        ((sealed,),) = kept.execute("SELECT token FROM hosted_bot").fetchall()
    assert Fernet(key).decrypt(sealed).decode() == north.token


@pytest.mark.usefixtures("north")
async def test_tokens_are_encrypted_by_another_key_and_one_that_no_key_opens_is_told_of_and_given_again(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run("bot", "add", "north", typed=NORTH)
    (printed,) = (await run("bot", "key")).stdout.splitlines()

    monkeypatch.setenv("BOT_KEYS", f"{printed},{key}")
    renewed = await run("bot", "rotate", "--keys")
    monkeypatch.setenv("BOT_KEYS", key)
    lost = await run("dialogue", "list", "--bot", "north")
    doctor = await run("doctor")
    untouched = await run("bot", "rotate", "--keys")
    again = await run("bot", "rotate", "north", typed=NORTH)

    assert renewed.stdout.startswith("The token of 1 bot is encrypted by the first key")
    assert "No key of BOT_KEYS opens the token of “north”" in lost.stderr
    assert "✗ Another bot can't be served: north (key_lost)" in doctor.stdout
    assert "they stay as they are: north" in untouched.stderr
    assert again.exit_code == 0
    assert (await run("dialogue", "list", "--bot", "north")).exit_code == 0


async def test_the_keys_are_read_from_a_credential_of_systemd(
    key: str, north: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BOT_KEYS")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "bot_keys").write_text(f"{key}\n", "utf-8")

    added = await run("bot", "add", "north", typed=north.token)

    assert added.exit_code == 0, added.output


@pytest.mark.usefixtures("north", "key")
async def test_a_bot_that_is_to_rest_is_listed_so() -> None:
    await run("bot", "add", "north", typed=NORTH)

    await run("bot", "pause", "north")
    resting, doctor = (await run("bot", "list")).stdout, await run("doctor")
    await run("bot", "resume", "north")

    assert "north: @north_bot; paused; " in resting
    assert "· Another bot is paused: north." in doctor.stdout
    assert (await listed())["north"]["state"] is None


@pytest.mark.usefixtures("north", "south", "key")
async def test_what_a_bot_has_of_its_own_is_changed_and_the_rest_stays() -> None:
    await run("bot", "add", "south", "--web-url", "https://south.example.org", typed=SOUTH)
    await run("bot", "add", "north", "--pace", 20, "--organiser", 1001, typed=NORTH)

    done = await run("bot", "change", "north", "--web-url", "https://north.example.org", "--organiser", 1002)
    changed = (await listed())["north"]
    taken = await run("bot", "change", "north", "--web-url", "https://south.example.org")
    unknown = await run("bot", "change", "west", "--pace", 3)
    await run("bot", "change", "north", "--no-pace", "--no-organisers")
    bare = (await listed())["north"]

    assert done.exit_code == 0, done.output
    assert (changed["web_url"], changed["pace"], changed["organiser_ids"]) == ("https://north.example.org", 20, [1002])
    assert "Each bot needs a host of its own" in taken.stderr
    assert "No bot “west” is registered" in unknown.stderr
    assert (bare["web_url"], bare["pace"], bare["organiser_ids"]) == ("https://north.example.org", None, [])


@pytest.mark.postgresql
@pytest.mark.usefixtures("north", "key")
async def test_a_bot_moves_to_postgresql_into_a_schema_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgresql_url: str
) -> None:
    example = Path(__file__).parents[2] / "docs" / "examples" / "care-and-training.yaml"
    monkeypatch.setenv("COPY_TO", postgresql_url)
    await run("bot", "add", "north", typed=NORTH)
    await run("dialogue", "import", example, "--bot", "north")

    steps = [
        await run(*words)
        for words in (
            ("db", "copy", "--bot", "north"),
            ("db", "copy"),
            ("db", "copy", "--switch", "--bot", "north"),
            ("db", "copy", "--switch"),
        )
    ]
    monkeypatch.setenv("DATABASE_URL", postgresql_url)

    assert [each.exit_code for each in steps] == [0, 0, 0, 0], [each.output for each in steps]
    assert (await run("dialogue", "list")).stdout.startswith("There is no dialogue yet")
    assert (await run("dialogue", "list", "--bot", "north")).stdout.startswith("care-and-training")
    assert (await listed())["north"]["data"].endswith(" bot_north")
    assert (tmp_path / "test-north.db").exists()


@pytest.mark.usefixtures("key")
async def test_who_lacks_what_encrypts_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)

    refused = await run("bot", "key")

    assert refused.exit_code == 1
    assert "pip install --no-build-isolation -e '.[bots]'" in refused.output
    assert "Traceback" not in refused.output
