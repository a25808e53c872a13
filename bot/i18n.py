"""The languages the bot speaks: the one list of them, the choice among them, and how each writes words, dates and numbers."""

import gettext
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from bot import dates, resources

LOCALES = resources.path_of("locales")


@dataclass(frozen=True)
class Language:
    """One shipped language by its tag (BCP 47); all else that is to know of it CLDR knows."""

    tag: str

    @property
    def folder(self) -> str:
        """Where its catalogue lies under locales/."""
        return self.tag.replace("-", "_")

    @property
    def command_code(self) -> str:
        """What Telegram calls it: two letters (Bot API, setMyCommands: ISO 639-1); empty where it has no name of two."""
        code = self.tag.split("-")[0]
        return code if len(code) == len(SOURCE) else ""

    @property
    def endonym(self) -> str:
        """Its name in itself, as a button shows it."""
        return endonym(self.tag)


SOURCE = "en"
LANGUAGES: dict[str, Language] = {
    tag: Language(tag)
    for tag in (
        SOURCE,
        "es",
        "fr",
        "ar",
        "ru",
        "zh-Hans",
        "pt",
    )
}
RIGHT_TO_LEFT_MARK = "\u200f"
_VALUE = re.compile(r"%\(\w+\)s|<[^>]+>")
_ONLY_SIGNS = re.compile(r"(?=.*\S)[\W\d_]+")
# Chinese without a script is read as Simplified, the one shipped.
ALIASES = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans-cn": "zh-Hans"}
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})
CJK = frozenset({"Hans", "Hant", "Jpan", "Kore"})
# Who reads one of these reads the others more easily than a language of another kind, where a text isn't in their own.
_UNITS = (("week", 7 * 24 * 60), ("day", 24 * 60), ("hour", 60), ("minute", 1))  # minutes
RELATIVES = {"pt": ("es",), "gl": ("pt", "es")}


def negotiate(wanted: str | None, offered: Sequence[str], fallback: str) -> str:
    """The one of `offered` (BCP 47 tags) that serves `wanted` best; `fallback` where none is of the same language.

    That is itself, an alias, without its region or script, or with another one.
    """
    by_lower = {tag.lower(): tag for tag in offered}
    subtags = (wanted or "").replace("_", "-").lower().split("-")
    for length in range(len(subtags), 0, -1):
        candidate = "-".join(subtags[:length])
        for known in (candidate, ALIASES.get(candidate, "").lower()):
            if known in by_lower:
                return by_lower[known]
        for lower, tag in by_lower.items():
            if lower in ALIASES and ALIASES[lower].lower() == candidate:
                return tag
    return next((tag for lower, tag in by_lower.items() if lower.split("-")[0] == subtags[0]), fallback)


def readable(wanted: str, offered: Sequence[str], fallback: str) -> str:
    """The one of `offered` that a reader of `wanted` gets: in their language, else in a relative of it, else `fallback`."""
    for each in (wanted, *RELATIVES.get(wanted.split("-", maxsplit=1)[0].lower(), ())):
        if found := negotiate(each, offered, ""):
            return found
    return fallback


def shipped(wanted: str | None, fallback: str = SOURCE) -> str:
    """The shipped language for a phone's or a dialogue's tag; `fallback` when none fits."""
    return negotiate(wanted, tuple(LANGUAGES), fallback)


def first_asked(accept_language: str) -> str | None:
    """The tag that a browser's Accept-Language names first; None where it names none."""
    return accept_language.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip() or None


def locale_of(tag: str) -> Locale:
    """Babel's locale for a BCP 47 tag; English for a tag that Babel doesn't know."""
    return _known_locale(tag) or Locale.parse(SOURCE)


def _known_locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


@cache
def endonym(tag: str) -> str:
    """A language's name in itself, as a button shows it; the tag when nobody knows it."""
    locale = _known_locale(tag)
    name = locale and _name(locale, locale)
    return name[:1].upper() + name[1:] if name else tag


def _name(locale: Locale, reader: Locale) -> str | None:
    # The name that CLDR has for language and script together agrees in gender, where it has one.
    return reader.languages.get(str(locale)) or locale.get_display_name(reader)


@cache
def script(tag: str) -> str:
    """The script (ISO 15924) in which a language is written: the one its tag says, else the likeliest by CLDR."""
    language, *more = tag.replace("_", "-").split("-")
    written = [part.title() for part in more if len(part) == len("Latn")]
    likely = get_global("likely_subtags")
    regional = (f"{language}_{part.upper()}" for part in more)
    found = next((likely[each] for each in (*regional, language) if each in likely), "en_Latn_US")
    return written[0] if written else str(found).split("_")[1]


def right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return script(tag) in RIGHT_TO_LEFT


@cache
def letters(tag: str) -> str:
    """With which word the names of a language's letters begin in Unicode, as those of its own name do; empty where nobody knows one."""
    if _known_locale(tag) is None or script(tag) == "Jpan":  # which has several
        return ""
    return unicodedata.name(endonym(tag)[0], "").partition(" ")[0]


@dataclass(frozen=True)
class Translator:
    """One language's words, dates and numbers; `language` is a shipped tag."""

    language: str
    catalogue: gettext.NullTranslations

    @property
    def locale(self) -> Locale:
        """Babel's locale of the language."""
        return locale_of(self.language)

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return right_to_left(self.language)

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self._directed(self.catalogue.gettext(message))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The message in the plural form that `count` asks for."""
        return self._directed(self.catalogue.ngettext(singular, plural, count))

    def pgettext(self, context: str, message: str) -> str:
        """The message, told apart by its context."""
        return self._directed(self.catalogue.pgettext(context, message))

    def line(self, text: str) -> str:
        """A line that runs as this language does, whatever stands in it."""
        return f"{RIGHT_TO_LEFT_MARK}{text}" if self.right_to_left else text

    def _directed(self, message: str) -> str:
        return _line_by_line(message) if self.right_to_left else message

    def moment(self, moment: datetime, zone: str) -> str:
        """An instant as full date and time of day in an IANA zone: "Monday 30 November 2026 at 09:00"."""
        return dates.moment(self.language, moment, zone)

    def near_moment(self, moment: datetime, zone: str) -> str:
        """The same without the year, for what is weeks away at most: "Monday 30 November at 09:00"."""
        return dates.near_moment(self.language, moment, zone)

    def short_moment(self, moment: datetime, zone: str) -> str:
        """An instant's day, month and time of day in an IANA zone, short: "30 Nov, 09:00"."""
        return dates.short_moment(self.language, moment, zone)

    def day(self, day: date) -> str:
        """A date's day and month, short: "30 Nov"."""
        return dates.short_day(self.language, day)

    def clock(self, moment: datetime, zone: str) -> str:
        """An instant's time of day in an IANA zone: "09:00"."""
        return dates.clock(self.language, moment, zone)

    def days(self, first: date, last: date, *, short: bool = False) -> str:
        """The days from one to another: "13–31 October 2026", or short "13–31 Oct 2026"."""
        return (dates.short_days if short else dates.days)(self.language, first, last)

    def weekday(self, index: int) -> str:
        """A day of the week by itself, from Monday (0)."""
        return str(self.locale.days["stand-alone"]["wide"][index])

    def length(self, length: timedelta) -> str:
        """A length of time in the largest unit that says it whole: "90 minutes"."""
        minutes = length // timedelta(minutes=1)
        unit, size = next((unit, size) for unit, size in _UNITS if minutes % size == 0)
        return format_unit(minutes // size, f"duration-{unit}", locale=self.locale)

    def number(self, number: float) -> str:
        """A number as the language groups its digits."""
        return _number(number, self.language)

    def percent(self, share: float) -> str:
        """A share (0.25) as a whole percentage ("25%")."""
        return format_percent(share, locale=self.locale)

    def language_name(self, tag: str) -> str:
        """A language's name in this language; the tag when nobody knows it."""
        return _language_name(tag, self.language)


@lru_cache(maxsize=1024)  # a page of the desk names them hundreds of times
def _language_name(tag: str, reader: str) -> str:
    locale = _known_locale(tag)
    return (locale and _name(locale, locale_of(reader))) or tag


@cache
def _line_by_line(message: str) -> str:
    """A message in a language that is written from right to left, in which lines of nothing but values and signs are marked to run so.

    A line's direction is that of its first letter, and those of values don't count, since values are isolated (Unicode's rule P2).
    """
    return "\n".join(
        f"{RIGHT_TO_LEFT_MARK}{line}" if _VALUE.search(line) and _ONLY_SIGNS.fullmatch(_VALUE.sub("", line)) else line
        for line in message.split("\n")
    )


@lru_cache(maxsize=4096)
def _number(number: float, language: str) -> str:
    return format_decimal(number, locale=locale_of(language))


def not_compiled() -> list[str]:
    """The languages whose catalogue was not compiled yet."""
    compiled = {file.parts[-3] for file in LOCALES.glob("*/LC_MESSAGES/messages.mo")}
    return [tag for tag, language in LANGUAGES.items() if tag != SOURCE and language.folder not in compiled]


def compiled_before_last_change() -> list[str]:
    """The languages whose catalogue has changed since it was compiled."""
    changed = {
        file.parts[-3]
        for file in LOCALES.glob("*/LC_MESSAGES/messages.po")
        if (compiled := file.with_suffix(".mo")).exists() and compiled.stat().st_mtime < file.stat().st_mtime
    }
    return [tag for tag, language in LANGUAGES.items() if language.folder in changed]


@cache
def _catalogue(tag: str) -> gettext.NullTranslations:
    return gettext.translation("messages", LOCALES, [LANGUAGES[tag].folder], fallback=tag == SOURCE)


def translator(tag: str | None, fallback: str = SOURCE) -> Translator:
    """The translator for the shipped language nearest to `tag`; raises FileNotFoundError when catalogues were not compiled."""
    language = shipped(tag, fallback)
    return Translator(language, _catalogue(language))
