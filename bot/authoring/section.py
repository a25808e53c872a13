"""One mapping of a dialogue file, read key by key; every fault is noted, and reading goes on."""

from dataclasses import dataclass, field
from typing import Any

from bot.authoring.faults import Code, Fault, Malformed
from bot.authoring.forms import Form, nearest
from bot.authoring.quoting import quoted
from bot.authoring.tree import MappingNode, Node, ScalarNode, SequenceNode


@dataclass
class Ledger:
    """All faults of one file as they are found. `lines` are the file's, to show one as it should be; none where it has no lines."""

    lines: list[str]
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def refuse(self, code: Code, place: str, node: Node, **params: str | int) -> None:
        """Note an error at the node."""
        self.errors.append(Fault(code, place, node.line, node.column, params))

    def warn(self, code: Code, place: str, node: Node, **params: str | int) -> None:
        """Note a warning at the node."""
        self.warnings.append(Fault(code, place, node.line, node.column, params))

    def right(self, node: Node) -> str:
        """The node's line with its texts in quotes; empty where there are no lines."""
        return quoted(self.lines[node.line - 1]) if self.lines else ""


class Section:
    """A mapping with known keys; `values` are those that were read without a fault, ready for the model."""

    def __init__(self, ledger: Ledger, place: str, node: MappingNode, known: tuple[str, ...]) -> None:
        self.ledger = ledger
        self.place = place
        self.node = node
        self.values: dict[str, Any] = {}
        self._nodes = {key: value for key, value in self._unique() if self._is_known(key, value, known)}

    def _unique(self) -> list[tuple[str, Node]]:
        return [(key.text, value) for key, value in unique_entries(self.ledger, self.place, self.node)]

    def _is_known(self, key: str, value: Node, known: tuple[str, ...]) -> bool:
        if key in known:
            return True
        node = next(node for node, _ in self.node.entries if node.text == key)
        if not after_comma(self.ledger, self.place, self.node, node, value):
            self.ledger.refuse(Code.UNKNOWN_KEY, self.place, node, key=key, suggestion=nearest(key, known))
        return False

    def at(self, key: str) -> str:
        """The path of a key of this section."""
        return f"{self.place}.{key}" if self.place else key

    def node_of(self, key: str) -> Node:
        """Where a fault of this key is to be shown: at its value, or at the section that lacks it."""
        return self._nodes.get(key, self.node)

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def require(self, *wanted: str) -> None:
        """Note the keys that are missing."""
        for key in wanted:
            if key not in self._nodes:
                self.ledger.refuse(Code.MISSING_KEY, self.place, self.node, key=key)

    def take(self, key: str, form: Form[Any]) -> None:
        """Read a key's single value by its form."""
        node = self._nodes.get(key)
        text = scalar(self.ledger, self.at(key), node) if node else None
        if node is None or text is None:
            return
        try:
            self.values[key] = form(text)
        except Malformed as malformed:
            self.ledger.refuse(malformed.code, self.at(key), node, **malformed.params)

    def items(self, key: str) -> list[tuple[str, Node]]:
        """A list's items, each with its path; none where the key is missing or no list."""
        node = self._nodes.get(key)
        return items(self.ledger, self.at(key), node) if node else []

    def count(self, key: str) -> int:
        """How many items a list has, sound or not."""
        node = self._nodes.get(key)
        return len(node.items) if isinstance(node, SequenceNode) else 0

    def sections(self, key: str, known: tuple[str, ...]) -> list["Section"]:
        """A list of mappings."""
        found = (section(self.ledger, place, node, known) for place, node in self.items(key))
        return [each for each in found if each]


def section(ledger: Ledger, place: str, node: Node, known: tuple[str, ...]) -> Section | None:
    """The node as a section; where it isn't a mapping, that is noted."""
    if isinstance(node, MappingNode):
        return Section(ledger, place, node, known)
    ledger.refuse(Code.EXPECTED_KEYS, place, node, keys=", ".join(known))
    return None


def items(ledger: Ledger, place: str, node: Node) -> list[tuple[str, Node]]:
    """A list's items, each with its path; where the node isn't a list, or an empty one, that is noted."""
    if not isinstance(node, SequenceNode):
        ledger.refuse(Code.EXPECTED_LIST, place, node)
        return []
    if not node.items:
        ledger.refuse(Code.EMPTY, place, node)
    return [(f"{place}[{index}]", item) for index, item in enumerate(node.items)]


def scalar(ledger: Ledger, place: str, node: Node) -> str | None:
    """A single value's text without white space around it; where there is none, that is noted."""
    if not isinstance(node, ScalarNode):
        ledger.refuse(Code.EXPECTED_TEXT, place, node)
    elif node.is_empty:
        ledger.refuse(Code.EMPTY, place, node)
    else:
        return node.text.strip()
    return None


def unique_entries(ledger: Ledger, place: str, node: MappingNode) -> list[tuple[ScalarNode, Node]]:
    """A mapping's entries without the later of two alike, which is noted."""
    first: dict[str, tuple[ScalarNode, Node]] = {}
    for key, value in node.entries:
        if key.text in first:
            ledger.refuse(Code.DUPLICATE_KEY, place, key, key=key.text, first=first[key.text][0].line)
        else:
            first[key.text] = (key, value)
    return list(first.values())


def after_comma(ledger: Ledger, place: str, node: MappingNode, key: ScalarNode, value: Node) -> bool:
    """Whether an unknown key is the rest of a text that a comma in {en: Hello, world} cut in two, which is noted."""
    if not (node.in_braces and isinstance(value, ScalarNode) and value.is_plain and not value.text):
        return False
    ledger.refuse(Code.COMMA_IN_BRACES, place, key, right=ledger.right(key))
    return True
