"""The words to what was typed for a draft: kept, in which language, or why not."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.i18n import Translator, endonym
from bot.phrases import inserted, strung


def kept(t: Translator, page: str, languages: Collection[str]) -> str:
    """After a text was put on a page, in these languages, as recognised."""
    return t.gettext("Kept for “%(page)s”: %(languages)s.") % {
        "page": inserted(page),
        "languages": strung(t, [inserted(t.language_name(tag)) for tag in languages]),
    }


def in_button(t: Translator, language: str) -> str:
    """What was typed is in another language than it seemed."""
    # Translators: on a button below a text whose language was recognised wrongly; the language in its own name.
    return t.pgettext("button", "It is in: %(language)s") % {"language": endonym(language)}


def strange(t: Translator, language: str) -> str:
    """When a text seems to be in a language that the dialogue hasn't."""
    return t.gettext(
        "This seems to be in %(language)s, which the dialogue doesn't have. Which language is it? Until you say, I keep it aside."
    ) % {"language": inserted(t.language_name(language))}


def mixed(t: Translator, languages: Sequence[str]) -> str:
    """When one paragraph seems to be in several languages."""
    return t.gettext(
        "Several languages seem to stand in this text: %(languages)s. Please send each in a message of its own, or let each begin "
        "with its tag in a new line. If all of it is one text, tap its language."
    ) % {"languages": strung(t, [inserted(t.language_name(tag)) for tag in languages])}


def reply_or_draft(t: Translator, page: str) -> str:
    """Asks what a text is that may be a reply to a question, or be meant for a draft; it is held meanwhile."""
    return t.gettext(
        "Is this for your draft (“%(page)s”), or a reply to the question? I keep it until you say, and show it to nobody."
    ) % {"page": inserted(page)}


def for_draft_button(t: Translator) -> str:
    """It is for the draft."""
    return t.pgettext("button", "For my draft")


def despite_button(t: Translator) -> str:
    """Put in what was typed, although someone else has changed it meanwhile."""
    return t.pgettext("button", "Put mine in its place")


def met(t: Translator) -> str:
    """When someone else has just changed what one has typed a text for; the text is held."""
    return t.gettext("Your text is not lost: I have put it aside. What shall stand here?")


def words_only(t: Translator) -> str:
    """When a voice message, a picture or the like comes to a page."""
    return t.gettext("On this page I can only take words.")


def which_language(t: Translator) -> str:
    """Asks in which language a recording or document is."""
    return t.gettext("In which language is this?")


def taps_only(t: Translator) -> str:
    """When something is typed on a page that has buttons alone."""
    return t.gettext("This page is filled by its buttons.")


def not_a_day(t: Translator, example: datetime) -> str:
    """When no day was understood."""
    day = f"{example:%Y-%m-%d}"
    return t.gettext("I don't understand which day this is. Please write it like %(day)s.") % {"day": inserted(day)}


def which_day(t: Translator) -> str:
    """When the day and the month can be told either way."""
    return t.gettext("Which day do you mean?")


def not_a_language(t: Translator) -> str:
    """When a language is not known."""
    return t.gettext("I don't know a language of this name. Its tag, such as sw or pt-BR, will do.")


def not_a_city(t: Translator) -> str:
    """When a city is not known."""
    return t.gettext("I don't know a city of this name. A larger one near by will do.")


def too_long(t: Translator, language: str, length: int, limit: int) -> str:
    """When a text is kept that is too long to be sent."""
    return t.gettext("⚠️ In %(language)s it has %(length)s characters; %(limit)s are possible.") % {
        "language": inserted(t.language_name(language)),
        "length": t.number(length),
        "limit": t.number(limit),
    }


def which_city(t: Translator) -> str:
    """When there is a city of that name, or several."""
    return t.gettext("Is it this one?")


def lacks(t: Translator, language: str) -> str:
    """When a part of a text was in a language that the dialogue hasn't."""
    return t.gettext("⚠️ The dialogue doesn't have %(language)s: what you wrote in it is not kept.") % {
        "language": inserted(t.language_name(language))
    }
