from collections.abc import Iterator

import pytest

from bot.paper import fonts

CACHED = (fonts._system, fonts._order, fonts._first_with)  # noqa: SLF001 - the fonts of a machine are looked for once


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No font but our own."""
    for each in CACHED:
        each.cache_clear()
    monkeypatch.setattr(fonts, "FOLDERS", ())
    yield
    for each in CACHED:
        each.cache_clear()


def test_each_script_of_a_text_is_in_a_font_that_has_it() -> None:
    text = "Training \u2068بيجين\u2069 训练 प्रशिक्षण"

    runs = fonts.runs(text, "en")

    assert "".join(run.text for run in runs) == text
    assert [run.face.family for run in runs] == [
        "Noto Sans",
        "Noto Sans Arabic",
        "Noto Sans CJK SC",
        "Noto Sans Devanagari",
    ]


def test_a_text_begins_with_the_font_of_its_language() -> None:
    assert [fonts.runs("20", tag)[0].face.family for tag in ("ru", "ar", "zh-Hans")] == [
        "Noto Sans",
        "Noto Sans Arabic",
        "Noto Sans CJK SC",
    ]


@pytest.mark.usefixtures("bare_machine")
def test_a_bare_machine_draws_five_of_the_six_languages_with_our_own_font() -> None:
    assert fonts.drawable("Ответы الردود réponse", "ar") == "Ответы الردود réponse"
    assert fonts.drawable("回答", "zh-Hans") is None
    assert {run.face.file for run in fonts.runs("Ответы الردود", "ru")} == {fonts.OWN}


@pytest.mark.usefixtures("bare_machine")
def test_what_is_no_letter_and_in_no_font_is_left_out() -> None:
    assert fonts.drawable("🧑‍🌾 Care\x00\n and \t training 🌍", "en") == "\u200d Care and training"


def test_a_text_is_as_wide_as_its_letters_and_wider_when_bold() -> None:
    narrow, wide = fonts.width("iii", "en", 10), fonts.width("WWW", "en", 10)

    assert 0 < narrow < wide < fonts.width("WWW", "en", 10, bold=True)
    assert fonts.width("WWW", "en", 20) == pytest.approx(2 * wide)
