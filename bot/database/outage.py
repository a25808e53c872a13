"""An outage: the database goes away and comes back. Each is told once, whoever of all that write to it finds it."""

import sqlite3
import time

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout

OUR_FAULT = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE}  # SQLite's codes for what is wrong with a statement
NO_DATABASE = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
AWAY = {"08", "53", "57"}  # PostgreSQL's classes of errors: connection, resources, operator (its manual, appendix A)
SILENCE = {"57P05", "25P03"}  # PostgreSQL's codes for a connection that it ended since nothing was heard on it
CONNECTION_ENDED = "8s2b"  # SQLAlchemy's code for a transaction whose connection was lost before this statement
UNDER_WAY_SECONDS = 1.0  # what is written within that of a failure was under way when it came, and shows nothing

log = structlog.get_logger()


class Outage:
    """Whether the database is away, as those who write to it find; reading may go on all the while."""

    def __init__(self) -> None:
        self._lasts = False
        self._failed_at = 0.0

    @property
    def lasts(self) -> bool:
        """Whether writing failed the last time."""
        return self._lasts

    def noticed(self, error: BaseException, *, certain: bool = False) -> bool:
        """Something failed; returns whether that is an outage (`certain` if the caller knows), which is told now."""
        if not (certain or is_outage(error)):
            return False
        if not self._lasts:
            log.error(
                "the database is away",
                error=f"{type(error).__name__}: {error}".partition("\n")[0],
                remedy="free the disk, or bring the database back: the bot goes on by itself, and nothing is lost",
            )
        self._lasts, self._failed_at = True, time.monotonic()
        return True

    def over(self) -> None:
        """Something was written."""
        if self._lasts and time.monotonic() - self._failed_at >= UNDER_WAY_SECONDS:
            log.info("the database is back")
            self._lasts = False


def is_unusable(error: BaseException) -> bool:
    """Whether an error says that the database is away, locked or full, or that what is there is none, or is broken."""
    return is_outage(error) or getattr(getattr(error, "orig", None), "sqlite_errorcode", None) in NO_DATABASE


def of_silence(error: BaseException) -> bool:
    """Whether the database ended a connection only because this process stood still: it is there all the while."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in SILENCE


def reason(error: BaseException) -> str:
    """What the database, or its driver, says of an error: the first line, without a statement or a password."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]


def is_outage(error: BaseException) -> bool:
    """Whether an error says that the database is away, locked or full, rather than that a statement is wrong."""
    if isinstance(error, PoolTimeout) or (isinstance(error, PendingRollbackError) and error.code == CONNECTION_ENDED):
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code, state = (getattr(error.orig, name, None) for name in ("sqlite_errorcode", "sqlstate"))
    return code not in OUR_FAULT if code is not None else state is None or state[:2] in AWAY
