"""The words for values of a dialogue file that aren't in the form which their key asks for."""

from collections.abc import Callable

from bot.authoring import Code
from bot.i18n import Translator

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
    Code.DAY_WITHOUT_WEEK: lambda t: t.gettext(
        "A day of the week goes only with a digest every week, or every so many weeks. Delete the day, or write weeks."
    ),
}
