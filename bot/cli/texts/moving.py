"""The words of the command line for the move from one database to another."""

import math
from collections.abc import Sequence

from bot.i18n import Translator


def compared(t: Translator, rows: int, changed: int) -> str:
    """After a look at every row: how many there are, and how many were brought or taken away in the copy."""
    # Translators: Both are numbers of rows of a database.
    return t.gettext("Rows compared: %(rows)s; different: %(changed)s.") % {
        "rows": t.number(rows),
        "changed": t.number(changed),
    }


def copied(t: Translator, where: str) -> str:
    """When the copy is as the database, but for what is written meanwhile."""
    return t.gettext(
        "%(where)s holds what the database does. What is written from now on, the switch brings along: stop the bot, "
        "then do the same with --switch."
    ) % {"where": where}


def switched(t: Translator, where: str, seconds: float) -> str:
    """When the bot is to work on the other database."""
    return t.gettext(
        "All is at %(where)s now, compared row by row (%(seconds)s s). Set DATABASE_URL to it, and start the bot. "
        "The old database is kept as it was, and no bot begins on it any more."
    ) % {"where": where, "seconds": t.number(math.ceil(seconds))}


def taken_back(t: Translator) -> str:
    """When the bot may work on the old database again."""
    return t.gettext("The bot may work on this database again.")


def not_a_database(t: Translator) -> str:
    """When the URL of the other database names none."""
    return t.gettext("The URL after --to must begin with sqlite:/// or postgresql://.")


def cannot_reach(t: Translator, where: str, reason: str) -> str:
    """When the other database can't be used; `reason` is in its own words."""
    return t.gettext("The database at %(where)s can't be used (%(reason)s).") % {"where": where, "reason": reason}


def same(t: Translator) -> str:
    """When a database was to be copied to itself."""
    return t.gettext("Both are the same database.")


def newer(t: Translator, where: str) -> str:
    """When a database has more than this version of the program knows."""
    return t.gettext(
        "%(where)s is of a newer version. Copy it with that version of the program: this one would leave behind what it doesn't know."
    ) % {"where": where}


def occupied(t: Translator, where: str) -> str:
    """When the copy would mix with something else."""
    return t.gettext("%(where)s holds something that isn't a copy of this database. Name an empty one.") % {
        "where": where
    }


def already_moved(t: Translator, where: str) -> str:
    """When the switch was made already."""
    return t.gettext(
        "All was moved to %(where)s already. To go back without losing what was written there since, "
        "set DATABASE_URL to it and copy from there."
    ) % {"where": where}


def not_moved(t: Translator) -> str:
    """When there is no switch to take back."""
    return t.gettext("No switch between these two was broken off, so there is nothing to take back.")


def unfit(t: Translator, name: str, key: str, reason: str) -> str:
    """When the other database doesn't take a row; `name` is its table, `reason` in the database's words."""
    return t.gettext(
        "The other database doesn't take row %(key)s of the table “%(table)s” (%(reason)s). What was copied so far "
        "stays; put the row right, and do the same again."
    ) % {"table": name, "key": key, "reason": reason}


def differs(t: Translator, tables: Sequence[str]) -> str:
    """When the copy isn't as the database in the end."""
    return t.gettext(
        "The copy differs in: %(tables)s. Nothing was switched; the bot may be started on the old database."
    ) % {"tables": ", ".join(tables)}
