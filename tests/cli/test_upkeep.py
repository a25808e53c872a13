import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

EXAMPLE = Path(__file__).parent.parent.parent / "docs" / "examples" / "care-and-training.yaml"


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/cli.db")
    monkeypatch.setenv("LC_ALL", "C")


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def park(count: int) -> None:
    """Updates that were set aside, with the ids from 1."""
    run("db", "upgrade")
    with sqlite3.connect("data/cli.db") as connection:
        for update_id in range(count):
            connection.execute(
                "INSERT INTO inbox (update_id, fingerprint, lane, raw, received_at, state, attempts, error)"
                " VALUES (?, 'f', 7, '{}', '2026-11-24 09:00:00', 'parked', 3, 'Traceback\nValueError: no')",
                (update_id,),
            )
    connection.close()


def test_a_backup_is_taken_and_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("dialogue", "import", EXAMPLE)

    taken = run("db", "backup", "backup.db")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/other/vdialogue.db")
    restored = run("db", "restore", "backup.db")
    listed = run("dialogue", "list")

    assert (taken.exit_code, restored.exit_code) == (0, 0)
    assert "backup.db" in taken.stdout
    assert listed.stdout.startswith("care-and-training")


def test_what_is_written_is_for_its_owner_alone(tmp_path: Path) -> None:
    run("dialogue", "import", EXAMPLE)
    run("db", "backup", "backup.db")
    run("export", "care-and-training", "--format", "csv", "-o", "out.csv")
    run("summary", "care-and-training", "--format", "md", "-o", "out.md")

    written = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.rglob("*")}
    assert written.pop("data") == "0o700"
    assert {"cli.db", "backup.db", "out.csv", "out.md"} <= set(written)
    assert set(written.values()) == {"0o600"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("backup", "taken.db"), "taken.db is there already"),
        (("backup", "no/folder/new.db"), "no/folder/new.db can't be written"),
        (("restore", "taken.db"), "--replace"),
        (("restore", "missing.db"), "missing.db can't be read"),
        (("restore", "--replace", "notes.txt"), "notes.txt is not a whole backup"),
    ],
)
def test_what_is_refused_is_told_with_what_would_be_right(words: tuple[str, ...], told: str) -> None:
    run("dialogue", "import", EXAMPLE)
    run("db", "backup", "taken.db")
    Path("notes.txt").write_text("What we did\n", encoding="utf-8")

    refused = run("db", *words)

    assert refused.exit_code == 1
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr
    assert run("dialogue", "list").stdout.startswith("care-and-training")


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    refused = run("db", "backup", "new.db")

    assert refused.exit_code == 1
    assert "There is no database to back up." in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_replacing_is_refused_while_the_bot_has_the_database_open() -> None:
    run("dialogue", "import", EXAMPLE)
    run("db", "backup", "taken.db")
    with sqlite3.connect("data/cli.db") as running:
        running.execute("SELECT 1 FROM dialogue").fetchall()
        refused = run("db", "restore", "--replace", "taken.db")
    running.close()

    assert refused.exit_code == 1
    assert "Stop the bot first" in refused.stderr


def test_updates_that_were_set_aside_are_listed_and_tried_again() -> None:
    park(3)

    listed = run("inbox", "list")
    one = run("inbox", "retry", 2)
    rest = run("inbox", "retry", "--all")
    none = run("inbox", "list")

    assert listed.stdout.splitlines()[1] == "2: came on 24 Nov, 09:00; ValueError: no"
    assert one.stdout.startswith("1 update is tried again")
    assert rest.stdout.startswith("2 updates are tried again")
    assert none.stdout == "No update was set aside.\n"


def test_retrying_what_isn_t_set_aside_is_refused() -> None:
    park(1)

    refused = run("inbox", "retry", 1, 404)

    assert refused.exit_code == 1
    assert "There is no update 404" in refused.stderr
    assert run("inbox", "list").stdout.startswith("1: ")


@pytest.mark.parametrize("words", [(), ("1", "--all")])
def test_retrying_needs_ids_or_all(words: tuple[str, ...]) -> None:
    assert run("inbox", "retry", *words).exit_code == 2
