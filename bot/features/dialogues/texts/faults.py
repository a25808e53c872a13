"""The words for what is wrong with a dialogue file, said to a facilitator who is no programmer.

The words for values of a dialogue file that aren't in the form which their key asks for.
"""

import unicodedata
from collections.abc import Callable, Mapping

from bot.authoring import Code, Fault, label_of, word_of
from bot.features.dialogues.texts import manuscripts
from bot.i18n import Translator
from bot.markup import excerpt, isolate

_LONGEST_VALUE = 80  # UTF-16 units of what stands in the file, quoted in a message
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_COUNTS = frozenset({"length", "limit", "count"})
_LANGUAGES = frozenset({"language", "other"})

Wording = Callable[[Translator], str]

FILE: dict[Code, Wording] = {
    Code.FILE_TOO_LARGE: lambda t: t.gettext("The file is too large; a dialogue file has %(limit)s KiB at most."),
    Code.NOT_UTF8: lambda t: t.gettext(
        "The file is not in UTF-8; it looks like %(encoding)s. Save it again with the encoding UTF-8."
    ),
    Code.CONTROL_CHARACTER: lambda t: t.gettext(
        "There is an invisible control character (%(character)s) in this line. Delete it, or type the line anew."
    ),
    Code.LINE_TOO_LONG: lambda t: t.gettext("This line has more than %(limit)s characters."),
    Code.EMPTY_FILE: lambda t: t.gettext("The file is empty."),
    Code.NOT_A_MAPPING: lambda t: t.gettext(
        'This is not a dialogue file. It consists of lines such as "slug: my-dialogue", each a key, a colon, a space and a value.'
    ),
}

YAML: dict[Code, Wording] = {
    Code.NEEDS_QUOTES: lambda t: t.gettext(
        "Not YAML: a colon, a question mark or another special character stands in a text without quotes. Put the text in quotes."
    ),
    Code.LIST_NEVER_CLOSED: lambda t: t.gettext(
        "Not YAML: the list opened in line %(opened)s is never closed. Add the ] at its end."
    ),
    Code.BRACES_NEVER_CLOSED: lambda t: t.gettext(
        "Not YAML: the braces opened in line %(opened)s are never closed. Add the } at their end."
    ),
    Code.QUOTE_NEVER_CLOSED: lambda t: t.gettext(
        "Not YAML: the quotation mark opened in line %(opened)s is never closed. Add the same mark at the end of the text."
    ),
    Code.STRAY_BRACKET: lambda t: t.gettext("Not YAML: this bracket or brace closes nothing. Delete it."),
    Code.BACKSLASH: lambda t: t.gettext(
        "Not YAML: a backslash between double quotes has a meaning of its own. Use single quotes, or write two backslashes."
    ),
    Code.TAB: lambda t: t.gettext("Not YAML: there is a tab at the beginning of this line. Indent it with spaces."),
    Code.INDENTATION: lambda t: t.gettext(
        "Not YAML: this line does not fit the lines above. Indent it by as many spaces as the others of its group."
    ),
    Code.NOT_YAML: lambda t: t.gettext(
        "Not YAML: this line cannot be read. Check its indentation, its quotation marks and the colon after the key."
    ),
    Code.REFERENCE: lambda t: t.gettext(
        "A text that begins with * or & is a reference in YAML, which a dialogue file does not use. Put the text in quotes."
    ),
    Code.TAG: lambda t: t.gettext(
        "A text that begins with ! is a tag in YAML, which a dialogue file does not use. Put the text in quotes."
    ),
    Code.SEVERAL_DOCUMENTS: lambda t: t.gettext(
        "A second document begins here, after the line of three hyphens. Put each dialogue in a file of its own."
    ),
    Code.TOO_DEEP: lambda t: t.gettext("Lists and keys are nested too deeply here; a dialogue file needs few levels."),
    Code.TOO_MANY_VALUES: lambda t: t.gettext("The file has more than %(limit)s values, too many for a dialogue."),
    Code.KEY_NOT_TEXT: lambda t: t.gettext("A list or braces stand here in place of a key. A key is a single word."),
}

SHAPE: dict[Code, Wording] = {
    Code.UNKNOWN_KEY: lambda t: t.gettext('Unknown key "%(key)s".'),
    Code.DUPLICATE_KEY: lambda t: t.gettext(
        'The key "%(key)s" stands here twice, first in line %(first)s. Keep one of the two.'
    ),
    Code.MISSING_KEY: lambda t: t.gettext('The key "%(key)s" is missing.'),
    Code.COMMA_IN_BRACES: lambda t: t.gettext("A comma inside braces ends the text. Put the text in quotes."),
    Code.EXPECTED_KEYS: lambda t: t.gettext("Keys with values are expected here: %(keys)s."),
    Code.EXPECTED_LIST: lambda t: t.gettext(
        "A list is expected here: lines that begin with a hyphen and a space, or values between [ and ]."
    ),
    Code.EXPECTED_TEXT: lambda t: t.gettext("A single value is expected here, not a list or keys."),
    Code.EMPTY: lambda t: t.gettext("There is nothing here. Write a value, or delete the key."),
}

TEXTS: dict[Code, Wording] = {
    # Translators: part of a list of gaps in a file, after the place: "questions[2].text: no Spanish (es)".
    Code.NO_TEXT_IN_LANGUAGE: lambda t: t.gettext("no %(language)s"),
    Code.NO_TEXT_IN_SOURCE_LANGUAGE: lambda t: t.gettext(
        "The text in the source language, %(language)s, is missing. Every text needs it."
    ),
    Code.LANGUAGE_NOT_LISTED: lambda t: t.gettext(
        'The language "%(value)s" is not one of this dialogue: %(languages)s. Add it to "languages", or correct it here.'
    ),
    Code.TEXT_TOO_LONG: lambda t: t.gettext(
        "The text in %(language)s is %(length)s characters long once rendered; the limit is %(limit)s."
    ),
    Code.MESSAGE_TOO_LONG: lambda t: t.gettext(
        "Title, text and prompts in %(language)s come to %(length)s characters in one message; Telegram takes %(limit)s."
    ),
    Code.FILE_ID: lambda t: t.gettext(
        '"%(value)s" names no file. Send the file to the bot, by /dialogue and then "Recordings and files": it writes the name here.'
    ),
    Code.STALE_RECORDING: lambda t: t.gettext(
        "The recording in %(language)s says another wording than the text here. Members get the text alone until there is a new recording."
    ),
    Code.TOO_MANY_QUESTIONS: lambda t: t.gettext("There are %(count)s questions; a dialogue has %(limit)s at most."),
}

TIMES: dict[Code, Wording] = {
    Code.ENDS_BEFORE_START: lambda t: t.gettext(
        "The dialogue ends (%(ends)s) before it starts (%(starts)s). Set a later end."
    ),
    Code.OPENS_BEFORE_START: lambda t: t.gettext(
        "Question %(number)s opens (%(opens)s) before the dialogue starts (%(starts)s). Set a later opening, or an earlier start."
    ),
    Code.OPENS_BEFORE_PREVIOUS: lambda t: t.gettext(
        "Question %(number)s opens (%(opens)s) before or together with question %(previous)s (%(previous_opens)s). "
        "Put the questions in the order of their opening."
    ),
    Code.OPENS_AFTER_END: lambda t: t.gettext(
        "Question %(number)s opens (%(opens)s) when the dialogue has ended (%(ends)s). Set a later end, or an earlier opening."
    ),
    Code.CLOSES_BEFORE_OPENING: lambda t: t.gettext(
        "Question %(number)s closes (%(closes)s) before it opens (%(opens)s). Set a later close."
    ),
    Code.CLOSES_AFTER_END: lambda t: t.gettext(
        "Question %(number)s closes (%(closes)s) when the dialogue has ended (%(ends)s). Set a later end, or an earlier close."
    ),
    Code.REMINDER_BEFORE_OPENING: lambda t: t.gettext(
        "The reminder would come before question %(number)s opens, or just then. Set a shorter reminder, or none."
    ),
}

FORMS: dict[Code, Callable[[Translator], str]] = {
    Code.SLUG: lambda t: t.gettext(
        '"%(value)s" is no slug. A slug has 3 to 40 characters: the letters a to z, digits and hyphens.'
    ),
    Code.LANGUAGE_TAG: lambda t: t.gettext(
        '"%(value)s" is no language tag. A tag is a code such as en, pt-BR or zh-Hans.'
    ),
    Code.DUPLICATE_LANGUAGE: lambda t: t.gettext("%(language)s stands in the list twice. Keep one of the two."),
    Code.TIMEZONE: lambda t: t.gettext(
        'Unknown time zone "%(value)s". A time zone has an IANA name such as Africa/Nairobi.'
    ),
    Code.PERIOD: lambda t: t.gettext(
        '"%(value)s" is no length of time. Write a number and minutes, hours, days or weeks, such as "2 days", up to a year.'
    ),
    Code.MOMENT: lambda t: t.gettext(
        '"%(value)s" is no date with a time of day. Write it like 2026-11-30T09:00, between the years 2000 and 2199.'
    ),
    Code.CLOCK: lambda t: t.gettext('"%(value)s" is no time of day. Write it like "17:00", from 00:00 to 23:59.'),
    Code.QUIET_HOURS: lambda t: t.gettext(
        '"%(value)s" are no quiet hours. Write two different times of day with a hyphen between, like "21:00-08:00", or none.'
    ),
    Code.CHOICE: lambda t: t.gettext('"%(value)s" is not possible here. Write one of these: %(choices)s.'),
    Code.ADDRESS: lambda t: t.gettext(
        '"%(value)s" is no web address. It begins with https:// or http:// and has no spaces.'
    ),
    Code.DIGEST_FORM: lambda t: t.gettext(
        'A digest is written like {every: 1 week, at: "17:00", day: fri}, or none to send none.'
    ),
    Code.DIGEST_TOO_OFTEN: lambda t: t.gettext(
        '"%(value)s" is too often for a digest. It comes once a day at most: write days or weeks, such as "1 day".'
    ),
    Code.DAY_WITHOUT_WEEK: lambda t: t.gettext(
        "A day of the week goes only with a digest every week, or every so many weeks. Delete the day, or write weeks."
    ),
    Code.RETENTION_FORM: lambda t: t.gettext(
        "How long things are kept is written like {identities: 1 year, files: 1 year, dialogue: 5 years}; each may be never."
    ),
    Code.DOCUMENT_FORM: lambda t: t.gettext(
        "What the Summary shows is written like {dates: long, strength: hidden, method: shown, quotes: hidden}."
    ),
    Code.LABELS_FORM: lambda t: t.gettext(
        "What the Summary calls its parts is written like {summary: {en: Outcomes}, background: {en: Introduction}}."
    ),
    Code.KEPT_FOR: lambda t: t.gettext(
        '"%(value)s" doesn\'t say how long something is kept. Write a number and days, weeks, months or years, '
        'such as "90 days", up to 100 years; or never, if it is never to go.'
    ),
    Code.KEPT_TOO_SHORT: lambda t: t.gettext('"%(value)s" is too short: the bot needs %(least)s to finish its work.'),
    Code.KEPT_BEYOND_DIALOGUE: lambda t: t.gettext(
        "This would be kept longer than the dialogue that it belongs to. Write a shorter time, or keep the dialogue longer."
    ),
    Code.KEPT_FOR_EVER: lambda t: t.gettext(
        "Who said what would be kept for ever, which the law of many countries forbids. Write a length of time, such as 1 year."
    ),
}

WORDINGS: dict[Code, Wording] = FILE | YAML | SHAPE | FORMS | TEXTS | TIMES | manuscripts.WORDINGS


def fault(t: Translator, found: Fault) -> str:
    """A fault as plain text (not HTML), with where it stands; one sentence or two, and a line as it should be."""
    if found.is_in_manuscript:
        return _in_manuscript(t, found)
    return _located(t, found) % {
        "line": found.line,
        "column": found.column,
        "place": _inserted(t, found.place),
        "message": message(t, found),
    }


def message(t: Translator, found: Fault) -> str:
    """The same without saying where."""
    wording = WORDINGS[found.code](t)
    if found.is_in_manuscript and found.code is Code.MISSING_KEY:
        key = str(found.params["key"])
        return manuscripts.missing(t, key, found.place) % {"name": _inserted(t, word_of(key, t.language))}
    said = wording % _shown(t, found.params)
    suggestion, right = found.params.get("suggestion"), found.params.get("right")
    if suggestion and "%(suggestion)s" not in wording:
        said = f"{said} {_meant(t, str(suggestion), str(found.params.get('city', '')))}"
    if right:
        said = "\n".join((said, t.gettext("The line as it should be:"), f"    {str(right).strip()}"))
    return said


def _in_manuscript(t: Translator, found: Fault) -> str:
    place, said = _inserted(t, label_of(found.place, t.language)), message(t, found)
    if found.spot is None:
        return f"{place}: {said}" if place else said
    values = {name: _inserted(t, str(value)) for name, value in vars(found.spot).items()}
    words = {"where": manuscripts.where(t, found.spot) % values, "place": place, "message": said}
    return manuscripts.located(t, is_warning=found.is_warning, has_place=bool(place)) % words


def _meant(t: Translator, suggestion: str, city: str) -> str:
    words = {"suggestion": _inserted(t, suggestion), "city": _inserted(t, city)}
    if city:
        # Translators: a time zone, and a city that keeps it: Did you mean "Europe/Zurich" (Geneva)?
        return t.gettext('Did you mean "%(suggestion)s" (%(city)s)?') % words
    return t.gettext('Did you mean "%(suggestion)s"?') % words


def _located(t: Translator, found: Fault) -> str:
    if found.is_warning:
        # Translators: %(place)s is where in the file, such as questions[2].text, and %(message)s what is amiss there.
        return t.gettext("Line %(line)s, column %(column)s, only a warning: %(place)s: %(message)s")
    if found.place:
        # Translators: %(place)s is where in the file, such as questions[2].text, and %(message)s what is wrong there.
        return t.gettext("Line %(line)s, column %(column)s: %(place)s: %(message)s")
    # Translators: %(message)s is what is wrong in that line of the file.
    return t.gettext("Line %(line)s, column %(column)s: %(message)s")


def _shown(t: Translator, params: Mapping[str, str | int]) -> dict[str, str]:
    return {name: _param(t, name, value) for name, value in params.items()}


def _param(t: Translator, name: str, value: str | int) -> str:
    if name in _LANGUAGES:
        return _inserted(t, _language(t, str(value)))
    if name in _COUNTS:
        return t.number(int(value))
    return _inserted(t, excerpt(str(value), _LONGEST_VALUE))


def _language(t: Translator, tag: str) -> str:
    name = t.locale.languages.get(tag.replace("-", "_")) or t.language_name(tag)
    # Translators: a language and its tag: "Spanish (es)".
    return t.gettext("%(language)s (%(tag)s)") % {"language": name, "tag": tag}


def _inserted(t: Translator, value: str) -> str:
    """Isolated where directions could meet; else bare, so that a terminal's or a log's reader can search for it."""
    mixed = t.right_to_left or any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in value)
    return isolate(value) if mixed else value
