"""The words about recordings of questions and the concept note as a file."""

from collections.abc import Sequence

from bot.features.recordings.actions.recordings import (
    LARGEST,
    LONGEST,
    LastsTooLong,
    NoRecording,
    Recordings,
    Spoken,
    TooLarge,
)
from bot.i18n import Translator
from bot.phrases import bold, inserted, strung, title_excerpt


def overview(t: Translator, shown: Recordings) -> str:
    """What a dialogue has besides its texts."""
    heading = bold(t.gettext("Recordings and files: %(title)s") % {"title": inserted(title_excerpt(shown.title))})
    what = t.gettext(
        "A question that somebody has recorded comes to members of that language as a voice message, with the text below it. "
        "The concept note can come as a PDF or Word document as well."
    )
    return "\n\n".join((heading, what, "\n".join(_line(t, each) for each in shown.all)))


def _line(t: Translator, of: Spoken) -> str:
    values = {"name": name(t, of), "languages": strung(t, [inserted(t.language_name(tag)) for tag in of.there])}
    # Translators: a question, or the concept note, and the languages in which it has a recording, or a file.
    return t.gettext("%(name)s: %(languages)s") % values if of.there else t.gettext("%(name)s: none") % values


def name(t: Translator, of: Spoken) -> str:
    """A question by its number and title, or the concept note."""
    if of.question_id is None:
        return t.gettext("Concept note")
    return t.gettext("Question %(number)s: %(title)s") % {
        "number": t.number(of.number),
        "title": inserted(title_excerpt(of.title)),
    }


def page(t: Translator, of: Spoken) -> str:
    """The recordings of one question, or the files of the concept note."""
    parts = [f"{bold(name(t, of))}\n{_line_of_languages(t, of)}"]
    parts += [
        t.gettext(
            "%(languages)s: the text has changed since. Members get it without the recording until you send a new one."
        )
        % {"languages": _names(t, of.stale)}
    ] * bool(of.stale)
    parts += [
        t.gettext("%(languages)s: Telegram doesn’t take this file any more. Please send it again.")
        % {"languages": _names(t, of.refused)}
    ] * bool(of.refused)
    return "\n\n".join(parts)


def _line_of_languages(t: Translator, of: Spoken) -> str:
    if not of.there:
        return t.gettext("There is none yet.")
    return t.gettext("There is one in: %(languages)s") % {"languages": _names(t, of.there)}


def _names(t: Translator, tags: Sequence[str]) -> str:
    return strung(t, [inserted(t.language_name(tag)) for tag in tags])


def send_recording(t: Translator, of: Spoken) -> str:
    """Asks for a recording."""
    return t.gettext(
        "Please record %(name)s as a voice message here, as the text has it, in %(minutes)s minutes at most. An audio file will do, too."
    ) % {"name": name(t, of), "minutes": t.number(LONGEST.seconds // 60)}


def send_document(t: Translator) -> str:
    """Asks for the concept note as a file."""
    return t.gettext("Please send the concept note here as a PDF or Word document.")


def which_language(t: Translator, of: Spoken) -> str:
    """Asks in which language a recording or file is."""
    return t.gettext("%(name)s: in which language is this?") % {"name": name(t, of)}


def kept(t: Translator, of: Spoken, language: str, file: str) -> str:
    """After a recording or file was kept; `file` is its name in the dialogue file."""
    values = {
        "name": name(t, of),
        "language": inserted(t.language_name(language)),
        "file": f"<code>{inserted(file)}</code>",
    }
    if of.question_id is None:
        told = t.gettext("Kept: %(name)s in %(language)s, as a file. Whoever joins from now on gets it after the text.")
    else:
        told = t.gettext(
            "Kept: %(name)s, spoken in %(language)s. Members of that language get it with the question, if that hasn’t gone out to them yet."
        )
    in_file = t.gettext("In the dialogue file it is called %(file)s")
    return f"{told % values}\n{in_file % values}"


def taken_away(t: Translator, of: Spoken, language: str) -> str:
    """After a recording or file was taken away."""
    values = {"name": name(t, of), "language": inserted(t.language_name(language))}
    return t.gettext("%(name)s: nobody gets the one in %(language)s any more.") % values


def refused(t: Translator, why: Exception) -> str:
    """Why what was sent can't serve."""
    match why:
        case LastsTooLong():
            return t.gettext("This recording is too long: %(minutes)s minutes at most. Please send a shorter one.") % {
                "minutes": t.number(LONGEST.seconds // 60)
            }
        case TooLarge():
            return t.gettext("This file is too large: %(megabytes)s MB at most. Please send a smaller one.") % {
                "megabytes": t.number(LARGEST // 1_000_000)
            }
        case NoRecording():
            return t.gettext(
                "I was waiting for a voice message or an audio file, or for a PDF or Word document where I asked for one."
            )
    raise AssertionError(why)


def file_refused(t: Translator, title: str, number: int | None, language: str) -> str:
    """To moderators, once: Telegram refused a recording of the question with this number, or a file of the concept note."""
    values = {
        "title": inserted(title),
        "number": t.number(number or 0),
        "language": inserted(t.language_name(language)),
    }
    if number is None:
        return (
            t.gettext(
                "%(title)s: Telegram no longer takes the concept note’s file in %(language)s. Members get the text alone. "
                "Please send me the file again."
            )
            % values
        )
    return (
        t.gettext(
            "%(title)s: Telegram no longer takes the recording of question %(number)s in %(language)s. Members get the text alone. "
            "Please record it again."
        )
        % values
    )


def send_button(t: Translator, *, document: bool) -> str:
    """Begins to send a recording, or a document."""
    return t.pgettext("button", "Send a file") if document else t.pgettext("button", "Send a recording")


def take_away_button(t: Translator, language: str) -> str:
    """Takes away the recording or file in a language."""
    return t.pgettext("button", "Remove: %(language)s") % {"language": t.language_name(language)}


def note_button(t: Translator) -> str:
    """Leads to the files of the concept note."""
    return t.pgettext("button", "Concept note")
