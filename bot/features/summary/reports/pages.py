"""A Summary on paper: as Markdown, as one web page that loads nothing, and as a tagged PDF made from that page."""

import re
from collections.abc import Iterator, Sequence

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from bot.features.summary.texts.summary import Citation, SummaryPage, Text
from bot.i18n import endonym, right_to_left
from bot.paper import authored, pdf
from bot.paper.pdf import Enclosed
from bot.paper.templates import PAGES

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&]|^\s*[-+]|^\s*\d+[.)])", re.MULTILINE)


def direction(language: str) -> str:
    """How a language (BCP 47) is written: "rtl" or "ltr"."""
    return "rtl" if right_to_left(language) else "ltr"


def _tongue(language: str) -> Markup:
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


def _headline(page: SummaryPage, title: Markup) -> Markup:
    return Markup(page.headed("{kind}", "{title}")).format(kind=page.kind, title=title)  # noqa: S704 - of the catalogue


TEMPLATES = Environment(
    loader=PAGES,
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
TEMPLATES.filters |= {
    "blocks": authored.blocks,
    "direction": direction,
    "endonym": endonym,
    "headline": _headline,
    "inline": authored.inline,
    "tongue": _tongue,
}


def as_html(pages: Sequence[SummaryPage]) -> str:
    """One self-contained HTML page, each Summary in its own language and direction, one after the other."""
    first = pages[0]
    title = first.headed(first.kind, authored.plain(first.title.markdown))
    return TEMPLATES.get_template("summary.html").render(pages=pages, title=title)


def as_part(pages: Sequence[SummaryPage]) -> Markup:
    """The Summaries alone, to stand in a page that has styles of its own."""
    template = TEMPLATES.get_template("summary.html")
    written = "".join(template.blocks["articles"](template.new_context({"pages": pages})))
    return Markup(written)  # noqa: S704 - the template escapes what is put into it


def as_pdf(pages: Sequence[SummaryPage], attached: Sequence[Enclosed] = ()) -> bytes:
    """The same as a tagged PDF, each Summary from a page of its own; raises NoPango."""
    return pdf.made_from(as_html(pages), attached)


def as_markdown(pages: Sequence[SummaryPage]) -> str:
    """The Summaries as Markdown; what members said is escaped, what authors wrote stays as they wrote it."""
    return "\n---\n\n".join(map(_markdown, pages))


def _markdown(page: SummaryPage) -> str:
    parts = [
        f"# {page.headed(page.kind, _noted(page.title))}",
        f"{page.dates}  \n**{page.label}**. {page.status}",
    ]
    if page.background.markdown:
        parts += [f"## {page.background_heading}", _noted(page.background)]
    for chapter in page.chapters:
        parts += [f"## {_noted(chapter.heading)}", f"**{chapter.label}**"]
        parts.append(_list(chapter.bullets) if chapter.bullets else chapter.empty)
    if page.further:
        parts += [f"## {page.further_heading}", _list(page.further)]
    if page.method:
        parts += [f"## {page.method_heading}", "\n\n".join(page.method)]
    if page.quotes:
        parts += [f"## {page.quotes_heading}", *_cited(page.quotes)]
    return "\n\n".join(parts) + "\n"


def _noted(text: Text) -> str:
    return f"{text.markdown} _({text.note})_" if text.note else text.markdown


def _list(texts: tuple[Text, ...]) -> str:
    return "\n".join(f"- {_noted(text)}" for text in texts)


def _cited(quotes: tuple[Citation, ...]) -> Iterator[str]:
    for quote in quotes:
        words = _escaped(quote.text).replace("\n", "  \n> ")
        yield f"> {words}\n>\n> {_escaped(quote.credit)}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
