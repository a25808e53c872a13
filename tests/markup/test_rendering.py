import pytest

from bot import markup


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One\n\nTwo", "One\n\nTwo"),
        ("**bold** and _italics_", "<b>bold</b> and <i>italics</i>"),
        ("# Aims\n\nText", "<b>Aims</b>\n\nText"),
        ("> said\n> twice", "<blockquote>said twice</blockquote>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("```\na < b\n  c\n```", "<pre>a &lt; b\n  c</pre>"),
        ("```python\nx\n```", '<pre><code class="language-python">x</code></pre>'),
        ("- a\n- b", "• a\n• b"),
        ("3. c\n4. d", "3. c\n4. d"),
        ("- a\n  - b\n    - c\n- d", "• a\n   ◦ b\n      ▪ c\n• d"),
        ("- a\n\n- b", "• a\n\n• b"),
        ("first  \nsecond", "first\nsecond"),
        ("---", "———"),
        ("", ""),
    ],
)
def test_markdown_becomes_what_telegram_parses(markdown: str, html: str) -> None:
    assert markup.to_html(markdown) == html


@pytest.mark.parametrize("address", ["https://a.org/?x=1", "http://a.org", "mailto:a@b.org", "tg://user?id=1"])
def test_a_link_that_telegram_opens_stays_a_link(address: str) -> None:
    assert markup.to_html(f"[here]({address})") == f'<a href="{address}">here</a>'


@pytest.mark.parametrize("address", ["ftp://a.org", "/local", "sms:1", "https//a", "http"])
def test_any_other_link_leaves_only_its_text(address: str) -> None:
    assert markup.to_html(f"[here]({address})") == "here"


def test_a_script_never_becomes_a_link() -> None:
    assert "<a" not in markup.to_html("[here](javascript:alert(1)) [there](JavaScript:x) [x](data:text/html,x)")


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    html = markup.to_html('[x](<https://a.org/"onclick="y> "title")')

    assert html == '<a href="https://a.org/%22onclick=%22y">x</a>'


def test_html_in_markdown_is_text() -> None:
    html = markup.to_html('<b>loud</b> & <script>x</script>\n\n<div class="x">\n\n<!-- note -->')

    assert "<" not in html
    assert markup.visible(html) == '<b>loud</b> & <script>x</script>\n\n<div class="x">\n\n<!-- note -->'


def test_an_image_is_a_link_with_its_description() -> None:
    assert markup.to_html("![A chart](https://a.org/c.png)") == '<a href="https://a.org/c.png">A chart</a>'


def test_a_quotation_is_never_nested_in_another() -> None:
    html = markup.to_html("> one\n>\n> > two\n>\n> - > three")

    assert html.count("<blockquote>") == 1
    assert markup.visible(html) == "one\n\ntwo\n\n• three"


def test_a_wrapped_line_is_joined_by_a_space_except_between_chinese_characters() -> None:
    assert markup.to_html("one\ntwo") == "one two"
    assert markup.to_html("培训改变\n什么") == "培训改变什么"
    assert markup.to_html("교육은\n무엇") == "교육은 무엇"


@pytest.mark.parametrize("markdown", ["> " * 3000 + "x", "- " * 3000 + "x", "*" * 5000, "[" * 5000, "`" * 5000, "\0x"])
def test_absurd_markdown_is_rendered_without_a_fault(markdown: str) -> None:
    assert isinstance(markup.to_html(markdown), str)
