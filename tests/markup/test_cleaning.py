import pytest

from bot import markup


def test_escaped_text_is_seen_as_it_was_typed() -> None:
    typed = "a < b & \"c\" > 'd' &amp;"

    assert markup.visible(markup.escape(typed)) == typed
    assert not set('<>"') & set(markup.escape(typed))


def test_an_inserted_value_stands_in_its_own_direction() -> None:
    assert markup.isolate("داليا") == "\u2068داليا\u2069"


def test_a_value_cannot_end_its_isolation() -> None:
    assert markup.isolate("a\u2069\u202eb") == "\u2068ab\u2069"


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u2069", "\u200b", "\ufeff", "\u2060", "\x00", "\x1b", "\x9f", "\ud800"]
)
def test_what_hides_or_reorders_is_removed(hidden: str) -> None:
    assert markup.clean(f"ab{hidden}cd") == "abcd"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "👨‍👩‍👧",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "a\n\tb",
        "❤️",
        "\u200fنعم",
    ],
)
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert markup.clean(text) == text


@pytest.mark.parametrize("text", ["", " \n", "\u200d", "\u200c \u200d", "\u2800", "\u3164", "\u00a0\ufe0f"])
def test_a_text_that_nobody_can_see_is_empty(text: str) -> None:
    assert markup.clean(text) == ""


def test_an_invisible_message_in_tag_characters_is_removed() -> None:
    assert markup.clean("hi\U000e0068\U000e0069") == "hi"


def test_letters_are_composed_and_line_ends_are_newlines() -> None:
    assert markup.clean("e\u0301\r\na\rb\u2028c") == "é\na\nb\nc"


def test_cleaning_twice_changes_nothing_more() -> None:
    text = "e\u0301\u202e\r\n\x00🏴\U000e0067 x"

    assert markup.clean(markup.clean(text)) == markup.clean(text)
