"""The words of the doctor: what was found, and what to do about it."""

from bot.features.health.actions.findings import Finding, Level, Matter
from bot.i18n import Translator


def finding(t: Translator, found: Finding, zone: str) -> str:
    """What was found, in a sentence; moments are told by the clock of `zone`. For a terminal: not escaped."""
    sentences = {**_outside(t, found.count), **_inside(t, found.count), **_periodic(t)}
    return sentences[found.matter] % {
        "count": t.number(found.count),
        "chats": t.number(found.chats),
        "detail": found.detail,
        "moment": t.short_moment(found.since, zone) if found.since else "",
        "next": t.short_moment(found.until, zone) if found.until else "",
    }


def remedy(t: Translator, found: Finding) -> str | None:
    """What to do about it, in a sentence; None where nothing is wrong."""
    if found.level is Level.FINE:
        return None
    return {**_remedies_outside(t), **_remedies_inside(t), **_remedies_periodic(t)}[found.matter] % {
        "detail": found.detail
    }


def all_well(t: Translator) -> str:
    """After the findings, when nothing needs doing."""
    return t.gettext("Nothing needs to be done.")


def something_to_do(t: Translator, faults: int) -> str:
    """After the findings, when something needs doing."""
    return t.ngettext("%(count)s thing needs to be done.", "%(count)s things need to be done.", faults) % {
        "count": t.number(faults)
    }


def _outside(t: Translator, count: int) -> dict[Matter, str]:
    return {
        Matter.TOKEN_MISSING: t.gettext("There is no token."),
        Matter.TOKEN_REFUSED: t.gettext("Telegram doesn't accept the token."),
        Matter.TOKEN_VALID: t.gettext("Telegram accepts the token: the bot is @%(detail)s."),
        Matter.TELEGRAM_AWAY: t.gettext("Telegram can't be reached (%(detail)s)."),
        Matter.CLOCK_RIGHT: t.gettext("The clock is right."),
        Matter.CLOCK_AHEAD: t.ngettext(
            "The clock is %(count)s second ahead of Telegram's.",
            "The clock is %(count)s seconds ahead of Telegram's.",
            count,
        ),
        Matter.CLOCK_BEHIND: t.ngettext(
            "The clock is %(count)s second behind Telegram's.",
            "The clock is %(count)s seconds behind Telegram's.",
            count,
        ),
        Matter.CLOCK_NOT_COMPARED: t.gettext("The clock could not be compared with Telegram's."),
        Matter.PRIVACY_ON: t.gettext("Privacy mode is on: in a group, the bot gets only what is meant for it."),
        Matter.PRIVACY_OFF: t.gettext("Privacy mode is off: in a group, the bot gets everything that is written."),
        Matter.POLLING: t.gettext("Updates come by polling, as the settings want."),
        Matter.WEBHOOK: t.gettext("Updates come to %(detail)s, as the settings want."),
        Matter.WEBHOOK_UNWANTED: t.gettext("Telegram brings updates to %(detail)s, but the settings want polling."),
        Matter.WEBHOOK_MISSING: t.gettext("The settings want updates at %(detail)s, but Telegram wasn't told so."),
        Matter.WEBHOOK_ELSEWHERE: t.gettext("Telegram brings updates to %(detail)s, which is not WEBHOOK_URL."),
        Matter.WEBHOOK_FAILED: t.gettext(
            "Telegram failed to bring an update to the bot, last on %(moment)s (%(detail)s)."
        ),
        Matter.PENDING: t.ngettext(
            "%(count)s update waits at Telegram to be fetched.",
            "%(count)s updates wait at Telegram to be fetched.",
            count,
        ),
    }


def _inside(t: Translator, count: int) -> dict[Matter, str]:
    return {
        Matter.CATALOGUES_COMPILED: t.gettext("The translations are compiled."),
        Matter.CATALOGUES_MISSING: t.gettext("Translations are not compiled (%(detail)s)."),
        Matter.CATALOGUES_OUTDATED: t.gettext("Translations have changed since they were compiled (%(detail)s)."),
        Matter.PDF: t.gettext("A PDF can be made."),
        Matter.PANGO_MISSING: t.gettext(
            "A PDF needs Pango, which this machine lacks; Word, HTML and Markdown do without."
        ),
        Matter.OPEN_TO_ALL: t.gettext("Every user of this machine can read %(detail)s."),
        Matter.OPEN_TO_GROUP: t.gettext("Others of the same group on this machine can read %(detail)s."),
        Matter.DATABASE_TO_COME: t.gettext("There is no database yet; “vdialogue run” makes it: %(detail)s"),
        Matter.DATABASE_MISSING: t.gettext("There is no database at %(detail)s."),
        Matter.DATABASE_AWAY: t.gettext("The database can't be used (%(detail)s)."),
        Matter.DATABASE_BEHIND: t.gettext("The database doesn't fit this version of the program."),
        Matter.DATABASE_AHEAD: t.gettext("The database is of a newer version, on which this one can run as well."),
        Matter.DATABASE_BEYOND: t.gettext("The database is of a newer version, on which this one can't run."),
        Matter.DATABASE_GONE: t.gettext("All that was in this database was moved to %(detail)s."),
        Matter.DATABASE_ARRIVING: t.gettext("This database is a copy of %(detail)s that isn't whole yet."),
        Matter.DATABASE_CURRENT: t.gettext("The database is up to date."),
        Matter.NOTHING_STUCK: t.gettext("No update and no message is stuck."),
        Matter.PARKED: t.ngettext(
            "%(count)s update was set aside because handling it failed again and again (chats: %(chats)s). "
            "The newest error: %(detail)s",
            "%(count)s updates were set aside because handling them failed again and again (chats: %(chats)s). "
            "The newest error: %(detail)s",
            count,
        ),
        Matter.UNANSWERED: t.ngettext(
            "%(count)s update was handled, but its answer could not be shown. The newest error: %(detail)s",
            "%(count)s updates were handled, but their answers could not be shown. The newest error: %(detail)s",
            count,
        ),
        Matter.UNHANDLED: t.ngettext(
            "%(count)s update waits to be handled, since %(moment)s.",
            "%(count)s updates wait to be handled, the first since %(moment)s.",
            count,
        ),
        Matter.SENDING: t.ngettext(
            "%(count)s message is marked as being sent, since %(moment)s.",
            "%(count)s messages are marked as being sent, the first since %(moment)s.",
            count,
        ),
        Matter.OVERDUE: t.ngettext(
            "%(count)s message should have gone out, on %(moment)s.",
            "%(count)s messages should have gone out, the first on %(moment)s.",
            count,
        ),
        Matter.BACKLOG: t.ngettext(
            "%(count)s message waits for its turn, since %(moment)s; others are going out.",
            "%(count)s messages wait for their turn, the first since %(moment)s; others are going out.",
            count,
        ),
        Matter.UNWRITTEN: t.ngettext(
            "%(count)s message could not be written; it is tried again every quarter of an hour. The newest error: %(detail)s",
            "%(count)s messages could not be written; they are tried again every quarter of an hour. The newest error: %(detail)s",
            count,
        ),
        Matter.UNCERTAIN: t.ngettext(
            "%(count)s message may or may not have arrived.", "%(count)s messages may or may not have arrived.", count
        ),
        Matter.TALLIES_DIFFER: t.ngettext(
            "The tallies that digests are made from differ from what is kept, in %(count)s place.",
            "The tallies that digests are made from differ from what is kept, in %(count)s places.",
            count,
        ),
        Matter.KEPT_TOO_LONG: t.ngettext(
            "Of %(count)s dialogue something is kept longer than its file says (retention).",
            "Of %(count)s dialogues something is kept longer than their files say (retention).",
            count,
        ),
        Matter.HOOK_GIVEN_UP: t.ngettext(
            "%(count)s other system doesn't take what it should be told of a dialogue: %(detail)s",
            "%(count)s other systems don't take what they should be told of a dialogue: %(detail)s",
            count,
        ),
        Matter.UNREACHABLE: t.ngettext(
            "%(count)s person can't be reached: they blocked the bot, or never pressed Start.",
            "%(count)s persons can't be reached: they blocked the bot, or never pressed Start.",
            count,
        ),
    }


def _periodic(t: Translator) -> dict[Matter, str]:
    return {
        Matter.JOB_DONE: t.gettext(
            "Periodic work, “%(detail)s”: last done on %(moment)s, to be done next on %(next)s."
        ),
        Matter.JOB_AHEAD: t.gettext("Periodic work, “%(detail)s”: to be done for the first time on %(next)s."),
        Matter.WORK_FAILS: t.gettext("A part of the bot's work fails, since %(moment)s: %(detail)s. The rest goes on."),
        Matter.BACKUP_RECENT: t.gettext("The newest backup is %(detail)s."),
        Matter.BACKUP_OLD: t.gettext("The newest backup, %(detail)s, is older than a day."),
        Matter.BACKUP_LACKING: t.gettext("There is no backup in %(detail)s."),
        Matter.BOT_REGISTERED: t.gettext("Another bot is registered: %(detail)s."),
        Matter.BOT_PAUSED: t.gettext("Another bot is paused: %(detail)s."),
        Matter.BOT_RESTS: t.gettext("Another bot can't be served: %(detail)s."),
    }


def _remedies_periodic(t: Translator) -> dict[Matter, str]:
    look = t.gettext("See that the bot runs and may write there, and look into its log: journalctl -u vdialogue")
    return {
        Matter.WORK_FAILS: t.gettext("The whole error is in the log: journalctl -u vdialogue"),
        Matter.BACKUP_OLD: look,
        Matter.BACKUP_LACKING: look,
        Matter.BOT_PAUSED: t.gettext("To have it served again: vdialogue bot resume NAME"),
        Matter.BOT_RESTS: t.gettext("See what keeps it from working: vdialogue doctor --bot NAME"),
    }


def _remedies_outside(t: Translator) -> dict[Matter, str]:
    look = t.gettext("See that the bot runs, and look into its log: journalctl -u vdialogue")
    set_clock = t.gettext("Have the clock set by a time server: sudo timedatectl set-ntp true")
    restart = t.gettext("Start the bot again: it tells Telegram at its start how it wants to get updates.")
    return {
        Matter.TOKEN_MISSING: t.gettext("Put the token from @BotFather into .env, as TELEGRAM_BOT_TOKEN."),
        Matter.TOKEN_REFUSED: t.gettext(
            "Copy the token anew from @BotFather (/mybots) into .env, and start the bot again."
        ),
        Matter.TELEGRAM_AWAY: t.gettext("Check the way out to the network, and TELEGRAM_API_URL."),
        Matter.CLOCK_AHEAD: set_clock,
        Matter.CLOCK_BEHIND: set_clock,
        Matter.CLOCK_NOT_COMPARED: t.gettext("See for yourself whether it is right: timedatectl"),
        Matter.WEBHOOK_UNWANTED: restart,
        Matter.WEBHOOK_MISSING: restart,
        Matter.WEBHOOK_ELSEWHERE: restart,
        Matter.WEBHOOK_FAILED: t.gettext(
            "See that the bot runs, and that WEBHOOK_URL leads to it with a certificate that Telegram accepts."
        ),
        Matter.PENDING: look,
        Matter.UNHANDLED: look,
        Matter.OVERDUE: look,
    }


def _remedies_inside(t: Translator) -> dict[Matter, str]:
    close = t.gettext("Keep all others out: chmod -R go= %(detail)s")
    compile_them = t.gettext("Compile them, and start the bot again: make catalogues")
    return {
        Matter.CATALOGUES_MISSING: compile_them,
        Matter.CATALOGUES_OUTDATED: compile_them,
        Matter.PANGO_MISSING: t.gettext("On Debian or Ubuntu: sudo apt install %(detail)s"),
        Matter.OPEN_TO_ALL: close,
        Matter.OPEN_TO_GROUP: close,
        Matter.DATABASE_TO_COME: t.gettext("If there should be one, work in the bot's folder, where .env is."),
        Matter.DATABASE_MISSING: t.gettext(
            "Work in the bot's folder, where .env is; for a new bot, make the database: vdialogue db upgrade"
        ),
        Matter.DATABASE_AWAY: t.gettext("Check DATABASE_URL, and that the database runs and lets the bot in."),
        Matter.DATABASE_BEHIND: t.gettext("Bring it up to date: vdialogue db upgrade"),
        Matter.DATABASE_AHEAD: t.gettext("It may go on as it is, until you bring this program up to date as well."),
        Matter.DATABASE_BEYOND: t.gettext("Bring the program up to date, or put a backup of its own version back."),
        Matter.DATABASE_GONE: t.gettext(
            "Set DATABASE_URL to that one. If the switch was broken off, take it back with: vdialogue db copy --to URL --undo"
        ),
        Matter.DATABASE_ARRIVING: t.gettext(
            "Leave DATABASE_URL as it was until the switch: vdialogue db copy --to URL --switch"
        ),
        Matter.PARKED: t.gettext(
            "Once the cause is mended (vdialogue inbox list), have them tried again: vdialogue inbox retry --all"
        ),
        Matter.UNANSWERED: t.gettext(
            "They were told that something went wrong. The whole error is in the log: journalctl -u vdialogue"
        ),
        Matter.SENDING: t.gettext(
            "Start the bot again: it then counts them as uncertain, and sends none of them twice."
        ),
        Matter.BACKLOG: t.gettext("Wait: MESSAGES_PER_SECOND is the pace."),
        Matter.UNWRITTEN: t.gettext(
            "The whole error is in the log: journalctl -u vdialogue. Once its cause is mended, they go out."
        ),
        Matter.UNCERTAIN: t.gettext(
            "A reply or the reminder settles it, or a moderator: below the digest is a button that sends them again."
        ),
        Matter.TALLIES_DIFFER: t.gettext("Have them counted anew, also while the bot runs: vdialogue db recount"),
        Matter.KEPT_TOO_LONG: t.gettext(
            "See that the bot runs: each hour it deletes what is not to be kept any longer. What fails is in its log: journalctl -u vdialogue"
        ),
        Matter.HOOK_GIVEN_UP: t.gettext(
            "See why (vdialogue webhook list); once that is mended, have it told again: vdialogue webhook resend ID"
        ),
        Matter.UNREACHABLE: t.gettext("Only they can change that: they press Start in the chat with the bot."),
    }
