import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.engine import make_url

from bot.cli import main

EXAMPLE = Path(__file__).parent.parent.parent / "docs" / "examples" / "care-and-training.yaml"
OLD, NEW = "sqlite:///data/old.db", "sqlite:///data/new.db"


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")


def run(url: str, *words: object) -> Result:
    return CliRunner(env={"DATABASE_URL": url}).invoke(main, [str(word) for word in words])


def erasures(name: str) -> Path:
    return Path("data") / f"{name}-erasures"


@pytest.mark.postgresql
def test_a_host_moves_to_postgresql_by_two_commands_and_is_told_what_comes_next(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(OLD, "dialogue", "import", EXAMPLE)
    secret = make_url(postgresql_url).set(password="hush").render_as_string(hide_password=False)
    monkeypatch.setenv("COPY_TO", secret.replace("postgresql+psycopg", "postgresql"))
    erasures("old.db").mkdir()
    (erasures("old.db") / "2026-11").write_text("2026-11-24T09:00:00+00:00 person 7-abcde\n", "utf-8")

    copied = run(OLD, "db", "copy")
    early = run(secret, "dialogue", "list")
    switched = run(OLD, "db", "copy", "--switch")
    late = run(OLD, "dialogue", "list")
    listed = run(secret, "dialogue", "list")

    assert (copied.exit_code, switched.exit_code) == (0, 0), copied.output + switched.output
    assert copied.stdout.startswith("Rows compared: ")
    assert "--switch" in copied.stdout
    assert "Set DATABASE_URL to it, and start the bot." in switched.stdout
    assert "hush" not in copied.output + switched.output + late.output
    assert early.exit_code == late.exit_code == 1
    assert "isn't whole yet" in early.stderr
    assert "was moved to postgresql://" in late.stderr
    assert listed.stdout.startswith("care-and-training")
    (moved,) = erasures(str(make_url(secret).database)).glob("*")
    assert "person 7-abcde" in moved.read_text("utf-8")


def test_what_is_refused_is_told_with_what_would_be_right() -> None:
    run(OLD, "dialogue", "import", EXAMPLE)
    run("sqlite:///data/other.db", "dialogue", "import", EXAMPLE)

    told = {
        "neither": run(OLD, "db", "copy", "--to", "mysql://nowhere").stderr,
        "same": run(OLD, "db", "copy", "--to", "sqlite:///data/../data/old.db").stderr,
        "occupied": run(OLD, "db", "copy", "--to", "sqlite:///data/other.db").stderr,
        "away": run(OLD, "db", "copy", "--to", "postgresql://nobody:hush@127.0.0.1:1/none").stderr,
        "nothing": run(OLD, "db", "copy", "--to", NEW, "--undo").stderr,
    }

    assert "must begin with sqlite:/// or postgresql://" in told["neither"]
    assert told["same"] == "Both are the same database.\n"
    assert "Name an empty one" in told["occupied"]
    assert "127.0.0.1:1/none can't be used" in told["away"]
    assert "nothing to take back" in told["nothing"]
    assert "hush" not in "".join(told.values())
    assert run(OLD, "db", "copy", "--to", NEW, "--undo", "--switch").exit_code == 2
    assert run(OLD, "dialogue", "list").stdout.startswith("care-and-training")


def test_a_switch_while_the_bot_runs_is_refused_and_afterwards_the_bot_still_begins() -> None:
    run(OLD, "dialogue", "import", EXAMPLE)
    with closing(sqlite3.connect("data/old.db")) as running:
        running.execute("SELECT 1 FROM dialogue").fetchall()
        refused = run(OLD, "db", "copy", "--to", NEW, "--switch")

    assert "Stop the bot first" in refused.stderr
    assert run(OLD, "dialogue", "list").stdout.startswith("care-and-training")


def test_the_doctor_says_of_a_database_that_was_moved_where_all_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    run(OLD, "dialogue", "import", EXAMPLE)
    run(OLD, "db", "copy", "--to", NEW)

    half = run(NEW, "doctor").stdout
    run(OLD, "db", "copy", "--to", NEW, "--switch")
    old, new = run(OLD, "doctor").stdout, run(NEW, "doctor").stdout

    assert "isn't whole yet" in half
    assert "new.db" in next(line for line in old.splitlines() if "was moved to" in line)
    assert "The database is up to date." in new
