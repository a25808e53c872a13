"""Markdown as Telegram shows it: its HTML knows no headings or lists, so those become bold lines and bullets."""

import re
import unicodedata
from collections.abc import Callable
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.markup.cleaning import escape
from bot.markup.links import leads

BULLETS = ("•", "◦", "▪")
RULE = "———"
INDENT = "   "

# HTML is off: what looks like a tag is text, and so is an HTML comment.
_markdown = MarkdownIt("commonmark", {"html": False})
_MARKED = {"strong": "b", "em": "i"}
_CODE_LANGUAGE = re.compile(r"[\w+#-]+")


def to_html(markdown: str) -> str:
    """Markdown (CommonMark) as the HTML that Telegram parses; raw HTML in it is text, and links are http(s), mailto or tg."""
    root = SyntaxTreeNode(_markdown.parse(markdown))
    return _blocks(root, depth=0, quoted=False)


def _blocks(parent: SyntaxTreeNode, *, depth: int, quoted: bool, gap: str = "\n\n") -> str:
    rendered = (_block(node, depth=depth, quoted=quoted) for node in parent.children)
    return gap.join(block for block in rendered if block)


def _block(node: SyntaxTreeNode, *, depth: int, quoted: bool) -> str:
    match node.type:
        case "paragraph":
            return _inline(node)
        case "heading":
            return f"<b>{_inline(node)}</b>" if node.children and node.children[0].content else ""
        case "bullet_list" | "ordered_list":
            return _list(node, depth=depth, quoted=quoted)
        case "blockquote":
            inner = _blocks(node, depth=depth, quoted=True)
            # Telegram nests no quotation in another.
            return inner if quoted or not inner else f"<blockquote>{inner}</blockquote>"
        case "fence" | "code_block":
            return _code_block(node)
        case "hr":
            return RULE
        case _:
            raise AssertionError(node.type)


def _list(node: SyntaxTreeNode, *, depth: int, quoted: bool) -> str:
    bullet = BULLETS[min(depth, len(BULLETS) - 1)]
    first = int(node.attrs.get("start", 1))
    ordered = node.type == "ordered_list"
    items = []
    for number, item in enumerate(node.children, first):
        marker = f"{number}." if ordered else bullet
        body = _blocks(item, depth=depth + 1, quoted=quoted, gap="\n")
        items.append(f"{marker} {body}".rstrip().replace("\n", f"\n{INDENT}"))
    return ("\n" if _is_tight(node) else "\n\n").join(items)


def _is_tight(node: SyntaxTreeNode) -> bool:
    return not any(block.type == "paragraph" and not block.hidden for item in node.children for block in item.children)


def _code_block(node: SyntaxTreeNode) -> str:
    code = escape(node.content.rstrip("\n"))
    language = _CODE_LANGUAGE.match(node.info)
    if not code:
        return ""
    return f'<pre><code class="language-{language[0]}">{code}</code></pre>' if language else f"<pre>{code}</pre>"


def _inline(parent: SyntaxTreeNode) -> str:
    rendered: list[str] = []
    for node, following in zip_longest(parent.children, parent.children[1:]):
        if node.type == "softbreak":
            rendered.append(_line_break(rendered[-1:], following))
        else:
            rendered.append(_SPANS[node.type](node))
    return "".join(rendered)


def _marked(node: SyntaxTreeNode) -> str:
    tag = _MARKED[node.type]
    return f"<{tag}>{_inline(node)}</{tag}>"


def _link(node: SyntaxTreeNode) -> str:
    return _linked(str(node.attrs.get("href", "")), _inline(node))


def _image(node: SyntaxTreeNode) -> str:
    source = str(node.attrs.get("src", ""))
    return _linked(source, escape(node.content) or escape(source))


def _linked(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{text}</a>' if text and leads(address) else text


def _line_break(before: list[str], following: SyntaxTreeNode | None) -> str:
    """A line end inside a paragraph is a space, but none between Chinese or Japanese characters."""
    return "" if before and following and _is_wide(before[0][-1:]) and _is_wide(following.content[:1]) else " "


def _is_wide(character: str) -> bool:
    # Korean is as wide, but parts its words by spaces.
    return unicodedata.east_asian_width(character or " ") in "WF" and "HANGUL" not in unicodedata.name(character, "")


_SPANS: dict[str, Callable[[SyntaxTreeNode], str]] = {
    "inline": _inline,
    "text": lambda node: escape(node.content),
    "code_inline": lambda node: f"<code>{escape(node.content)}</code>",
    "strong": _marked,
    "em": _marked,
    "link": _link,
    "image": _image,
    "hardbreak": lambda _: "\n",
}
