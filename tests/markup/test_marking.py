import random
from itertools import pairwise

import pytest

from bot.markup import Mark, length, plain, to_html, to_markdown


def mark(text: str, words: str, kind: str, url: str = "") -> Mark:
    """These words of the text are marked; places are counted in UTF-16 units, as Telegram does."""
    return Mark(kind, length(text[: text.index(words)]), length(words), url)


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("Read the 😀 plan now", [("plan", "bold", "")], "Read the 😀 <b>plan</b> now"),
        (
            "😀😀 See the note.",
            [("the note", "text_link", "https://example.org/a_(b)")],
            '😀😀 See <a href="https://example.org/a_(b)">the note</a>.',
        ),
        (
            "See the note",
            [("See the note", "bold", ""), ("the note", "text_link", "https://example.org")],
            '<b>See</b> <a href="https://example.org"><b>the note</b></a>',
        ),
        ("这是“重点”内容", [("“重点”", "bold", "")], "这是“<b>重点</b>”内容"),
        ("a bold, word", [("bold, ", "bold", "")], "a <b>bold,</b> word"),
        ("2*3 is 5*1 or 6", [("2*3 is", "bold", "")], "<b>2*3 is</b> 5*1 or 6"),
        (
            "look here!now",
            [("now", "text_link", "https://example.org")],
            'look here!<a href="https://example.org">now</a>',
        ),
        ("very much", [("very", "italic", "")], "<i>very</i> much"),
        ("one\n\ntwo", [("one\n\ntwo", "bold", "")], "<b>one</b>\n\n<b>two</b>"),
        ("**typed** [here](https://example.org)", [], '<b>typed</b> <a href="https://example.org">here</a>'),
        ("under", [("under", "underline", "")], "under"),
    ],
)
def test_what_was_marked_in_telegram_is_marked_in_markdown(
    text: str, marks: list[tuple[str, str, str]], html: str
) -> None:
    found = to_markdown(text, [mark(text, words, kind, url) for words, kind, url in marks])

    assert to_html(found) == html


def test_no_mark_ever_shows_as_a_sign() -> None:
    draw = random.Random(2026)  # noqa: S311 - no secret
    for _ in range(2_000):
        text = "".join(draw.choices("ab é«»“”.,!( ){😀中文 \n", k=12)).strip()
        edges = sorted({draw.randrange(len(text) + 1) for _ in range(4)})
        marks = [
            mark_of(text, start, end, draw.choice(("bold", "italic", "text_link"))) for start, end in pairwise(edges)
        ]

        shown = plain(to_markdown(text, marks))

        assert "".join(shown.split()) == "".join(text.split()), (text, marks)


def mark_of(text: str, start: int, end: int, kind: str) -> Mark:
    return Mark(kind, length(text[:start]), length(text[start:end]), "https://example.org")
