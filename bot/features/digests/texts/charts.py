"""A digest's chart in words: what stands in it, and what it shows for those who don't see it."""

from collections import Counter

from bot import phrases
from bot.features.digests.actions.charted import Charted
from bot.i18n import Translator
from bot.markup import isolate
from bot.tallies.figures import QuestionFigures


def finding(t: Translator, charted: Charted) -> str:
    """The title of a chart: what it shows, in one sentence."""
    people = charted.people
    if charted.trend is not None:
        text = t.ngettext(
            "%(count)s reply in the last seven days, %(before)s in the seven before",
            "%(count)s replies in the last seven days, %(before)s in the seven before",
            charted.trend.now,
        )
        return text % {"count": t.number(charted.trend.now), "before": t.number(charted.trend.before)}
    if people.replied > people.reached:  # some speak in a group, and no question was sent to them
        text = t.ngettext("%(count)s person has replied", "%(count)s people have replied", people.replied)
        return text % {"count": t.number(people.replied)}
    numbers = {"replied": t.number(people.replied), "count": t.number(people.reached)}
    if charted.number is not None:
        text = t.ngettext(
            "%(replied)s of %(count)s member reached has replied to question %(number)s",
            "%(replied)s of %(count)s members reached have replied to question %(number)s",
            people.reached,
        )
        return text % {**numbers, "number": t.number(charted.number)}
    text = t.ngettext(
        "%(replied)s of %(count)s member reached has replied",
        "%(replied)s of %(count)s members reached have replied",
        people.reached,
    )
    return text % numbers


def totals(t: Translator, charted: Charted) -> list[tuple[str, str]]:
    """The great numbers of a chart, each with its label."""
    people = charted.people
    return [
        # Translators: under a great number in a chart: how many take part now.
        (t.number(people.members), t.pgettext("chart", "members")),
        # Translators: under a great number in a chart: how many members a question has reached.
        (t.number(people.reached), t.pgettext("chart", "reached")),
        # Translators: under a great number in a chart: how many members have replied.
        (t.number(people.replied), t.pgettext("chart", "replied")),
        # Translators: under a great number in a chart: how many replies there are.
        (t.number(charted.replies), t.pgettext("chart", "replies")),
    ]


def questions(t: Translator) -> str:
    """Over the questions of a chart, each with a bar."""
    return t.gettext("By question: who replied, of those reached")


def latest_questions(t: Translator) -> str:
    """The same, where there are too many for one picture."""
    return t.gettext("The latest questions: who replied, of those reached")


def question(t: Translator, one: QuestionFigures, title: str | None) -> str:
    """Over the bar of a question; plain text, not escaped."""
    if not title:
        return t.gettext("Question %(number)s") % {"number": t.number(one.number)}
    return t.gettext("%(index)s. %(text)s") % {"index": t.number(one.number), "text": isolate(title)}


def share(t: Translator, one: QuestionFigures) -> str:
    """Beside the bar of a question: how many of how many."""
    # Translators: beside a bar: so many have replied, of so many whom the question has reached.
    return t.pgettext("chart", "%(replied)s of %(reached)s") % {
        "replied": t.number(one.replied),
        "reached": t.number(one.reached),
    }


def replies(t: Translator, count: int) -> str:
    """So many replies."""
    return t.ngettext("%(count)s reply", "%(count)s replies", count) % {"count": t.number(count)}


def by_day(t: Translator, charted: Charted) -> str:
    """Over what was said day by day."""
    if charted.languages == (None,):
        return t.gettext("Replies by day")
    return t.gettext("Replies by day and language")


def language(t: Translator, tag: str | None, charted: Charted) -> str:
    """A language in the legend; those not told apart are all there are, or the others."""
    if tag is None and charted.languages == (None,):
        return phrases.all_languages(t)
    name = phrases.language_or_others(t, tag)
    return name[:1].upper() + name[1:]


def alternative(t: Translator, charted: Charted) -> str:
    """What the chart shows, in sentences; plain text, not escaped. It must have days."""
    days = charted.days
    busiest = max(days, key=lambda one: one.total)
    shown = t.ngettext(
        "Chart: %(count)s reply by day, %(first)s – %(last)s. The most came on %(day)s: %(most)s.",
        "Chart: %(count)s replies by day, %(first)s – %(last)s. The most came on %(day)s: %(most)s.",
        charted.said,
    ) % {
        "count": t.number(charted.said),
        "first": isolate(t.day(days[0].day)),
        "last": isolate(t.day(days[-1].day)),
        "day": isolate(t.day(busiest.day)),
        "most": t.number(busiest.total),
    }
    return "\n".join([shown, *_shares(t, charted)])


def _shares(t: Translator, charted: Charted) -> list[str]:
    if charted.languages == (None,):
        return []
    by_language: Counter[str | None] = Counter()
    for one in charted.days:
        by_language.update(one.replies)
    return [phrases.strung(t, [_share(t, tag, number) for tag, number in by_language.most_common()])]


def _share(t: Translator, tag: str | None, number: int) -> str:
    # Translators: a language and how many replies came in it: "Spanish: 12".
    shown = t.gettext("%(language)s: %(count)s")
    return shown % {"language": isolate(phrases.language_or_others(t, tag)), "count": t.number(number)}
