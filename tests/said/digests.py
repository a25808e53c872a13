"""What the texts about a digest's chart and its settings say."""

from datetime import time, timedelta

from samples import NOW, ZONE, days, digest

from bot import phrases
from bot.cli.texts import upkeep
from bot.core.schedule import Rhythm
from bot.features.digests.actions.subscriptions import DAILY, NEVER, Subscription
from bot.features.digests.texts import charts as chart_texts
from bot.features.digests.texts import pages as digest_texts
from bot.features.digests.texts import subscriptions as texts
from bot.i18n import Translator
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
        (chart_texts.title, chart_texts.title(t)),
        (chart_texts.alternative, chart_texts.alternative(t, days())),
        *[(phrases.language_or_others, phrases.language_or_others(t, tag)) for tag in ("es", None)],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    return [(digest_texts.reply_button, digest_texts.reply_button(t, reply)) for reply in digest(v).latest]
