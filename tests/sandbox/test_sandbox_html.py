"""Messages' HTML: what becomes of it, what Telegram says of mistakes, and how the page shows it."""

from typing import Any

import pytest

from bot.sandbox.markup.formatting import clean, formatted
from bot.sandbox.markup.html import parse_html
from bot.sandbox.markup.showing import show
from bot.sandbox.refusing import RefusedError


def parsed(source: str) -> tuple[str, list[dict[str, Any]]]:
    return formatted({"text": source, "parse_mode": "HTML"}, "text", most=4096)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
    ],
)
def test_each_tag_becomes_its_entity(tag: str, kind: str) -> None:
    text, entities = parsed(f"a <{tag}>word</{tag}> b")

    assert text == "a word b"
    assert entities == [{"type": kind, "offset": 2, "length": 4}]


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ('<tg-emoji emoji-id="5">x</tg-emoji>', {"type": "custom_emoji", "custom_emoji_id": "5"}),
        (
            "<a href='https://example.org/?a=1&amp;b=2'>x</a>",
            {"type": "text_link", "url": "https://example.org/?a=1&b=2"},
        ),
        ('<a href="tg://user?id=7">x</a>', {"type": "text_mention", "user": {"id": 7}}),
        ('<pre><code class="language-python">x</code></pre>', {"type": "pre", "language": "python"}),
    ],
)
def test_attributes_are_kept(source: str, entity: dict[str, Any]) -> None:
    assert parsed(source) == ("x", [entity | {"offset": 0, "length": 1}])


def test_offsets_count_utf_16_units() -> None:
    assert parsed("😀 <b>مرحبا</b>") == ("😀 مرحبا", [{"type": "bold", "offset": 3, "length": 5}])


def test_four_names_and_all_numbers_are_unescaped_and_others_stay() -> None:
    assert parse_html("&lt;&gt;&amp;&quot; &#65;&#x42; &nbsp;&eacute;")[0] == '<>&" AB &nbsp;&eacute;'


def test_nested_entities_come_outer_first() -> None:
    _, entities = parsed("<blockquote><b>one</b> two</blockquote>")

    assert [entity["type"] for entity in entities] == ["blockquote", "bold"]


def test_nothing_is_marked_inside_code_and_no_quotation_inside_another() -> None:
    _, code = parsed("<code>one <b>two</b></code>")
    _, quotes = parsed("<blockquote>one <blockquote>two</blockquote></blockquote>")

    assert [entity["type"] for entity in code] == ["code"]
    assert [entity["length"] for entity in quotes] == [7]


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("é <x>y</x>", 'Unsupported start tag "x" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>bold</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("text</b>", "Unexpected end tag at byte offset 4"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_mistakes_are_named_as_telegram_does(source: str, error: str) -> None:
    with pytest.raises(RefusedError) as raised:
        parsed(source)

    assert raised.value.description == f"Bad Request: can't parse entities: {error}"


def test_blanks_around_a_text_are_trimmed_and_entities_moved() -> None:
    assert parsed("  \n a <b> word </b>\n\n") == ("a  word", [{"type": "bold", "offset": 2, "length": 5}])


def test_directional_embeddings_are_taken_out_and_isolates_stay() -> None:
    assert parsed("\u202ba\u202c <b>\u2068b\u2069</b>") == (
        "a \u2068b\u2069",
        [{"type": "bold", "offset": 2, "length": 3}],
    )


def test_an_entity_of_blanks_alone_is_dropped() -> None:
    assert parsed("a <b> </b>b") == ("a  b", [])


def test_a_text_is_measured_after_parsing() -> None:
    text, _ = parsed(f"<b>{'x' * 4096}</b>")

    assert len(text) == 4096
    with pytest.raises(RefusedError, match="message is too long"):
        parsed("😀" * 2049)


def test_links_commands_and_names_are_found() -> None:
    _, entities = clean("/start@sandbox_bot see https://example.org/a, @ada_w #equity or a@b.org", [])

    assert [(entity["type"], entity["length"]) for entity in entities] == [
        ("bot_command", 18),
        ("url", 21),
        ("mention", 6),
        ("hashtag", 7),
        ("email", 7),
    ]


def test_nothing_is_found_inside_code_or_a_link() -> None:
    _, entities = parsed("<code>/start</code> <a href='https://example.org'>@somebody</a>")

    assert [entity["type"] for entity in entities] == ["code", "text_link"]


def test_shown_html_has_the_tags_and_escapes_all_else() -> None:
    text, entities = parsed("<b>&lt;script&gt; <i>😀</i></b> &amp; <blockquote expandable>long</blockquote>")

    assert show(text, entities) == "<b>&lt;script&gt; <i>😀</i></b> &amp; <blockquote expandable>long</blockquote>"


def test_a_shown_link_is_never_a_script() -> None:
    entities = [{"type": "text_link", "offset": 0, "length": 1, "url": 'javascript:alert("x")'}]

    assert show("x", entities) == "x"
    assert show("x", [entities[0] | {"url": 'https://e.org/"><script>'}]) == (
        '<a href="https://e.org/&quot;&gt;&lt;script&gt;" target="_blank" rel="noopener noreferrer">x</a>'
    )


def test_a_moment_becomes_an_entity_and_is_shown_with_the_words_behind_it() -> None:
    text, entities = parsed('until <tg-time unix="1796000000" format="wDt">Monday</tg-time>')

    assert text == "until Monday"
    assert entities == [
        {"type": "date_time", "unix_time": 1796000000, "date_time_format": "wDt", "offset": 6, "length": 6}
    ]
    assert show(text, entities) == 'until <time datetime="2026-11-30T00:53:20+00:00" data-format="wDt">Monday</time>'


@pytest.mark.parametrize("attributes", ["", 'unix="soon"', 'unix="1796000000" format="tw"', 'format="r"'])
def test_a_moment_that_is_none_is_refused(attributes: str) -> None:
    with pytest.raises(RefusedError, match="invalid moment"):
        parsed(f"<tg-time {attributes}>x</tg-time>")
