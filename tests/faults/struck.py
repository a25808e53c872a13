"""Faults at every await: code is compiled anew so that each of its awaits can be struck once, by name."""

import ast
import importlib
import inspect
from collections.abc import Awaitable, Collection, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field
from types import CodeType, FunctionType, ModuleType, TracebackType
from typing import Any

HOOK, AROUND = "__struck__", "__struck_around__"


class Struck(Exception):
    """What no code expects."""


@dataclass
class Lightning:
    """Strikes the point that is `armed`, once; `points` are all there are, `struck` those that were."""

    points: list[str] = field(default_factory=list)
    struck: set[str] = field(default_factory=set)
    armed: str | None = None

    def fall(self, point: str) -> None:
        if point == self.armed:
            self.armed = None
            self.struck.add(point)
            raise Struck(point)

    async def awaiting(self, point: str, awaited: Awaitable[Any]) -> Any:
        try:
            self.fall(point)
        except Struck:
            if inspect.iscoroutine(awaited):
                awaited.close()
            raise
        return await awaited

    def around(self, point: str, block: AbstractAsyncContextManager[Any]) -> "Around":
        return Around(self, point, block)


@dataclass
class Around:
    """A block that is struck as it is entered."""

    lightning: Lightning
    point: str
    block: AbstractAsyncContextManager[Any]

    async def __aenter__(self) -> Any:
        self.lightning.fall(self.point)
        return await self.block.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return await self.block.__aexit__(kind, error, trace)


class Exposed(ast.NodeTransformer):
    """Each await, and each block that is entered by one, passes a hook; its name is the function's and its number in it."""

    def __init__(self, module: str, leave: Collection[str]) -> None:
        self.points: list[str] = []
        self._path, self._leave = [module.removeprefix("bot.")], leave

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._within(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return node if node.name in self._leave else self._within(node)

    def _within(self, node: Any) -> ast.AST:
        self._path.append(node.name)
        self.generic_visit(node)
        self._path.pop()
        return node  # type: ignore[no-any-return]

    def _point(self, awaited: ast.expr) -> ast.Constant:
        self.points.append(f"{'.'.join(self._path)}: {ast.unparse(awaited).partition(chr(10))[0]}")
        count = self.points.count(self.points[-1])
        if count > 1:
            self.points[-1] += f" ({count})"
        return ast.Constant(self.points[-1])

    def visit_Await(self, node: ast.Await) -> ast.AST:
        point = self._point(node.value)
        self.generic_visit(node)
        node.value = ast.Call(ast.Name(HOOK, ast.Load()), [point, node.value], [])
        return node

    def visit_AsyncWith(self, node: ast.AsyncWith) -> ast.AST:
        for item in node.items:
            point = self._point(item.context_expr)
            item.context_expr = ast.Call(ast.Name(AROUND, ast.Load()), [point, item.context_expr], [])
        self.generic_visit(node)
        return node


@contextmanager
def exposed(modules: Mapping[str, Collection[str]]) -> Iterator[Lightning]:
    """Have all awaits of these modules, but for those in functions that are left out by name, open to lightning."""
    lightning, before = Lightning(), list[tuple[FunctionType, CodeType]]()
    for name, leave in modules.items():
        module = importlib.import_module(name)
        transformer = Exposed(name, leave)
        tree = ast.fix_missing_locations(transformer.visit(ast.parse(inspect.getsource(module))))
        codes = {code.co_qualname: code for code in _codes(compile(tree, str(module.__file__), "exec"))}
        vars(module).update({HOOK: lightning.awaiting, AROUND: lightning.around})
        for function in _functions(module):
            before.append((function, function.__code__))
            function.__code__ = codes[function.__qualname__]
        lightning.points += transformer.points
    yield lightning
    for function, code in before:
        function.__code__ = code


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    """Asynchronous functions and methods that are defined in a module."""
    for value in list(vars(module).values()):
        for one in [value, *(vars(value).values() if inspect.isclass(value) else ())]:
            if inspect.iscoroutinefunction(one) and one.__module__ == module.__name__:
                yield one
