"""The text of a dialogue file as a tree of nodes that know where they stand; YAML 1.2 of the plain kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from bot.authoring.faults import Code, Fault, Unreadable
from bot.authoring.quoting import quoted
from bot.authoring.syntax import explained

# The deepest place of a dialogue file is sources[0].title.en; a file deeper than this is not one, or an attack.
DEEPEST = 12
# Parsing takes some 25 µs a value; fifty questions with prompts in a dozen languages are 6,000.
MOST_VALUES = 20_000
# After a line that wants quotes all is read again, as if it had them, so that all faults are told at once: so many times,
# and until MOST_VALUES were read in all. Of a file as large as it may be, the first two such lines are told.
_MOST_MENDED_LINES = 20

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True)
class ScalarNode:
    """A single value: its text as written, whatever YAML would make of it."""

    line: int
    column: int
    text: str
    is_plain: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said: no value, YAML's null, or white space."""
        return not self.text.strip() or (self.is_plain and self.text in _NULLS)


@dataclass(frozen=True)
class SequenceNode:
    """A list."""

    line: int
    column: int
    items: list["Node"]


@dataclass(frozen=True)
class MappingNode:
    """Keys and values in file order; a key may stand there twice. `in_braces` tells {a: b} from lines."""

    line: int
    column: int
    entries: list[tuple[ScalarNode, "Node"]]
    in_braces: bool

    @property
    def in_own_braces(self) -> bool:
        """Whether it begins with a brace, and not with its first key as in [a: b]."""
        return self.in_braces and not (self.entries and self.entries[0][0].column == self.column)


Node = ScalarNode | SequenceNode | MappingNode
Value = str | Sequence["Value"] | Mapping[str, "Value"]


def planted(value: Value) -> Node:
    """A value as a tree without lines and columns (they are 0)."""
    if isinstance(value, str):
        return ScalarNode(0, 0, value, is_plain=False)
    if isinstance(value, Mapping):
        entries = [(ScalarNode(0, 0, key, is_plain=False), planted(held)) for key, held in value.items()]
        return MappingNode(0, 0, entries, in_braces=False)
    return SequenceNode(0, 0, [planted(item) for item in value])


def grown(text: str) -> tuple[Node | None, list[Fault]]:
    """The tree, and what is wrong with the YAML; no tree where nothing sensible can be read."""
    lines = text.split("\n")
    faults: list[Fault] = []
    values = 0
    for _ in range(_MOST_MENDED_LINES):
        builder = _Builder(lines)
        try:
            return builder.tree(), faults
        except YAMLError as error:
            fault = explained(error, lines)
        except Unreadable as refused:
            fault = refused.fault
        if faults and fault.line == faults[-1].line:
            break  # the quotes didn't mend it
        faults.append(fault)
        values += builder.values
        if not fault.params.get("right") or values > MOST_VALUES:
            break
        lines[fault.line - 1] = str(fault.params["right"])
    return None, faults


class _Builder:
    """Builds the tree from the parser's events, without recursion, and stops at the first that a dialogue file has no use for.

    `values` are those it has met so far.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._opened: list[tuple[CollectionStartEvent | None, list[Node]]] = [(None, [])]
        self.values = 0
        self._documents = 0

    def tree(self) -> Node | None:
        """The whole document; None for an empty one. Raises Refused, or ruamel's YAMLError."""
        for event in self._events():
            self._check(event)
            match event:
                case ScalarEvent():
                    place = event.start_mark
                    node = ScalarNode(place.line + 1, place.column + 1, event.value, is_plain=event.style is None)
                    self._opened[-1][1].append(node)
                case CollectionStartEvent():
                    self._opened.append((event, []))
                case SequenceEndEvent() | MappingEndEvent():
                    self._close()
        return next(iter(self._opened[0][1]), None)

    def _events(self) -> Iterator[Event]:
        yield from YAML(typ="safe", pure=True).parse("\n".join(self._lines))

    def _check(self, event: Event) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, AliasEvent):
            raise Unreadable(Code.REFERENCE, line, column, right=self._right(line))
        if isinstance(event, ScalarEvent | CollectionStartEvent):
            self.values += 1
            # "!" alone is a tag as well; ruamel keeps it apart from a value without one.
            if event.ctag is not None or event.anchor is not None:
                code = Code.TAG if event.anchor is None else Code.REFERENCE
                raise Unreadable(code, line, column, right=self._right(line))
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
        if self._documents > 1:
            raise Unreadable(Code.SEVERAL_DOCUMENTS, line, column)
        if len(self._opened) > DEEPEST:
            raise Unreadable(Code.TOO_DEEP, line, column, limit=DEEPEST)
        if self.values > MOST_VALUES:
            raise Unreadable(Code.TOO_MANY_VALUES, line, column, limit=MOST_VALUES)

    def _right(self, line: int) -> str:
        return quoted(self._lines[line - 1])

    def _close(self) -> None:
        start, children = self._opened.pop()
        assert start is not None  # the parser pairs starts and ends
        line, column = start.start_mark.line + 1, start.start_mark.column + 1
        if not isinstance(start, MappingStartEvent):
            self._opened[-1][1].append(SequenceNode(line, column, children))
            return
        entries: list[tuple[ScalarNode, Node]] = []
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                raise Unreadable(Code.KEY_NOT_TEXT, key.line, key.column)
            entries.append((key, value))
        self._opened[-1][1].append(MappingNode(line, column, entries, in_braces=bool(start.flow_style)))
