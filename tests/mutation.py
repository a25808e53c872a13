"""Mutation testing: one place of a room is changed at a time; do the tests of that room notice? (make mutants)"""

import argparse
import ast
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from calls import first_line, functions
from noticing import Tests
from ready import Ready, made_ready

# Where the promises are kept that nothing is lost and nothing sent twice, and the tests that hold them.
ROOMS = {
    "outbound": [
        "outbound",
        "ledger",
        "interleaved",
        "features/questions",
        "journeys/test_digests.py",
        "journeys/test_spoken_questions.py",
    ],
    "ledger": ["ledger", "outbound", "interleaved", "features/questions"],
    "core": ["core", "outbound/test_checks.py", "features/replies", "features/members", "features/questions"],
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
    function: tuple[int, str] | None  # the one around it: where it begins, and its name
    change: str
    source: str


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a module, each written out; nothing is changed in what only people read."""
    tree = ast.parse(path.read_text())
    peers = {(each.value.id, each.attr) for each in ast.walk(tree) if _is_member(each)}  # type: ignore[attr-defined]
    around = [(first_line(node), node.end_lineno or 0, name) for node, name in functions(tree)]
    for node, put, line in list(_places(tree, 0)):
        function = next(((begin, name) for begin, end, name in around if begin <= line <= end), None)
        for change, other in _others(node, sorted(peers)):
            was = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else type(node).__name__
            put(other)
            yield Mutant(path, line, function, f"{was}: {change}", ast.unparse(tree))
            put(node)


def _places(parent: ast.AST, line: int) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None], int]]:
    for field, held in ast.iter_fields(parent):
        for place, node in enumerate(held) if isinstance(held, list) else [(None, held)]:
            if not isinstance(node, ast.AST) or field in UNPROMISED or _is_unpromised(node):
                continue
            at = getattr(node, "lineno", line)
            if place is None:
                yield node, lambda other, field=field: setattr(parent, field, other), at  # type: ignore[misc]
            else:
                yield node, lambda other, held=held, place=place: held.__setitem__(place, other), at  # type: ignore[misc]
            yield from _places(node, at)


def _is_unpromised(node: ast.AST) -> bool:
    """Docstrings, the log, what an error says to programmers, assertions, aliases of types, names, how a value gets to a database."""
    match node:
        case ast.Expr(ast.Constant()) | ast.Assert() | ast.ClassDef(bases=[ast.Name("StrEnum")]):
            return True
        case ast.Expr(ast.Call() as call):
            return _is_unpromised(call)
        case ast.Call(ast.Attribute(ast.Name("log") | ast.Call(ast.Name("super")))) | ast.keyword(
            "strict" | "literal_execute"
        ):
            return True
        case ast.Assign([ast.Name("log")]) | ast.Assign(value=ast.Subscript(ast.Name("Callable"))):
            return True
        case ast.Assign(value=ast.Call(ast.Name("TypeVar"))):
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
            for word in (each for each in keywords if not _is_unpromised(each)):
                yield f"without {ast.unparse(word)}", _with(node, keywords=_less(keywords, word))
        case _ if type(node) in OPERATORS:
            yield f"now {OPERATORS[type(node)].__name__}", OPERATORS[type(node)]()


def _with(node: ast.AST, **fields: object) -> ast.AST:
    return deepcopy(type(node)(**{**dict(ast.iter_fields(node)), **fields}))


def _less(nodes: list[ast.expr] | list[ast.keyword], one: ast.AST) -> list[ast.AST]:
    return [each for each in nodes if each is not one]


def main() -> None:
    """Try the mutants of each room, or a sample of them, in a copy of the repository, and name those that no test notices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), choices=list(ROOMS))
    parser.add_argument("--count", type=int, help="so many mutants of each room, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws another sample")
    parser.add_argument("--within", default="", help="only those of modules that have this in their path")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, made_ready(Path(folder)) as ready:
        copy = Path(folder, "copy")
        shutil.copytree(".", copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        for room in options.rooms:
            paths = [path for path in sorted(Path("bot", room).rglob("*.py")) if options.within in str(path)]
            found = [each for path in paths for each in mutants(path)]
            random.Random(options.seed).shuffle(found)  # noqa: S311 - a sample that can be drawn again
            _try(room, found, options.count, copy, ready)


def _try(room: str, found: Sequence[Mutant], count: int | None, copy: Path, ready: Ready) -> None:
    tests, survived = Tests(copy, [f"tests/{each}" for each in ROOMS[room]], ready), 0
    for number, one in enumerate(found[:count], start=1):
        if not tests.notice(one.path, one.source, one.function):
            survived += 1
            print(f"{number}: {one.path}:{one.line}: {one.change}", flush=True)  # noqa: T201 - what a command line is for
    tests.close()
    tried = len(found[:count])
    print(f"{room}: of {tried} mutants, of {len(found)}, {tried - survived} were noticed", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
