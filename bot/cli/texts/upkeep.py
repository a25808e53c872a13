"""The words of the command line for backups and for updates that were set aside."""

from bot.i18n import Translator
from bot.inbox.retries import Parked


def backed_up(t: Translator, path: str) -> str:
    """When a backup was taken."""
    return t.gettext("Everything is in %(path)s. Keep a copy of it on another machine.") % {"path": path}


def file_in_the_way(t: Translator, path: str) -> str:
    """When a backup would overwrite a file."""
    return t.gettext("%(path)s is there already, and a backup overwrites nothing. Name another file.") % {"path": path}


def nothing_to_back_up(t: Translator) -> str:
    """When there is no database yet."""
    return t.gettext("There is no database to back up. Work in the bot's folder, where .env is.")


def cannot_write(t: Translator, path: str, reason: str) -> str:
    """When a file can't be written."""
    return t.gettext("%(path)s can't be written: %(reason)s") % {"path": path, "reason": reason}


def restored(t: Translator, path: str) -> str:
    """When a backup was put back."""
    return t.gettext(
        "The database is as it was in %(path)s. Start the bot: that brings it up to date. What happened since is not in it."
    ) % {"path": path}


def erased_again(t: Translator, count: int) -> str:
    """When people had themselves erased since a backup that was put back."""
    return t.ngettext(
        "%(count)s erasure made since was done again.", "%(count)s erasures made since were done again.", count
    ) % {"count": t.number(count)}


def what_to_look_at(t: Translator) -> str:
    """After a backup was put back."""
    return t.gettext(
        "What members withdrew since, or meant for the moderators alone, and what moderators hid since, is as it was before: "
        "tell the members, and have the moderators hide it anew as soon as the bot runs."
    )


def not_a_backup(t: Translator, path: str, reason: str) -> str:
    """When a file isn't a whole backup; `reason` is in the words of the database, or empty."""
    sentence = t.gettext("%(path)s is not a whole backup of this kind of database; nothing was changed.") % {
        "path": path
    }
    return f"{sentence} ({reason})" if reason else sentence


def newer_backup(t: Translator, path: str) -> str:
    """When a backup comes from a newer version of the program."""
    return t.gettext(
        "%(path)s is of a newer version, on which this one can't run; nothing was changed. Bring the program up to date first."
    ) % {"path": path}


def not_empty(t: Translator) -> str:
    """When restoring would throw something away."""
    return t.gettext("There is a database already. To throw away all that is in it, stop the bot and add: --replace")


def in_use(t: Translator) -> str:
    """When the database is open elsewhere."""
    return t.gettext("Another program has the database open. Stop the bot first: sudo systemctl stop vdialogue")


def database_failed(t: Translator, reason: str) -> str:
    """When the database can't be used; `reason` is in its own words."""
    return t.gettext("The database can't be used (%(detail)s).") % {"detail": reason}


def tool_missing(t: Translator, tool: str) -> str:
    """When a program of PostgreSQL's isn't installed."""
    return t.gettext("%(tool)s is not installed. On Debian or Ubuntu: sudo apt install postgresql-client") % {
        "tool": tool
    }


def tool_failed(t: Translator, tool: str, reason: str) -> str:
    """When a program of PostgreSQL's fails."""
    return t.gettext("%(tool)s failed, and nothing was changed: %(reason)s") % {"tool": tool, "reason": reason}


def parked(t: Translator, one: Parked, zone: str) -> str:
    """An update that was set aside, in a line."""
    return t.gettext("%(id)s: came on %(moment)s; %(error)s") % {
        "id": str(one.inbox_id),
        "moment": t.short_moment(one.received_at, zone),
        "error": one.error,
    }


def none_parked(t: Translator) -> str:
    """When no update was set aside."""
    return t.gettext("No update was set aside.")


def not_parked(t: Translator, inbox_id: int) -> str:
    """When the update that should be tried again isn't set aside."""
    return t.gettext("There is no update %(id)s that was set aside. See them all with: vdialogue inbox list") % {
        "id": str(inbox_id)
    }


def retried(t: Translator, count: int) -> str:
    """When updates are to be tried again."""
    return t.ngettext(
        "%(count)s update is tried again within half a minute if the bot is running, otherwise when it starts.",
        "%(count)s updates are tried again within half a minute if the bot is running, otherwise when it starts.",
        count,
    ) % {"count": t.number(count)}


def recounted(t: Translator, count: int) -> str:
    """After the tallies were counted anew: how many differences there were."""
    if not count:
        return t.gettext("The tallies are right.")
    return t.ngettext(
        "%(count)s difference in the tallies was put right.",
        "%(count)s differences in the tallies were put right.",
        count,
    ) % {"count": t.number(count)}
