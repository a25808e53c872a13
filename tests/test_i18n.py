from datetime import UTC, datetime

import pytest

from bot.i18n import LANGUAGES, endonym, negotiate, readable, shipped, translator

NINE_FIVE = datetime(2026, 11, 30, 9, 5, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "offered", "chosen"),
    [
        ("pt-br", ["en", "pt"], "pt"),
        ("pt-br", ["en", "pt", "pt-BR"], "pt-BR"),
        ("pt-br", ["en", "es"], "en"),
        ("pt", ["en", "pt-BR"], "pt-BR"),
        ("pt-PT", ["en", "pt-BR"], "pt-BR"),
        ("es-419", ["en", "es"], "es"),
        ("sr_Latn_RS", ["en", "sr-Latn"], "sr-Latn"),
        ("zh-Hans", ["en", "zh"], "zh"),
        ("zh-CN", ["en", "zh"], "zh"),
        ("ES", ["en", "es"], "es"),
        ("tlh", ["en", "es"], "en"),
        ("", ["en", "es"], "en"),
        (None, ["en", "es"], "en"),
        ("", ["es", "en"], "en"),
        (None, ["es", "en"], "en"),
        ("_", ["es", "en"], "en"),
        ("es", [], "en"),
    ],
)
def test_a_language_is_served_by_itself_or_its_nearest_form_and_else_by_the_fallback(
    wanted: str | None, offered: list[str], chosen: str
) -> None:
    assert negotiate(wanted, offered, "en") == chosen


@pytest.mark.parametrize(
    ("wanted", "offered", "chosen"),
    [
        ("pt-BR", ["en", "es", "fr"], "es"),
        ("pt", ["en", "es", "pt-BR"], "pt-BR"),
        ("gl", ["en", "es", "pt"], "pt"),
        ("pt", ["fr", "es-419"], "es-419"),
        ("ca", ["fr", "es"], "en"),
        ("ru", ["en", "es"], "en"),
        ("es", ["en", "pt"], "en"),
    ],
)
def test_a_reader_whose_language_there_is_not_gets_a_relative_of_it_before_the_fallback(
    wanted: str, offered: list[str], chosen: str
) -> None:
    assert readable(wanted, offered, "en") == chosen


@pytest.mark.parametrize("wanted", ["zh", "zh-CN", "zh-cn", "zh-SG", "zh-hans", "zh_Hans", "zh-Hans-CN", "zh-Hans-SG"])
def test_chinese_without_a_script_is_read_as_simplified(wanted: str) -> None:
    assert shipped(wanted) == "zh-Hans"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_shipped_language_is_served_by_itself_and_by_what_telegram_calls_it(tag: str) -> None:
    assert shipped(tag) == tag
    assert shipped(LANGUAGES[tag].command_code) == tag


@pytest.mark.parametrize("wanted", ["pt", "pt-BR", "pt-br", "pt-PT", "pt_MZ", "pt-AO"])
def test_one_portuguese_serves_all_its_countries(wanted: str) -> None:
    assert shipped(wanted) == "pt"


def test_the_fallback_may_be_any_language() -> None:
    assert shipped("tlh", "fr") == "fr"
    assert translator(None, "ar").language == "ar"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("es", "Español"),
        ("fr", "Français"),
        ("ar", "العربية"),
        ("ru", "Русский"),
        ("zh-Hans", "简体中文"),
        ("pt", "Português"),
        ("sw", "Kiswahili"),
        ("tlh", "tlh"),
    ],
)
def test_a_language_is_named_in_itself_and_an_unknown_one_by_its_tag(tag: str, name: str) -> None:
    assert endonym(tag) == name


def new_replies(tag: str, count: int) -> str:
    t = translator(tag)
    text = t.ngettext("%(count)s new reply.", "%(count)s new replies.", count)
    return text % {"count": t.number(count)}


def test_arabic_has_six_forms_of_which_those_for_none_one_and_two_need_no_number() -> None:
    told = {count: new_replies("ar", count) for count in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)}

    without_number = {count for count, text in told.items() if str(count) not in text}
    assert without_number <= {0, 1, 2}
    forms = {text.replace(str(count), "…") for count, text in told.items()}
    assert len(forms) == 6
    for one, same in [(3, 10), (3, 103), (11, 99), (100, 102)]:
        assert told[one].replace(str(one), "…") == told[same].replace(str(same), "…")


@pytest.mark.parametrize(
    ("tag", "alike"),
    [
        ("en", [{1}, {0, 2, 5, 11, 21, 101}]),
        ("es", [{1}, {0, 2, 5, 11, 21, 101}]),
        ("fr", [{0, 1}, {2, 5, 11, 21, 101}]),
        ("ru", [{1, 21, 101}, {2, 3, 22, 104}, {0, 5, 11, 12, 111}]),
        ("zh-Hans", [{0, 1, 2, 5, 100}]),
        ("pt", [{1}, {0, 2, 5, 11, 21, 101}]),
    ],
)
def test_counts_take_the_form_their_language_asks_for(tag: str, alike: list[set[int]]) -> None:
    groups = [{new_replies(tag, count).replace(str(count), "…") for count in counts} for counts in alike]

    assert [len(group) for group in groups] == [1] * len(alike)
    assert len(set.union(*groups)) == len(alike)


def plain(text: str) -> str:
    """Without the no-break spaces and marks that CLDR puts between the parts in some languages."""
    return text.replace("\xa0", " ").replace("\u200f", "").replace("\u200e", "")


def test_arabic_alone_is_written_from_right_to_left() -> None:
    assert [tag for tag in LANGUAGES if translator(tag).right_to_left] == ["ar"]


def test_a_language_is_named_in_another() -> None:
    assert translator("fr").language_name("ru") == "russe"
    assert translator("en").language_name("tlh") == "tlh"


def test_a_line_in_which_only_values_have_letters_runs_as_the_language_does() -> None:
    arabic, english = translator("ar"), translator("en")

    assert arabic.gettext("%(author)s:") == "\u200f%(author)s:"
    assert arabic.gettext("• %(language)s: %(count)s") == "\u200f• %(language)s: %(count)s"
    assert arabic.line("• \u2068كلمات\u2069").startswith("\u200f")
    assert english.gettext("%(author)s:") == english.line("%(author)s:") == "%(author)s:"


def test_a_pseudonym_and_a_sentence_are_left_as_they_are_in_a_language_from_right_to_left() -> None:
    arabic = translator("ar")

    assert "\u200f" not in arabic.gettext("%(plant)s %(number)s")
    assert "\u200f" not in arabic.gettext("Thank you, your reply to question %(number)s is kept.")
