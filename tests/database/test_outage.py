import sqlite3

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.database import Database
from bot.database.outage import Outage, is_outage


def of_sqlite(code: int) -> OperationalError:
    fault = sqlite3.OperationalError("…")
    fault.sqlite_errorcode = code
    return OperationalError("", {}, fault)


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite(sqlite3.SQLITE_BUSY),
        of_sqlite(sqlite3.SQLITE_FULL),
        of_sqlite(sqlite3.SQLITE_IOERR),
        OperationalError("", {}, psycopg.OperationalError("connection refused")),
        OperationalError("", {}, psycopg.errors.AdminShutdown()),
        OperationalError("", {}, psycopg.errors.DiskFull()),
        PoolTimeout(),
    ],
)
def test_a_database_that_is_locked_full_or_gone_is_away(error: Exception) -> None:
    assert is_outage(error)


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite(sqlite3.SQLITE_ERROR),
        IntegrityError("", {}, sqlite3.IntegrityError("…")),
        OperationalError("", {}, psycopg.errors.DeadlockDetected()),
        TimeoutError(),
        FileNotFoundError(),
    ],
)
def test_what_is_wrong_with_one_update_is_no_outage(error: Exception) -> None:
    assert not is_outage(error)


async def test_a_statement_that_is_wrong_is_no_outage(either_database: Database) -> None:
    with pytest.raises(DBAPIError) as wrong:
        async with either_database.readers() as session:
            await session.execute(text("SELECT nothing FROM nowhere"))

    assert not is_outage(wrong.value)


async def test_a_connection_that_ends_before_the_commit_is_away(either_database: Database) -> None:
    session = either_database.sessions()
    await (await session.connection()).invalidate()

    with pytest.raises(SQLAlchemyError) as lost:
        await session.commit()

    assert is_outage(lost.value)
    await session.close()


def test_an_outage_is_told_once_when_it_begins_and_once_when_it_is_over(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    outage = Outage()

    for _ in range(3):
        outage.noticed(of_sqlite(sqlite3.SQLITE_BUSY))
        outage.over()  # what was under way
    monkeypatch.setattr("bot.database.outage.UNDER_WAY_SECONDS", 0.0)
    for _ in range(3):
        outage.over()

    said = capsys.readouterr().out
    assert said.count("the database is away") == 1
    assert said.count("the database is back") == 1
