"""The words of the command line."""

from datetime import datetime

from bot.authoring import DialogueFile
from bot.features.dialogues.actions.files import Listed
from bot.i18n import Translator


def token_missing(t: Translator) -> str:
    """When there is no token to run with: the two next steps."""
    return t.gettext(
        "TELEGRAM_BOT_TOKEN is missing, so the bot can't run.\n"
        "1. Write to @BotFather on Telegram, send /newbot, and copy the token it gives you.\n"
        "2. Put it into the file .env as TELEGRAM_BOT_TOKEN=… (cp .env.example .env makes the file), then start again.\n"
        "To look around without a token: make demo"
    )


def no_such_dialogue(t: Translator, slug: str) -> str:
    """When a command names a dialogue that isn't there."""
    return t.gettext("There is no dialogue “%(slug)s”. See them all with: vdialogue dialogue list") % {"slug": slug}


def no_such_question(t: Translator, number: int, total: int) -> str:
    """When a command names a question that the dialogue doesn't have."""
    return t.ngettext(
        "There is no question %(number)s: this dialogue has %(total)s question.",
        "There is no question %(number)s: this dialogue has %(total)s questions.",
        total,
    ) % {"number": t.number(number), "total": t.number(total)}


def database_is_current(t: Translator) -> str:
    """When the database fits the program."""
    return t.gettext("The database is up to date.")


def database_is_newer(t: Translator) -> str:
    """When an older program can go on with the database."""
    return t.gettext("The database is of a newer version, on which this one can run as well.")


def older_programs_run(t: Translator) -> str:
    """When what a newer version takes away is still in use."""
    return t.gettext(
        "Processes of an older version are at work on the database, and could not go on once it is changed. "
        "Stop all of them, then do the same again."
    )


def database_is_behind(t: Translator, what: str) -> str:
    """When the database doesn't fit the program."""
    return t.gettext("The database is not up to date (%(what)s). Bring it up to date with: vdialogue db upgrade") % {
        "what": what
    }


def demo_is_running(t: Translator, address: str) -> str:
    """When the demo's page can be opened."""
    return t.gettext("The demo is running. Open %(address)s in a browser; stop it with Ctrl+C.") % {"address": address}


def port_is_taken(t: Translator, port: int, reason: str) -> str:
    """When the demo's page can't be served where it was wanted."""
    return t.gettext("The demo can't use port %(port)s (%(reason)s). Choose another with: --port 8090") % {
        "port": str(port),
        "reason": reason,
    }


def address_is_taken(t: Translator, address: str, reason: str) -> str:
    """When the bot can't listen for what Telegram brings."""
    return t.gettext("The bot can't listen at %(address)s (%(reason)s). Set WEB_LISTEN to another address.") % {
        "address": address,
        "reason": reason,
    }


def imported(t: Translator, slug: str, entrance: str, *, created: bool) -> str:
    """After importing a dialogue file; `entrance` is what the link to join ends in."""
    if created:
        words = t.gettext("Imported: %(slug)s. Its join link ends in ?start=%(entrance)s")
        return words % {"slug": slug, "entrance": entrance}
    return t.gettext(
        "Updated: %(slug)s. Questions that were posted already are edited where their wording changed."
    ) % {"slug": slug}


def entered(t: Translator, slug: str) -> str:
    """After a dialogue of the past was entered."""
    return t.gettext("Entered as finished: %(slug)s. Nobody joins it; its Summary is written in the chat.") % {
        "slug": slug
    }


def not_over(t: Translator, slug: str, *, created: bool) -> str:
    """When a dialogue was to be entered as finished that isn't over, or is there already."""
    if not created:
        return t.gettext("There is a dialogue %(slug)s already. Nothing was imported.") % {"slug": slug}
    return t.gettext("The last question of %(slug)s has not closed yet. Nothing was imported.") % {"slug": slug}


def sure(t: Translator) -> str:
    """Before a dialogue that is running is changed."""
    return t.gettext("Change the dialogue?")


def changed_meanwhile(t: Translator) -> str:
    """When what was shown is no longer what importing would change."""
    return t.gettext("The dialogue was changed in the meantime. Nothing was imported; try again.")


def valid(t: Translator, warnings: int) -> str:
    """When a dialogue file can be imported."""
    if not warnings:
        return t.gettext("The file is right, and can be imported.")
    return t.ngettext(
        "The file can be imported, with %(count)s warning.",
        "The file can be imported, with %(count)s warnings.",
        warnings,
    ) % {"count": t.number(warnings)}


def cannot_read(t: Translator, path: str, reason: str) -> str:
    """When a file can't be read."""
    return t.gettext("%(path)s can't be read: %(reason)s") % {"path": path, "reason": reason}


def names_no_file(t: Translator, name: str) -> str:
    """When what is to be written can't be shown in a terminal."""
    return t.gettext("This can't be shown here. Name a file to write it to, such as: -o %(name)s") % {"name": name}


def too_long_for_cell(t: Translator) -> str:
    """When a dialogue doesn't fit into a workbook."""
    return t.gettext(
        "A text of this dialogue is too long for a spreadsheet. Choose another form: --format docx, or yaml."
    )


def no_dialogues(t: Translator) -> str:
    """When nothing was imported yet."""
    return t.gettext("There is no dialogue yet. Import one with: vdialogue dialogue import FILE")


def listed(t: Translator, one: Listed) -> str:
    """One dialogue in a list."""
    return t.ngettext(
        "%(slug)s: %(title)s. %(count)s question, %(opens)s to %(closes)s (%(zone)s), in %(languages)s.",
        "%(slug)s: %(title)s. %(count)s questions, %(opens)s to %(closes)s (%(zone)s), in %(languages)s.",
        one.questions,
    ) % {
        "slug": one.slug,
        "title": one.title,
        "count": t.number(one.questions),
        "opens": _wall(one.opens),
        "closes": _wall(one.closes),
        "zone": one.zone,
        "languages": ", ".join(one.languages),
    }


def shown(t: Translator, dialogue: DialogueFile) -> str:
    """One dialogue with its questions, in its source language."""
    source = dialogue.source_language
    lines = [
        t.gettext("%(title)s (%(slug)s), by the clock of %(zone)s")
        % {"title": dialogue.title[source], "slug": dialogue.slug, "zone": dialogue.timezone}
    ]
    for index, question in enumerate(dialogue.questions):
        values = {
            "number": t.number(index + 1),
            "title": (question.title or question.text)[source],
            "opens": _wall(dialogue.question_opens(index)),
            "closes": _wall(dialogue.question_closes(index)),
        }
        lines.append(t.gettext("%(number)s. %(title)s: opens %(opens)s, closes %(closes)s") % values)
    return "\n".join(lines)


def _wall(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")
