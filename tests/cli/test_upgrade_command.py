from pathlib import Path

import following
import psycopg
import pytest
from click.testing import CliRunner, Result
from following import CONTRACTED, knowing

from bot.cli import main
from bot.database.locks import programs_of

pytestmark = pytest.mark.postgresql


def upgrade() -> Result:
    return CliRunner().invoke(main, ["db", "upgrade"])


def test_a_version_that_takes_something_away_is_told_to_wait_for_the_end_of_older_processes(
    migrated_postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", migrated_postgresql_url)
    monkeypatch.setenv("LC_ALL", "C")
    address = migrated_postgresql_url.replace("+psycopg", "")
    with knowing(following.imagine(tmp_path / "following", upto=CONTRACTED)):
        with psycopg.connect(address, autocommit=True) as older:
            older.execute("SELECT pg_advisory_lock_shared(hashtextextended(%s, 0))", [programs_of(following.OWN)])
            refused = upgrade()
            (revision,) = older.execute("SELECT version_num FROM alembic_version").fetchone() or ()
        done = upgrade()
    too_old = upgrade()

    assert (refused.exit_code, done.exit_code, too_old.exit_code) == (1, 0, 1)
    assert refused.stderr.startswith("Processes of an older version are at work on the database")
    assert refused.stderr.count("\n") == 1
    assert revision == following.OWN
    assert too_old.stderr.startswith("The database is of a newer version, on which this one can't run.")
