import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from bot import bytecode


def imported_inside_functions() -> Iterator[str]:
    """The libraries that some function imports."""
    for file in Path(bytecode.__file__).parent.rglob("*.py"):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Import):
                        yield from (each.name.partition(".")[0] for each in node.names)
                    elif isinstance(node, ast.ImportFrom):
                        yield (node.module or "").partition(".")[0]


def test_whatever_is_imported_later_is_compiled_at_the_installation_too() -> None:
    later = set(imported_inside_functions()) - {"bot", *sys.stdlib_module_names}

    assert later == {
        name.partition(".")[0] for name in (*bytecode.LATER, "weasyprint", "pydyf")
    }  # one comes with the other
