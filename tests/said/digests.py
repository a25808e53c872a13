"""What the texts about a digest's chart and its settings say."""

from dataclasses import replace
from datetime import time, timedelta

from samples import NOW, ZONE, charted, days, digest

from bot import phrases
from bot.cli.texts import upkeep
from bot.core.schedule import Rhythm
from bot.features.digests.actions.subscriptions import DAILY, NEVER, Subscription
from bot.features.digests.texts import charts as chart_texts
from bot.features.digests.texts import pages as digest_texts
from bot.features.digests.texts import subscriptions as texts
from bot.i18n import Translator
from bot.tallies.breakdown import DayFigures
from bot.tallies.figures import Trend
from said.phrases import Said, each

RHYTHM = Rhythm(timedelta(weeks=1), time(17), "fri", ZONE)


def words(t: Translator) -> list[Said]:
    return each((texts.choose_day, texts.choose_hour, texts.choose_language), t)


def filled(t: Translator, v: str) -> list[Said]:
    weekly = Subscription(1, v, "fri", RHYTHM, "ar", short=True, next_at=NOW)
    as_usual = Subscription(1, v, None, RHYTHM, None, short=False, next_at=None)
    never = Subscription(1, v, NEVER, None, None, short=False, next_at=None)
    return [(texts.choices, texts.choices(t, one, NOW)) for one in (weekly, as_usual, never)]


def plain_words(t: Translator) -> list[Said]:
    buttons = (texts.settings_button, texts.day_button, texts.hour_button, texts.language_button, texts.whole_button)
    return [
        *each(buttons, t),
        *each((texts.week_button,), t),
        *each(
            (
                digest_texts.queue_button,
                digest_texts.nudge_button,
                digest_texts.key_points_button,
                digest_texts.themes_button,
            ),
            t,
        ),
        *[(texts.length_button, texts.length_button(t, short=short)) for short in (False, True)],
        *[(texts.day, texts.day(t, key)) for key in ("mon", "sun", DAILY, NEVER, None)],
        *[(upkeep.recounted, upkeep.recounted(t, count)) for count in (0, 1, 2, 5)],
        (texts.hour, texts.hour(t, time(6))),
        (texts.language, texts.language(t, None)),
        *each((chart_texts.questions, chart_texts.latest_questions, phrases.all_languages), t),
        *charts(t),
        *[(phrases.language_or_others, phrases.language_or_others(t, tag)) for tag in ("es", None)],
    ]


def charts(t: Translator) -> list[Said]:
    whole = charted("")
    (first, _) = whole.questions
    few = replace(whole, days=days()[:1], people=replace(whole.people, reached=0))
    shown = (whole, few, replace(whole, number=2), replace(whole, trend=Trend(5, 12)))
    merged = replace(whole, days=(DayFigures(NOW.date(), {None: 3}),))
    return [
        *[(chart_texts.finding, chart_texts.finding(t, one)) for one in shown],
        *[(chart_texts.totals, label) for _, label in chart_texts.totals(t, whole)],
        *[(chart_texts.by_day, chart_texts.by_day(t, one)) for one in (whole, merged)],
        *[(chart_texts.language, chart_texts.language(t, None, one)) for one in (whole, merged)],
        *[(chart_texts.alternative, chart_texts.alternative(t, one)) for one in (whole, merged)],
        *[(chart_texts.replies, chart_texts.replies(t, count)) for count in (1, 2, 5)],
        (chart_texts.question, chart_texts.question(t, first, None)),
        (chart_texts.share, chart_texts.share(t, first)),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    question = charted(v).questions[0]
    return [
        *[(digest_texts.reply_button, digest_texts.reply_button(t, reply)) for reply in digest(v).latest],
        (chart_texts.question, chart_texts.question(t, question, question.title)),
    ]
