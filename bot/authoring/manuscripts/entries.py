"""What was found in a manuscript, text by text, becomes the tree of a dialogue file, whose nodes know where they stood."""

import re
from dataclasses import dataclass, field

from bot.authoring.faults import Code, Fault, Position
from bot.authoring.manuscripts.labels import Path
from bot.authoring.tree import MappingNode, Node, ScalarNode, SequenceNode

LISTED = frozenset({"languages"})  # lists that stand in one cell
_BETWEEN = re.compile(r"[\s,;/،、]+")


@dataclass(frozen=True)
class Entry:
    """A text for one place of a dialogue file; `language` where the place has one for each. `at` is the number of its spot."""

    path: Path
    text: str
    at: int
    language: str | None = None

    @property
    def place(self) -> Path:
        """The place with its language, which stands before the number in a list of short texts."""
        if self.language is None:
            return self.path
        before, number = (self.path[:-1], self.path[-1:]) if isinstance(self.path[-1], int) else (self.path, ())
        return (*before, self.language, *number)


@dataclass
class Findings:
    """What is found in a manuscript, in its order: spots, texts, faults. A fault's line is the number of its spot, from 1."""

    spots: list[Position] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def stands(self, spot: Position) -> int:
        """The number of a spot, by which nodes and faults refer to it."""
        self.spots.append(spot)
        return len(self.spots)

    def note(self, code: Code, at: int, **params: str | int) -> None:
        """Note a fault at a spot."""
        self.faults.append(Fault(code, "", at, 0, params))

    def add(self, path: Path, text: str, at: int, language: str | None = None) -> None:
        """Keep a text for a place; one that says nothing is passed over."""
        if text.strip():
            self.entries.append(Entry(path, text, at, language))


@dataclass
class _Branch:
    line: int
    held: dict[str | int, "_Branch | Node"] = field(default_factory=dict)


def tree(findings: Findings) -> MappingNode:
    """The tree of all texts found; of two for one place the first counts, and that there is another is noted."""
    root = _Branch(0)
    for entry in findings.entries:
        _plant(root, entry, findings)
    _check_numbers(root, findings)
    grown = _grown(root)
    assert isinstance(grown, MappingNode)
    return grown


def _plant(root: _Branch, entry: Entry, findings: Findings) -> None:
    branch = root
    *steps, last = entry.place
    for step in steps:
        below = branch.held.setdefault(step, _Branch(entry.at))
        if not isinstance(below, _Branch):
            findings.note(Code.TWICE, entry.at)
            return
        branch = below
    there = branch.held.get(last)
    if there is None:
        branch.held[last] = _leaf(last, entry)
    elif not (isinstance(there, ScalarNode) and there.text == entry.text):
        findings.note(Code.TWICE, entry.at)


def _leaf(key: str | int, entry: Entry) -> Node:
    words = [entry.text] if key not in LISTED else [word for word in _BETWEEN.split(entry.text) if word]
    nodes: list[Node] = [ScalarNode(entry.at, 0, word, is_plain=False) for word in words]
    return SequenceNode(entry.at, 0, nodes) if key in LISTED else nodes[0]


def _check_numbers(root: _Branch, findings: Findings) -> None:
    """Note a number that is passed over: whoever numbers questions 1, 2 and 4 has lost one, or miscounted."""
    for key in ("questions", "events", "sources"):
        branch = root.held.get(key)
        if isinstance(branch, _Branch):
            numbers = {step for step in branch.held if isinstance(step, int)}
            for missing in sorted(set(range(max(numbers, default=-1) + 1)) - numbers):
                after = min(number for number in numbers if number > missing)
                findings.note(Code.NUMBER_MISSING, branch.held[after].line, number=missing + 1)


def _grown(branch: _Branch | Node) -> Node:
    if not isinstance(branch, _Branch):
        return branch
    numbers = sorted(step for step in branch.held if isinstance(step, int))
    if numbers and len(numbers) == len(branch.held):
        return SequenceNode(branch.line, 0, [_grown(branch.held[number]) for number in numbers])
    entries = [
        (ScalarNode(branch.line, 0, str(step), is_plain=False), _grown(held)) for step, held in branch.held.items()
    ]
    return MappingNode(branch.line, 0, entries, in_braces=False)
