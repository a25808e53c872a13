"""The words to an organiser who makes or changes a dialogue by sending its file."""

from bot.i18n import Translator
from bot.phrases import inserted
from bot.texts.queue import mode


def how_to(t: Translator) -> str:
    """The caption of an example file: how to make a dialogue of one's own; plain text."""
    return t.gettext(
        "A dialogue is one file. Change this one in any text editor, give it a slug of its own, and send it to me: "
        "I say what is not right yet, and nothing changes before all of it is. To change a dialogue, send its file again."
    )


def imported(t: Translator, slug: str, link: str, *, created: bool, moderated_before: bool) -> str:
    """After a file was imported; `link` is how members join. How it is moderated is told each time."""
    return f"{_imported(t, slug, link, created=created)}\n\n{mode(t, before=moderated_before)}"


def _imported(t: Translator, slug: str, link: str, *, created: bool) -> str:
    words = {"slug": inserted(slug), "link": inserted(link)}
    if created:
        return (
            t.gettext("The dialogue %(slug)s is ready. Whoever is to take part joins with this link: %(link)s") % words
        )
    return (
        t.gettext(
            "The dialogue %(slug)s has been changed. Questions that were posted already are edited where their wording changed. "
            "The link for joining remains: %(link)s"
        )
        % words
    )


def not_yours(t: Translator, slug: str) -> str:
    """To someone who may not import this dialogue."""
    return t.gettext(
        "You are not an organiser of the dialogue %(slug)s, so nothing was imported. "
        "New dialogues are made by those whom the host of the bot names."
    ) % {"slug": inserted(slug)}


def too_large(t: Translator) -> str:
    """When a file is larger than any dialogue."""
    return t.gettext("The file is too large to be a dialogue: 1 MiB is possible. Nothing was imported.")


def not_downloaded(t: Translator) -> str:
    """When Telegram didn't hand the file over."""
    return t.gettext("I could not fetch the file from Telegram. Please send it again.")
