"""A digest's chart in words: what stands in it, and what it shows for those who don't see it."""

from collections import Counter

from bot import phrases
from bot.i18n import Translator
from bot.markup import isolate
from bot.tallies.breakdown import DayFigures


def title(t: Translator) -> str:
    """Over the chart of what was said day by day."""
    return t.gettext("Replies by day and language")


def alternative(t: Translator, days: tuple[DayFigures, ...]) -> str:
    """What the chart shows, in sentences; plain text, not escaped. `days` must not be empty."""
    total = sum(sum(one.replies.values()) for one in days)
    busiest = max(days, key=lambda one: sum(one.replies.values()))
    shown = t.ngettext(
        "Chart: %(count)s reply by day and language, %(first)s – %(last)s. The most came on %(day)s: %(most)s.",
        "Chart: %(count)s replies by day and language, %(first)s – %(last)s. The most came on %(day)s: %(most)s.",
        total,
    ) % {
        "count": t.number(total),
        "first": isolate(t.day(days[0].day)),
        "last": isolate(t.day(days[-1].day)),
        "day": isolate(t.day(busiest.day)),
        "most": t.number(sum(busiest.replies.values())),
    }
    by_language: Counter[str | None] = Counter()
    for one in days:
        by_language.update(one.replies)
    parts = [_share(t, tag, number) for tag, number in by_language.most_common()]
    return f"{shown}\n{phrases.strung(t, parts)}"


def _share(t: Translator, tag: str | None, number: int) -> str:
    # Translators: a language and how many replies came in it: "Spanish: 12".
    shown = t.gettext("%(language)s: %(count)s")
    return shown % {"language": isolate(phrases.language_or_others(t, tag)), "count": t.number(number)}
