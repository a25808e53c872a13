import pytest

from bot import markup
from bot.markup.cutting import graphemes

FAMILY = "👨‍👩‍👧‍👦"
FRANCE = "🇫🇷"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(("text", "units"), [("", 0), ("abc", 3), ("مرحبا", 5), ("😀", 2), (FRANCE, 4), ("e\u0301", 2)])
def test_a_length_is_counted_in_utf_16_units(text: str, units: int) -> None:
    assert markup.length(text) == units


@pytest.mark.parametrize(
    "character",
    [
        FAMILY,
        FRANCE,
        SCOTLAND,
        "👍🏽",
        "1️⃣",
        "❤️",
        "e\u0301",
        "क्षि",
        "கி",
        "ก็",
        "بِّ",
        "\r\n",
        "\u1112\u1161\u11ab",
        "가",
        "نمی\u200c"[-2:],
    ],
)
def test_what_a_reader_sees_as_one_character_is_one(character: str) -> None:
    assert list(graphemes(f"x{character}y")) == ["x", character, "y"]


def test_flags_in_a_row_are_told_apart() -> None:
    assert list(graphemes("🇫🇷🇪🇸🇩🇴")) == ["🇫🇷", "🇪🇸", "🇩🇴"]


def test_marks_without_end_are_cut_all_the_same() -> None:
    assert max(map(len, graphemes("e" + "\u0301" * 1000))) <= 64


def test_a_short_text_is_its_own_excerpt() -> None:
    assert markup.excerpt("Ten women came.", 15) == "Ten women came."


def test_an_excerpt_ends_at_a_word() -> None:
    assert markup.excerpt("Training changes people, slowly.", 25) == "Training changes people…"
    assert markup.excerpt("Training changes people, slowly.", 22) == "Training changes…"


def test_an_excerpt_of_one_long_word_is_cut_inside_it() -> None:
    assert markup.excerpt("x" * 50, 10) == "x" * 9 + "…"
    assert markup.excerpt("培" * 50, 10) == "培" * 9 + "…"


@pytest.mark.parametrize("character", [FAMILY, FRANCE, SCOTLAND, "e\u0301"])
def test_an_excerpt_never_cuts_inside_a_character(character: str) -> None:
    for limit in range(16, 60):
        excerpt = markup.excerpt(character * 50, limit)

        assert excerpt == character * ((len(excerpt) - 1) // len(character)) + "…"
        assert markup.length(excerpt) <= limit
