"""The words moderators need around the Summary: what can be done with it, and how its languages differ."""

from collections.abc import Sequence

from bot import phrases
from bot.features.key_points.texts import writing as writing_texts
from bot.features.summary.actions.parity import Difference, Lack, Part
from bot.features.summary.actions.publication import Compared
from bot.features.summary.actions.waivers import Waived
from bot.i18n import Translator
from bot.markup import isolate
from bot.phrases import bold, inserted


def which_summary(t: Translator) -> str:
    """When a moderator has several dialogues."""
    return t.gettext("Which dialogue's Summary would you like?")


def in_which_language(t: Translator) -> str:
    """Asks for the language of a file."""
    return t.gettext("In which language would you like the file?")


def in_which_form(t: Translator, *, with_pdf: bool) -> str:
    """Asks for the format of a file; without PDF where the bot's machine can't make one."""
    if not with_pdf:
        return t.gettext(
            "In which format? Word can be edited; HTML opens in every browser. "
            "There is no PDF, for want of Pango on the machine where the bot runs."
        )
    return t.gettext("In which format? PDF reads the same everywhere; Word can be edited.")


def type_background(t: Translator) -> str:
    """Asks for the Background to be typed."""
    asked = t.gettext(
        "Write the Background in one of the dialogue's languages. Until you do, it is what members read before the dialogue."
    )
    return f"{asked} {writing_texts.several_languages(t)} {phrases.formatting_stays(t)}"


def kept(t: Translator, languages: Sequence[str]) -> str:
    """After wordings were taken in these languages, as recognised."""
    return t.gettext("Kept in: %(languages)s") % {
        "languages": phrases.strung(t, [inserted(t.language_name(tag)) for tag in languages])
    }


def background_kept(t: Translator, language: str) -> str:
    """After a Background was written."""
    return t.gettext("The Background is kept, in this language: %(language)s.") % {
        "language": isolate(t.language_name(language))
    }


def file_caption(t: Translator, title: str) -> str:
    """Under a Summary sent as a file; plain text."""
    return t.gettext("Summary: %(title)s") % {"title": isolate(title)}


def summary_button(t: Translator) -> str:
    """Leads to the Summary as it stands."""
    return t.pgettext("button", "Summary")


def file_button(t: Translator) -> str:
    """Leads to the Summary as a file."""
    return t.pgettext("button", "Get it as a file")


def background_button(t: Translator) -> str:
    """Begins another Background."""
    return t.pgettext("button", "Write the Background")


def key_points_button(t: Translator) -> str:
    """Leads to the key points."""
    return t.pgettext("button", "Write key points")


def quotes_button(t: Translator, *, shown: bool) -> str:
    """Leaves the quotes out, or takes them in."""
    return t.pgettext("button", "Leave quotes out") if shown else t.pgettext("button", "Add quotes")


def strength_button(t: Translator, *, shown: bool) -> str:
    """Leaves out, or takes in, how many members stand behind each key point, and how far they were of one mind."""
    return t.pgettext("button", "Leave numbers out") if shown else t.pgettext("button", "Add numbers")


def method_button(t: Translator, *, shown: bool) -> str:
    """Leaves out, or takes in, how the Summary came about."""
    # Translators: the part of the Summary that says how it came about
    return t.pgettext("button", "Leave method out") if shown else t.pgettext("button", "Add method")


def dates_button(t: Translator, *, long: bool) -> str:
    """Writes the dates of the Summary with months cut short, or in full."""
    return t.pgettext("button", "Short dates") if long else t.pgettext("button", "Long dates")


def all_languages_button(t: Translator) -> str:
    """Leads to one file that holds the Summary in each language."""
    return t.pgettext("button", "All languages in one file")


def compare_button(t: Translator) -> str:
    """Compares the languages."""
    return t.pgettext("button", "Compare languages")


def waive_button(t: Translator, index: int) -> str:
    """Lets the difference of this number in the list stand."""
    return t.pgettext("button", "Let %(index)s stand") % {"index": t.number(index)}


def differences(t: Translator, found: Compared, most: int, zone: str) -> str:
    """How the languages of a Summary differ: at most so many, numbered like the buttons under them, and what was let stand."""
    total = len(found.open)
    if total:
        head = t.ngettext(
            "%(count)s difference between the languages", "%(count)s differences between the languages", total
        )
        parts = [bold(head % {"count": t.number(total)})]
        parts += [_numbered(t, index, each) for index, each in enumerate(found.open[:most], start=1)]
    elif found.standing:
        parts = [t.gettext("No other difference between the languages is left.")]
    else:
        parts = [t.gettext("The languages match: nothing is missing, and no link or number differs.")]
    if found.standing:
        parts.append(bold(t.gettext("Let stand")))
        parts += [_standing(t, each, waived, zone) for each, waived in found.standing[:most]]
    return "\n\n".join(parts)


def _standing(t: Translator, of: Difference, waived: Waived, zone: str) -> str:
    # Translators: a difference between two languages, who let it stand, and when.
    return t.gettext("%(difference)s (%(name)s, %(moment)s)") % {
        "difference": difference(t, of),
        "name": inserted(waived.by or t.gettext("a moderator")),
        "moment": inserted(t.short_moment(waived.at, zone)),
    }


def _numbered(t: Translator, index: int, of: Difference) -> str:
    return t.gettext("%(index)s. %(text)s") % {"index": t.number(index), "text": difference(t, of)}


def difference(t: Translator, of: Difference) -> str:
    """A difference between two languages, and where it is."""
    # Translators: a language, a part of the Summary, and what is different there.
    return t.gettext("%(language)s, %(place)s: %(what)s") % {
        "language": isolate(t.language_name(of.language)),
        "place": _place(t, of),
        "what": lack(t, of),
    }


def _place(t: Translator, of: Difference) -> str:
    numbers = {"number": t.number(of.number), "index": t.number(of.index)}
    return {
        Part.TITLE: t.pgettext("place", "title"),
        Part.BACKGROUND: t.pgettext("place", "Background"),
        Part.HEADING: t.pgettext("place", "heading of question %(number)s") % numbers,
        Part.POINT: t.pgettext("place", "key point %(index)s of question %(number)s") % numbers,
        Part.POINTS: t.pgettext("place", "all key points of question %(number)s") % numbers,
        Part.FURTHER: t.pgettext("place", "question %(index)s for further discussion") % numbers,
    }[of.part]


def lack(t: Translator, of: Difference) -> str:
    """In what a text differs from that of the source language."""
    counts = {"here": inserted(of.here or t.pgettext("number", "none")), "there": inserted(of.there or "–")}
    return {
        Lack.MISSING: t.gettext("there is no wording."),
        Lack.UNTRANSLATED: t.gettext("it seems not to be translated."),
        Lack.LINKS: t.gettext("links here: %(here)s, in the source language: %(there)s.") % counts,
        Lack.NUMBERS: t.gettext("numbers only here: %(here)s; only in the source language: %(there)s.") % counts,
        Lack.ITEMS: t.gettext("list items here: %(here)s, in the source language: %(there)s.") % counts,
        Lack.LENGTH: t.gettext("its length is %(here)s per cent of what is usual.") % counts,
        Lack.OLDER: t.gettext("it is older than the source language, which was changed since."),
        Lack.NEWER: t.gettext("it was changed, and the source language wasn’t."),
    }[of.lack]


def no_such_language(t: Translator, language: str, spoken: Sequence[str]) -> str:
    """When a command names a language that the dialogue doesn't have."""
    return t.gettext("The dialogue has no language “%(language)s”. It has: %(languages)s") % {
        "language": language,
        "languages": phrases.strung(t, spoken),
    }


def making(t: Translator) -> str:
    """Beside a progress bar."""
    return t.gettext("Writing the Summary")


def written(t: Translator, path: str) -> str:
    """After a file was written."""
    return t.gettext("Written: %(path)s") % {"path": path}
