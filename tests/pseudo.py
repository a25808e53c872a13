"""A language for finding words that nobody marked for translation (pseudo-locale): English, each message in brackets."""

import gettext
import html
import re
from collections.abc import Iterable

from bot.i18n import LANGUAGES, endonym, locale_of

OPEN, CLOSE = "⟦", "⟧"
_INSIDE = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
# A button cuts a message short, and a long text goes out in several: brackets then lack their other half.
_HALVES = re.compile(f"{OPEN}[^{CLOSE}]*$|^[^{OPEN}]*{CLOSE}")
_INSERTED = re.compile("\u2068[^\u2068\u2069]*\u2069")
_UNSEEN = re.compile(r"<(style|title)>.*?</\1>|<[^>]*>", re.DOTALL)
_ADDRESS = re.compile(r"https?://\S+|(?<!\w)/\w+")
_ZONE = re.compile(r"[\w ]+ \(UTC[^)]*\)")  # a city by CLDR, and its clock
_WORD = re.compile(r"[^\W\d_]+")
# What is written alike in every language, or by CLDR.
_FORMATS = {"utc", "pdf", "word", "docx", "html", "markdown", "csv", "xlsx", "jsonl"}
_CALENDAR = [
    name
    for of in (locale_of("en").days, locale_of("en").months)
    for kind in of.values()
    for name in kind["wide"].values()
]
_ALIKE = _FORMATS | {name.casefold() for name in (*_CALENDAR, *map(endonym, LANGUAGES))}


class Pseudo(gettext.NullTranslations):
    """Every message as it stands in the code, in brackets."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, _context: str, message: str) -> str:
        return self.gettext(message)


def unmarked(shown: str, said: Iterable[str] = ()) -> list[str]:
    """The words of a message (HTML or plain) outside all brackets, that nobody has `said` and no translator would change."""
    text = html.unescape(_UNSEEN.sub(" ", shown))
    for pattern in (_INSERTED, _INSIDE):
        while pattern.search(text):
            text = pattern.sub(" ", text)
    text = _ZONE.sub(" ", _ADDRESS.sub(" ", _HALVES.sub(" ", text)))
    for phrase in sorted(said, key=len, reverse=True):
        text = text.replace(phrase, " ")
    return [word for word in _WORD.findall(text) if word.casefold() not in _ALIKE]
