"""The words to an organiser who makes or changes a dialogue by sending its file."""

from bot.features.dialogues.actions.imports import Faulty, NotYourDialogue
from bot.features.dialogues.actions.merging import MovesPosted, PutsIntoPast, TimesClash, WouldLoseReplies
from bot.features.events.actions.programme import EventIntoPast
from bot.features.moderation.texts.queue import mode
from bot.features.questions.actions.periods import Edge
from bot.i18n import Translator
from bot.phrases import inserted, moment_in


def how_to(t: Translator) -> str:
    """How to make a dialogue of one's own by a file, above the example in its forms."""
    return t.gettext(
        "A dialogue can also be one file. Send me what you have, a Word file, a spreadsheet or a text; or take an example and "
        "write your own texts over it. I say what is not right yet, and nothing changes before all of it is. "
        "To change a dialogue, send its file again."
    )


def what_is_it(t: Translator) -> str:
    """Asks an organiser what a text is that looks like a dialogue file; it is held meanwhile."""
    return t.gettext("This looks like a dialogue file. What is it? I keep it until you say, and show it to nobody.")


def is_it_one(t: Translator) -> str:
    """Asks an organiser what a Word file or a spreadsheet is; it is held meanwhile."""
    return t.gettext("Is this a dialogue that I am to make or change? I keep it until you say, and show it to nobody.")


def for_organisers(t: Translator) -> str:
    """To somebody with another role who sent what is, or may be, a dialogue file."""
    return t.gettext("Only organisers can make or change a dialogue with a file. Nothing was changed.")


def file_button(t: Translator) -> str:
    """It is a dialogue file, to be imported."""
    return t.pgettext("button", "A dialogue file")


def reply_button(t: Translator) -> str:
    """It is a reply to the question."""
    return t.pgettext("button", "A reply to the question")


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


def entered(t: Translator, slug: str) -> str:
    """After a dialogue of the past was entered."""
    return t.gettext(
        "The dialogue %(slug)s is entered as finished. Nobody joins it. Write its key points with /keypoints, "
        "and see, publish and download its Summary with /summary."
    ) % {"slug": inserted(slug)}


def not_yours(t: Translator, slug: str) -> str:
    """To someone who may not import this dialogue."""
    return t.gettext(
        "You are not an organiser of the dialogue %(slug)s, so nothing was imported. "
        "New dialogues are made by those whom the host of the bot names."
    ) % {"slug": inserted(slug)}


def too_large(t: Translator, most: int) -> str:
    """When a file is larger than any dialogue; `most` is how many MiB are possible."""
    return t.gettext("The file is too large to be a dialogue: %(count)s MiB is possible. Nothing was imported.") % {
        "count": t.number(most)
    }


def takes_too_long(t: Translator) -> str:
    """When reading a file was given up."""
    return t.gettext(
        "This file takes too long to read, so nothing was imported. Please leave out what does not belong to the dialogue, and send it again."
    )


def not_downloaded(t: Translator) -> str:
    """When Telegram didn't hand the file over."""
    return t.gettext("I could not fetch the file from Telegram. Please send it again.")


def refused(t: Translator, errors: int) -> str:
    """When a dialogue file can't be imported."""
    return t.ngettext(
        "Nothing was imported: please correct %(count)s error and try again.",
        "Nothing was imported: please correct %(count)s errors and try again.",
        errors,
    ) % {"count": t.number(errors)}


def go_on_button(t: Translator) -> str:
    """Goes on with a file that isn't right yet, page by page."""
    return t.pgettext("button", "Go on here, page by page")


def not_brought_in(t: Translator, error: Exception) -> str:
    """Why a file wasn't imported."""
    match error:
        case Faulty():
            return refused(t, error.count)
        case NotYourDialogue():
            return not_yours(t, error.slug)
        case _:
            return not_merged(t, error)


def not_merged(t: Translator, error: Exception) -> str:
    """Why a file can't be brought into the dialogue that is running, and what would be right."""
    if isinstance(error, EventIntoPast):
        return t.gettext(
            "By the file the live event %(title)s begins on %(moment)s. That has passed, and members were invited to it. "
            "Nothing was imported; write a moment to come."
        ) % {"title": inserted(error.title), "moment": inserted(moment_in(t, error.moment, error.zone))}
    match error:
        case WouldLoseReplies():
            said = t.gettext(
                "Question %(number)s was posted already, and the file no longer has it: importing would lose its replies. "
                "Keep the question in the file, or import under another slug."
            )
        case MovesPosted():
            said = t.gettext(
                "Question %(number)s was posted already, so its opening can't be changed. Its wording and its close can be."
            )
        case TimesClash():
            said = t.gettext(
                "Question %(number)s was moved in the chat, and the file's other times don't go with that: questions would "
                "open or close in the wrong order. Send /dialogue to see when they open and close now, and write these times into the file."
            )
        case PutsIntoPast(edge=Edge.OPENING):
            said = t.gettext(
                "By the file question %(number)s opens on %(moment)s. That has passed, so members would never get it. "
                "Nothing was imported; write a moment to come."
            )
        case _:
            said = t.gettext(
                "By the file question %(number)s closes on %(moment)s. That has passed, so members would be cut off. "
                "Nothing was imported; write a moment to come, or close it by /dialogue."
            )
    words = {"number": t.number(error.number)}  # type: ignore[attr-defined]  # each of them has it
    if isinstance(error, PutsIntoPast):
        words["moment"] = inserted(moment_in(t, error.moment, error.zone))
    return said % words


def next_dialogue(t: Translator) -> str:
    """Under the draft of the next dialogue; plain text."""
    return t.gettext(
        "A dialogue file with the questions for further discussion. Change what you like, then have it imported."
    )


def nothing_further(t: Translator) -> str:
    """When there is no question for further discussion."""
    return t.gettext("There is no question for further discussion yet.")


def which_rehearsal(t: Translator) -> str:
    """When a moderator has several dialogues."""
    return t.gettext("Which dialogue would you like to rehearse?")
