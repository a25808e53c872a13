"""Markdown that people wrote, in a report: as HTML that loads nothing, as plain words, and as runs of a document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from bot.markup.links import leads


def _drop_links(state: StateCore) -> None:
    """Leave the words alone where a link leads where none may."""
    for block in state.tokens:
        if block.children:
            block.children = list(_without_links(block.children))


def _without_links(tokens: Sequence[Token]) -> Iterator[Token]:
    dropped = False  # links don't nest
    for token in tokens:
        if token.type == "link_open":
            dropped = not leads(str(token.attrs.get("href", "")))
        if not (dropped and token.type in {"link_open", "link_close"}):
            yield token


# HTML is off, so a tag is text; an image would be loaded from elsewhere, so it stays text too.
_markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
_markdown.core.ruler.push("links", _drop_links)
_TOP_HEADING = 3  # what an author calls a heading stands below the report's own


def blocks(markdown: str) -> Markup:
    """Markdown as HTML, its headings from h3 on."""
    tokens = _markdown.parse(markdown)
    for token in tokens:
        if token.type.startswith("heading_"):
            token.tag = f"h{min(6, int(token.tag[1:]) + _TOP_HEADING - 1)}"
    return Markup(_markdown.renderer.render(tokens, _markdown.options, {}))  # noqa: S704 - markdown-it escapes all text


def inline(markdown: str) -> Markup:
    """Markdown of one paragraph as HTML, without the paragraph."""
    return Markup(_markdown.renderInline(markdown))  # noqa: S704 - as above


def plain(markdown: str) -> str:
    """The words alone."""
    return "".join(run.text for run in runs(markdown))


@dataclass(frozen=True)
class Run:
    """A piece of text of one look; `link` is an address or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


def runs(markdown: str) -> list[Run]:
    """Markdown of one paragraph as runs."""
    return [run for token in _markdown.parseInline(markdown) for run in _runs(token)]


def _runs(inline_token: Token) -> Iterator[Run]:
    bold = italic = 0
    link = ""
    for token in inline_token.children or ():
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                link = str(token.attrs.get("href", ""))
            case "link_close":
                link = ""
            case "softbreak":
                yield Run(" ", bool(bold), bool(italic), link)
            case "hardbreak":
                yield Run("\n", bool(bold), bool(italic), link)
            case _:
                yield Run(token.content, bool(bold), bool(italic), link)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a longer text; `style` is text, heading, bullet, number or quote.

    `depth` says how many lists are around its own, and of a heading how many levels are above it.
    """

    style: str
    runs: tuple[Run, ...]
    depth: int = 0


def paragraphs(markdown: str) -> list[Paragraph]:
    """Markdown as paragraphs one after the other."""
    found: list[Paragraph] = []
    around: list[str] = []
    heading = 0
    for token in _markdown.parse(markdown):
        style = {"heading": "heading", "bullet_list": "bullet", "ordered_list": "number", "blockquote": "quote"}.get(
            token.type.rsplit("_", 1)[0]
        )
        if style and token.nesting > 0:
            around.append(style)
            heading = int(token.tag[1:]) if style == "heading" else 0
        elif style and token.nesting < 0:
            around.pop()
        elif token.type == "inline":
            above = heading if "heading" in around else sum(each in {"bullet", "number"} for each in around)
            depth = max(0, above - 1)
            found.append(Paragraph(around[-1] if around else "text", tuple(_runs(token)), depth))
        elif token.type in {"fence", "code_block"}:
            found.append(Paragraph("text", (Run(token.content.rstrip("\n")),)))
    return found
