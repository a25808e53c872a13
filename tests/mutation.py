"""Mutation testing: one place of a room is changed at a time; do the tests of that room notice? (make mutants)"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

# Where the promises are kept that nothing is lost and nothing sent twice, and the tests that hold them.
ROOMS = {
    "outbound": ["outbound", "interleaved", "features/questions"],
    "ledger": ["ledger", "outbound", "features/questions"],
    "core": ["core", "features/replies", "features/members", "features/questions"],
    "inbox": ["inbox", "inbound"],
}
OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Mult, ast.LShift: ast.RShift,
}  # fmt: skip
LINKS = {"where", "order_by", "limit", "offset", "distinct", "with_for_update", "on_conflict_do_nothing"}  # of a query
UNPROMISED = {"annotation", "returns", "decorator_list", "bases"}  # fields of a node


@dataclass(frozen=True)
class Mutant:
    """A module in which one place is changed."""

    path: Path
    line: int
    change: str
    source: str


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a module, each written out; nothing is changed in what only people read."""
    tree = ast.parse(path.read_text())
    peers = {(each.value.id, each.attr) for each in ast.walk(tree) if _is_member(each)}  # type: ignore[attr-defined]
    for node, put in list(_places(tree)):
        for change, other in _others(node, sorted(peers)):
            was = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else type(node).__name__
            put(other)
            yield Mutant(path, getattr(node, "lineno", 0), f"{was}: {change}", ast.unparse(tree))
            put(node)


def _places(parent: ast.AST) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    for field, held in ast.iter_fields(parent):
        for place, node in enumerate(held) if isinstance(held, list) else [(None, held)]:
            if not isinstance(node, ast.AST) or field in UNPROMISED or _is_unpromised(node):
                continue
            if place is None:
                yield node, lambda other, field=field: setattr(parent, field, other)  # type: ignore[misc]
            else:
                yield node, lambda other, held=held, place=place: held.__setitem__(place, other)  # type: ignore[misc]
            yield from _places(node)


def _is_unpromised(node: ast.AST) -> bool:
    """Docstrings, the log, what an error says to programmers, assertions, aliases of types, words that are but names."""
    match node:
        case ast.Expr(ast.Constant()) | ast.Assert() | ast.ClassDef(bases=[ast.Name("StrEnum")]):
            return True
        case ast.Expr(ast.Call() as call):
            return _is_unpromised(call)
        case ast.Call(ast.Attribute(ast.Name("log") | ast.Call(ast.Name("super")))) | ast.keyword("strict"):
            return True
        case ast.Assign([ast.Name("log")]) | ast.Assign(value=ast.Subscript(ast.Name("Callable"))):
            return True
    return False


def _is_member(node: ast.AST) -> bool:
    """Whether it is a member of an enumeration, such as State.SENT."""
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr.isupper()


def _others(node: ast.AST, peers: list[tuple[str, str]]) -> Iterator[tuple[str, ast.AST]]:  # noqa: C901, PLR0912 - a table
    match node:
        case ast.UnaryOp(ast.Not() | ast.Invert(), operand):
            yield "without not", operand
        case ast.If(test) | ast.IfExp(test) if not isinstance(test, ast.Compare | ast.UnaryOp):
            yield "if not", _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[_]):
            yield "takes all", _with(node, ifs=[])
        case ast.Constant(bool(value)):
            yield "turned", ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield "one more", ast.Constant(value + 1)
        case ast.Constant(str(value)):
            yield "another word", ast.Constant(f"XX{value}")
        case ast.Attribute(ast.Name(kind), attr) if _is_member(node):
            names = [other for each, other in peers if each == kind]
            if len(names) > 1:
                yield "another", _with(node, attr=names[names.index(attr) - 1])
        case ast.Expr(ast.Call() | ast.Await()) | ast.AugAssign() | ast.Raise() | ast.Assign([ast.Attribute()]):
            yield "left out", ast.Pass()
        case ast.Continue():
            yield "ends", ast.Break()
        case ast.Call(func, args, keywords):
            if isinstance(func, ast.Attribute) and func.attr in LINKS:
                yield f"without {func.attr}", func.value
                if len(args) > 1:
                    yield from ((f"without {ast.unparse(each)}", _with(node, args=_less(args, each))) for each in args)
            for word in keywords:
                yield f"without {ast.unparse(word)}", _with(node, keywords=_less(keywords, word))
        case _ if type(node) in OPERATORS:
            yield f"now {OPERATORS[type(node)].__name__}", OPERATORS[type(node)]()


def _with(node: ast.AST, **fields: object) -> ast.AST:
    return deepcopy(type(node)(**{**dict(ast.iter_fields(node)), **fields}))


def _less(nodes: list[ast.expr] | list[ast.keyword], one: ast.AST) -> list[ast.AST]:
    return [each for each in nodes if each is not one]


def passes(room: str, folder: Path, *, seconds: float | None) -> bool:
    """Whether the tests of a room pass in a copy of the repository; False as well if they don't end in time."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", *(f"tests/{each}" for each in ROOMS[room])]
    try:
        with Path(os.devnull).open("w") as nowhere:
            ended = subprocess.run(command, cwd=folder, stdout=nowhere, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


def main() -> None:
    """Try a sample of each room's mutants in a copy of the repository, and name those that no test notices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), choices=list(ROOMS))
    parser.add_argument("--count", type=int, default=60, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws another sample")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(".", copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        for room in options.rooms:
            _try(room, copy, options.count, options.seed)


def _try(room: str, copy: Path, count: int, seed: int) -> None:
    begun = time.monotonic()
    if not passes(room, copy, seconds=None):
        sys.exit(f"The tests of {room} fail as it is.")
    enough = 30 + 3 * (time.monotonic() - begun)
    found = [each for path in sorted(Path("bot", room).rglob("*.py")) for each in mutants(path)]
    random.Random(seed).shuffle(found)  # noqa: S311 - a sample that can be drawn again
    survived = 0
    for one in found[:count]:
        (copy / one.path).write_text(one.source)
        if passes(room, copy, seconds=enough):
            survived += 1
            sys.stdout.write(f"{one.path}:{one.line}: {one.change}\n")
        shutil.copy(one.path, copy / one.path)
    tried = len(found[:count])
    sys.stdout.write(f"{room}: of {tried} mutants, drawn from {len(found)}, {tried - survived} were noticed\n")


if __name__ == "__main__":
    main()
