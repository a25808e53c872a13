import random
import re

import pytest

from bot import markup

WORDS = ("training", "género", "équité", "培训", "обучение", "تدريب", "👨‍👩‍👧‍👦", "🇫🇷", "&", "<3", "e\u0301e\u0301")


def balanced(html: str) -> bool:
    opened = []
    for closing, name in re.findall(r"<(/?)([a-z]+)[^>]*>", html):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def test_what_fits_is_one_piece() -> None:
    assert markup.split("<b>Hello</b> &amp; good day") == ["<b>Hello</b> &amp; good day"]


def test_nothing_visible_gives_no_piece() -> None:
    assert markup.split("") == []
    assert markup.split(" \n<b></b>\n") == []


def test_tags_and_entities_do_not_count() -> None:
    html = '<a href="https://example.org/long/address">' + "&amp;" * 10 + "</a>"

    assert markup.split(html, 10) == [html]


def test_a_long_text_is_cut_at_a_paragraph() -> None:
    assert markup.split("One two. Three.\n\nFour five. Six seven.", 30) == ["One two. Three.", "Four five. Six seven."]


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("one two three\nfour five six", 16, ["one two three", "four five six"]),
        ("One two. Three four five", 16, ["One two.", "Three four five"]),
        ("你好世界。我们今天讨论培训。", 9, ["你好世界。", "我们今天讨论培训。"]),
        ("one two three four", 16, ["one two three", "four"]),
        ("abcdefghijklmnopqrstuvwxyz", 16, ["abcdefghijklmnop", "qrstuvwxyz"]),
    ],
)
def test_without_a_paragraph_the_next_best_break_is_taken(text: str, limit: int, pieces: list[str]) -> None:
    assert markup.split(text, limit) == pieces


def test_an_early_heading_does_not_become_a_message_of_its_own() -> None:
    pieces = markup.split("Aims\n\n" + "word " * 40, 100)

    assert pieces[0].startswith("Aims\n\nword")


def test_open_tags_are_closed_at_the_cut_and_opened_again() -> None:
    pieces = markup.split('<b>one <a href="https://a.org">two three</a></b> four', 8)

    assert pieces == ['<b>one <a href="https://a.org">two</a></b>', '<b><a href="https://a.org">three</a></b>', "four"]


def test_code_keeps_its_indentation_after_a_cut() -> None:
    assert markup.split("<pre>if x:\n    y()\n    z()</pre>", 12) == [
        "<pre>if x:</pre>",
        "<pre>    y()</pre>",
        "<pre>    z()</pre>",
    ]


def test_no_cut_loses_or_breaks_anything() -> None:
    chance = random.Random(7)  # noqa: S311 - the same texts on every run
    for _ in range(150):
        markdown = "".join(
            chance.choice(WORDS)
            + chance.choice((" ", " ", ". ", "\n\n", " **b** ", "\n- x\n- ", " [l](https://a.org/?a=1&b) "))
            for _ in range(chance.randrange(1, 120))
        )
        html = markup.to_html(markdown)
        limit = chance.randrange(30, 200)

        pieces = markup.split(html, limit)

        assert all(0 < markup.length(markup.visible(piece)) <= limit and balanced(piece) for piece in pieces)
        assert "".join("".join(map(markup.visible, pieces)).split()) == "".join(markup.visible(html).split())
        assert not any(markup.visible(piece)[0] in "\u0301\u200d" for piece in pieces)


def test_a_short_note_is_one_open_message() -> None:
    assert markup.long_note("<b>Aims</b>\n\nText") == ["<b>Aims</b>\n\nText"]
    assert markup.long_note("") == []


def test_a_long_note_folds_what_exceeds_its_beginning() -> None:
    paragraph = "word " * 50
    html = "\n\n".join([paragraph.strip()] * 60)

    messages = markup.long_note(html)

    head, folded = messages[0].split("<blockquote expandable>")
    assert 600 < markup.length(markup.visible(head)) <= 901
    assert folded.endswith("</blockquote>")
    assert all(message.startswith("<blockquote expandable>") for message in messages[1:])
    assert all(markup.length(markup.visible(message)) <= 4096 for message in messages)


@pytest.mark.parametrize("length_of_second", [100, 900])
def test_a_long_note_is_folded_from_a_section_on_and_never_within_a_heading(length_of_second: int) -> None:
    first, second, third = "a " * 200, "b " * (length_of_second // 2), "c " * 400
    html = markup.to_html(f"# Title\n\n{first}\n\n# How it works\n\n{second}\n\n# Who asks\n\n{third}")

    (message,) = markup.long_note(html)

    head, folded = message.split("<blockquote expandable>")
    assert folded.startswith("<b>Who asks</b>" if length_of_second == 100 else "<b>How it works</b>")
    assert head.rstrip().endswith("b" if length_of_second == 100 else "a")


def test_a_quotation_in_a_folded_part_is_not_nested() -> None:
    html = markup.to_html("word " * 150 + "\n\n> " + "said " * 300)

    (message,) = markup.long_note(html)

    assert (
        message.count("<blockquote")
        == message.count("</blockquote>")
        == 1 + message.split("expandable")[0].count("<blockquote>")
    )
    assert balanced(message)
