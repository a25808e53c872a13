"""The words of the loom about translations, and about what others do to its rows."""

from samples import NOW, ZONE

from bot.features.desk.actions.arrangement import Rearranged
from bot.features.desk.actions.loom import ChangedWording
from bot.features.desk.texts import frame
from bot.features.desk.texts import loom_news as news
from bot.features.desk.texts import loom_translating as texts
from bot.features.key_points.actions.points import Point
from bot.features.key_points.texts import points as point_texts
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each


def plain_words(t: Translator) -> list[Said]:
    """What stands on pages, and on buttons."""
    return [
        *each((texts.what_changed_word, texts.removed_mark, texts.added_mark, texts.end_mark, texts.left_out), t),
        *each((texts.nothing_changed, texts.ask_button, texts.asked_of_you, texts.translators, texts.nobody), t),
        *each((texts.all_asked, texts.nothing_yours, texts.nothing_to_translate, news.show_button, news.shown), t),
        *each((news.gone, frame.to_desk_button), t),
        *[(texts.changed_since, texts.changed_since(t, ChangedWording(tag, "x", "y"), "es")) for tag in ("es", "sw")],
        *[(texts.wanting, texts.wanting(t, "es", count)) for count in COUNTS],
        *[(texts.ask_for_all_button, texts.ask_for_all_button(t, count)) for count in COUNTS],
        *[(texts.asked, texts.asked(t, "es", count)) for count in (0, *COUNTS)],
        *[(texts.yours, texts.yours(t, count)) for count in COUNTS],
        *[(news.news, news.news(t, Rearranged(tuple(range(count)), (), is_moved=True))) for count in COUNTS],
        *[(news.news, news.news(t, Rearranged((), tuple(range(count)), is_moved=False))) for count in COUNTS[1:]],
        (texts.asked_at, texts.asked_at(t, NOW, ZONE)),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """The same with what a person wrote."""
    return [
        (texts.what_changed_button, texts.what_changed_button(t, v, "es")),
        (texts.ask_button_of, texts.ask_button_of(t, v, "es")),
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """To translators, in Telegram's HTML."""
    return [
        (frame.wordings_asked, frame.wordings_asked(t, v, asked))
        for asked in ({"es": 1}, {"es": 2, "sw": 3}, {"es": 100})
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """Of a key point whose translation has fallen behind."""
    behind = Point(
        *(1, 1, None, 0, 1, {"en": v, "es": "x"}, (), None, (), ("en", "es"), "en"),
        versions={"en": 2},
        earlier={"en": {"1": f"It was <b>otherwise</b>: {v}"}},
    )
    return [(point_texts.point, point_texts.point(t, behind))]
