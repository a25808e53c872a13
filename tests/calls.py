"""Which functions of the program are called (coverage): noted by the functions themselves, once they are imported so."""

import ast
import os
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType
from typing import Any

Place = tuple[str, int]
"""A function: its file, and the line in which it begins."""

CALLED: set[Place] = set()
"""The functions of the program that were called, as far as they were imported by Noting."""


class Noting(SourceFileLoader):
    """Imports a module of which each function notes that it is called."""

    def source_to_code(self, data: Any, path: Any) -> Any:  # type: ignore[override]  # as it is called
        tree = ast.parse(data)
        for node, _ in functions(tree):
            call = f"__import__('calls').CALLED.add(({os.path.relpath(path)!r}, {first_line(node)}))"
            node.body.insert(ast.get_docstring(node) is not None, ast.parse(call).body[0])
        return super().source_to_code(ast.fix_missing_locations(tree), path)


class Finder:
    """Has the program imported so."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name.partition(".")[0] != "bot":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.origin is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Noting(name, spec.origin)
        return spec


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    """Functions and methods, but those within others, and their names."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node, f"{within}{node.name}"
            case ast.ClassDef():
                yield from functions(node, f"{within}{node.name}.")


def first_line(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Where a function begins, with its decorators."""
    return min(each.lineno for each in (node, *node.decorator_list))
