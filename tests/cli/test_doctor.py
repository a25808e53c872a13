import asyncio
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lacking import lack_pango

from bot import i18n
from bot.cli import main
from bot.sandbox import Sandbox

ROOT = Path(__file__).parent.parent.parent
ROW = "INSERT INTO inbox (update_id, fingerprint, lane, raw, received_at, state, attempts, error) VALUES"


@pytest.fixture
async def folder(sandbox: Sandbox, tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a bot is hosted, with settings and a database that are right."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/cli.db")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", sandbox.token)
    monkeypatch.setenv("TELEGRAM_API_URL", sandbox.url)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("WEB_LISTEN", "127.0.0.1:1")  # nothing answers there, whatever runs on this machine
    # A catalogue that was edited since the last `make catalogues` is found as a fault: here none was.
    shutil.copytree(i18n.LOCALES, tmp_path / "locales")
    for compiled in (tmp_path / "locales").glob("*/LC_MESSAGES/messages.mo"):
        compiled.touch()
    monkeypatch.setattr(i18n, "LOCALES", tmp_path / "locales")
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(migrated_file, tmp_path / "data" / "cli.db")
    (tmp_path / "data" / "cli.db").chmod(0o600)
    return tmp_path


async def run(*words: object) -> Result:
    # The sandbox answers on this thread's loop.
    return await asyncio.to_thread(CliRunner().invoke, main, [str(word) for word in words])


async def findings() -> dict[str, Any]:
    result = await run("doctor", "--format", "json")
    return {one["matter"]: one for one in json.loads(result.stdout)["findings"]}


def park(folder: Path) -> None:
    with sqlite3.connect(folder / "data" / "cli.db") as connection:
        connection.execute(
            f"{ROW} (1, 'f', 7, '{{}}', '2026-11-24 09:00:00', 'parked', 3, 'Traceback\nValueError: no')"
        )
    connection.close()


@pytest.mark.usefixtures("folder")
async def test_a_bot_that_is_well_needs_nothing() -> None:
    result = await run("doctor")

    assert result.exit_code == 0, result.output
    assert "✓ Telegram accepts the token: the bot is @sandbox_bot." in result.stdout
    assert "✗" not in result.stdout
    assert result.stdout.endswith("Nothing needs to be done.\n")


async def test_a_fault_is_told_with_its_remedy_and_changes_the_exit_status(folder: Path) -> None:
    park(folder)

    result = await run("doctor")

    assert result.exit_code == 1
    assert "✗ 1 update was set aside" in result.stdout
    assert "ValueError: no\n  → " in result.stdout
    assert "vdialogue inbox retry --all" in result.stdout
    assert result.stdout.endswith("1 thing needs to be done.\n")


async def test_the_json_says_the_same(folder: Path) -> None:
    park(folder)

    result = await run("doctor", "--format", "json")

    told = json.loads(result.stdout)
    (parked,) = [one for one in told["findings"] if one["matter"] == "parked"]
    assert (result.exit_code, told["healthy"]) == (1, False)
    assert (parked["level"], parked["count"], parked["detail"]) == ("fault", 1, "ValueError: no")
    assert parked["since"].startswith("2026-11-24")
    assert "inbox retry" in parked["remedy"]


@pytest.mark.usefixtures("folder")
async def test_nothing_but_the_json_is_printed() -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "doctor", "--format", "json"),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )

    printed, _ = await program.communicate()

    assert json.loads(printed)["healthy"] is (program.returncode == 0)


async def test_a_terminal_that_knows_no_such_signs_gets_the_nearest(folder: Path) -> None:
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor"),
        cwd=folder,
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "latin-1", "LC_ALL": "C"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )

    printed, complaint = await program.communicate()

    assert complaint == b""
    assert b"! There is no token.\n  -> Put the token from @BotFather into .env" in printed


async def test_every_finding_but_a_fine_one_has_its_remedy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    park(folder)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN")

    found = await findings()

    assert {"token_missing", "parked"} <= set(found)
    assert all(bool(one["remedy"]) == (one["level"] != "fine") for one in found.values())


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("api", ["http://127.0.0.1:9", None])
async def test_the_token_is_never_printed(monkeypatch: pytest.MonkeyPatch, api: str | None) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "43:unsayable")
    if api:
        monkeypatch.setenv("TELEGRAM_API_URL", api)

    result = await run("doctor")

    assert result.exit_code == 1
    assert "unsayable" not in result.output


async def test_looking_for_a_database_doesn_t_make_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere/vdialogue.db")

    found = await findings()

    assert found["database_to_come"]["detail"] == f"{folder}/elsewhere/vdialogue.db"
    assert not (folder / "elsewhere").exists()


@pytest.mark.parametrize(
    ("version", "matter", "level", "remedy"),
    [
        ("version_num = '0001'", "database_behind", "fault", "vdialogue db upgrade"),
        ("version_num = '9999'", "database_ahead", "note", "It may go on as it is"),
        ("version_num = '9999', needed = '9998'", "database_beyond", "fault", "Bring the program up to date"),
    ],
)
async def test_a_database_of_another_version_is_found_and_left_as_it_is(
    folder: Path, version: str, matter: str, level: str, remedy: str
) -> None:
    with sqlite3.connect(folder / "data" / "cli.db") as connection:
        connection.execute(f"UPDATE alembic_version SET {version}")  # noqa: S608 - as given above
    connection.close()

    found = await findings()

    assert found[matter]["level"] == level
    assert remedy in found[matter]["remedy"]


@pytest.mark.usefixtures("folder")
async def test_a_database_that_is_away_is_found_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:unsayable@127.0.0.1:9/none")

    result = await run("doctor")

    assert result.exit_code == 1
    assert "✗ The database can't be used" in result.stdout
    assert "unsayable" not in result.output


@pytest.mark.usefixtures("folder")
async def test_a_webhook_that_the_settings_want_and_telegram_doesn_t_know_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org/telegram")
    monkeypatch.setenv("WEBHOOK_SECRET", "secret")

    found = await findings()

    assert found["webhook_missing"]["detail"] == "https://example.org/telegram"


@pytest.mark.usefixtures("folder")
async def test_a_machine_without_pango_is_noted_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    lack_pango(monkeypatch)

    result = await run("doctor")

    assert result.exit_code == 0
    assert "· A PDF needs Pango, which this machine lacks" in result.stdout
    assert "sudo apt install libpango-1.0-0" in result.stdout


@pytest.fixture
def shared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder, where every user of the machine comes by, with its settings in a file."""
    (folder / ".env").write_text("DEFAULT_LANGUAGE=en\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        there = Path(place) / "bot"
        shutil.copytree(folder, there)
        there.chmod(0o755)
        monkeypatch.chdir(there)
        monkeypatch.delenv("DATABASE_URL")  # data/vdialogue.db
        (there / "data" / "cli.db").rename("data/vdialogue.db")
        yield there


async def test_what_every_user_of_the_machine_can_read_is_found(shared: Path) -> None:
    for path in (shared / "data", shared / "data" / "vdialogue.db", shared / ".env"):
        path.chmod(0o755)

    result = await run("doctor")

    assert result.exit_code == 1
    assert "✗ Every user of this machine can read .env.\n  → Keep all others out: chmod -R go= .env" in result.stdout
    assert "✗ Every user of this machine can read data.\n  → Keep all others out: chmod -R go= data" in result.stdout


async def test_what_others_can_read_of_logs_backups_and_exports_is_found_too(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKUP_DIR", "kept")
    (shared / "kept").mkdir()
    for path in ("kept/vdialogue-2026-11-29T0300Z.backup", "data/vdialogue.db-wal", "training.zip", ".env"):
        (shared / path).touch()
        (shared / path).chmod(0o640 if path == ".env" else 0o644)
    for path in ("kept", "data"):
        (shared / path).chmod(0o755)
    (shared / "data" / "vdialogue.db").chmod(0o600)

    told = json.loads((await run("doctor", "--format", "json")).stdout)["findings"]

    open_to = {one["detail"]: (one["matter"], one["level"]) for one in told if one["matter"].startswith("open_to")}
    assert open_to == {
        ".env": ("open_to_group", "note"),
        **dict.fromkeys(("data", "kept", "training.zip"), ("open_to_all", "fault")),
    }
    assert "chmod -R go= training.zip" in {one["remedy"].rpartition(": ")[2] for one in told if one["remedy"]}


async def test_what_lies_behind_a_closed_folder_is_not_taken_for_open(shared: Path) -> None:
    for path in (shared / "data" / "vdialogue.db", shared / ".env"):
        path.chmod(0o644)
    shared.chmod(0o700)

    found = await findings()

    assert "open_to_all" not in found
    assert "open_to_group" not in found


@pytest.mark.usefixtures("folder")
async def test_without_translations_the_doctor_still_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "LOCALES", tmp_path / "none")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")

    result = await run("doctor")

    assert result.exit_code == 1
    others = ", ".join(tag for tag in i18n.LANGUAGES if tag != i18n.SOURCE)
    assert f"✗ Translations are not compiled ({others})." in result.stdout
    assert "make catalogues" in result.stdout


def test_translations_that_changed_since_they_were_compiled_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, compiled_at in (("fr", 2_000), ("ru", 1_000)):
        compiled = tmp_path / folder / "LC_MESSAGES" / "messages.mo"
        compiled.parent.mkdir(parents=True)
        compiled.touch()
        os.utime(compiled, (compiled_at, compiled_at))
        compiled.with_suffix(".po").touch()
        os.utime(compiled.with_suffix(".po"), (1_500, 1_500))
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)

    assert i18n.compiled_before_last_change() == ["ru"]


async def test_a_backup_that_is_lacking_or_old_is_a_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_DIR", str(folder / "kept"))
    lacking = await findings()
    (folder / "kept").mkdir()
    backup = folder / "kept" / "vdialogue-2026-11-24T0300Z.backup"
    backup.write_text("all that is remembered")
    recent = await findings()
    os.utime(backup, (0, 0))
    old = await findings()

    assert lacking["backup_lacking"]["level"] == "fault"
    assert recent["backup_recent"]["level"] == "fine"
    assert old["backup_old"]["text"] == "The newest backup, vdialogue-2026-11-24T0300Z.backup, is older than a day."
    assert old["backup_old"]["remedy"].startswith("See that the bot runs")


async def test_before_the_first_run_a_missing_database_is_no_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "data" / "cli.db").unlink()

    result = await run("doctor")
    monkeypatch.setenv("BACKUP_DIR", str(folder / "backups"))
    (folder / "backups").mkdir()
    (folder / "backups" / "vdialogue-20261129T0300Z.backup").write_text("a backup")
    with_backups = await findings()

    assert result.exit_code == 0, result.output
    assert f"· There is no database yet; “vdialogue run” makes it: {folder}/data/cli.db" in result.stdout
    assert "db upgrade" not in result.stdout
    assert with_backups["database_missing"]["level"] == "fault"
