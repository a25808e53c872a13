"""Whether tests notice a change: those that touch its place (coverage by test) are run, each time in a fork of what is loaded."""

import ast
import compileall
import contextlib
import faulthandler
import functools
import inspect
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from multiprocessing.connection import Connection
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from calls import CALLED, Finder, Place
from ready import Ready

SECONDS = 60  # in which every test ends, several times over
HANGS = ("-o", f"faulthandler_timeout={SECONDS}", "-o", "faulthandler_exit_on_timeout=true")
UNCHANGED = 77  # the exit code of who could not change a function alone
_FORKS = multiprocessing.get_context("fork")


class Loop:
    """Stands, as a plugin, in place of running all tests: runs some as they are asked for, each time in a fork of what is loaded."""

    def __init__(self, line: Connection, other_end: Connection) -> None:
        self._line, self._other_end = line, other_end

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._other_end.close()  # so that this ends with whoever asks
        self._line.send(CALLED)
        items = {item.nodeid: item for item in session.items}
        with contextlib.suppress(EOFError):
            while True:
                self._line.send(_in_fork(functools.partial(self._serve, session, items, *self._line.recv())))
        return True

    def _serve(self, session: pytest.Session, items: Mapping[str, pytest.Item], what: str, *how: Any) -> int:
        if what == "record":
            return self._record(session, list(items.values()), *how)
        path, source, name, ids = how
        return self._run(session, [items[each] for each in ids]) if _change(path, source, name) else UNCHANGED

    def _record(self, session: pytest.Session, items: Sequence[pytest.Item], file: Path) -> int:
        """Note what each test calls; what one has had reckoned, or played, the next is to have by itself."""
        called = {}
        for item, following in zip_longest(items, items[1:]):
            _forget()
            CALLED.clear()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            called[item.nodeid] = sorted(CALLED)
            if session.testsfailed:
                file.write_text(item.nodeid)
                return 1
        file.write_text(json.dumps(called))
        return 0

    def _run(self, session: pytest.Session, items: Sequence[pytest.Item]) -> int:
        for item, following in zip_longest(items, items[1:]):
            faulthandler.dump_traceback_later(SECONDS, exit=True)
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                session._setupstate.teardown_exact(None)  # noqa: SLF001 - as pytest does where it stops
                break
        return session.testsfailed


def _forget() -> None:
    if scenes := sys.modules.get("scenes"):
        vars(scenes)["_PLAYED"].clear()
    for name, module in list(sys.modules.items()):
        for held in list(vars(module).values()) if name.startswith("bot.") else ():
            if isinstance(held, functools._lru_cache_wrapper):  # noqa: SLF001 - the type has no other name
                held.cache_clear()


def _in_fork(work: Callable[[], int]) -> int:
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        code = min(work(), UNCHANGED)
    finally:
        os._exit(code)


def _change(path: Path, source: str, name: str) -> bool:
    """Have a function that is loaded do what it does in another wording of its module; False where it can't be changed alone."""
    module = vars(sys.modules[_module(path)])
    changed = dict(module)
    exec(compile(source, str(path), "exec"), changed)  # noqa: S102 - our own program
    old, new = (_function(held, name) for held in (module, changed))
    if old.__code__.co_freevars != new.__code__.co_freevars:
        return False
    old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    return True


def _function(held: Mapping[str, Any], name: str) -> FunctionType:
    first, *within = name.split(".")
    found = held[first]
    for each in within:
        found = vars(found)[each]
    function: FunctionType = inspect.unwrap(getattr(found, "fget", None) or getattr(found, "__func__", found))
    return function


class Tests:
    """Tests in a copy of the repository, collected; raises ValueError where one fails as it is."""

    def __init__(self, copy: Path, folders: Sequence[str], ready: Ready) -> None:
        self._copy, self._ready = copy, ready
        self._line, other = _FORKS.Pipe()
        self._loop = _FORKS.Process(target=_test, args=(copy, folders, (Loop(other, self._line), ready)))
        self._loop.start()
        other.close()
        try:
            self._at_import: set[Place] = self._line.recv()
        except EOFError as error:
            raise ValueError((copy.parent / "said").read_text()) from error
        compileall.compile_dir(copy / "bot", quiet=2)  # for whoever imports it anew
        file = copy / "called.json"
        if self._ask("record", file):
            self.close()
            raise ValueError(file.read_text())
        called = json.loads(file.read_text())
        # First those that do little: they are quick, and it is mostly them that are meant.
        self._called = {
            each: set(map(tuple, called[each])) for each in sorted(called, key=lambda each: len(called[each]))
        }
        self._imports = {str(path.relative_to(copy)): set(_imported(path)) for path in copy.rglob("*.py")}

    def close(self) -> None:
        """They are needed no longer."""
        self._line.close()
        self._loop.join()

    def _ask(self, *what: object) -> int:
        self._line.send(what)
        code: int = self._line.recv()
        return code

    def notice(self, path: Path, source: str, function: tuple[int, str] | None) -> bool:
        """Whether a test fails once a module reads so, changed in the function of that line and name, or outside of functions.

        Nobody is asked but those that call this function; or any of this module, or of one that uses it.
        """
        if function is None or (str(path), function[0]) in self._at_import:
            return self._notice_anew(path, source, self._users(path))
        ids = [each for each, called in self._called.items() if (str(path), function[0]) in called]
        code = self._ask("try", path, source, function[1], ids)
        return self._notice_anew(path, source, ids) if code == UNCHANGED else code != 0

    def _users(self, path: Path) -> list[str]:
        users = {str(path), *(each for each, imported in self._imports.items() if _module(path) in imported)}
        return [
            each
            for each, called in self._called.items()
            if each.partition("::")[0] in users or not users.isdisjoint(file for file, _ in called)
        ]

    def _notice_anew(self, path: Path, source: str, ids: Sequence[str]) -> bool:
        """What is reckoned as a module is imported takes a new process."""
        changed = self._copy / path
        before = changed.read_text(), changed.stat()
        changed.write_text(source)
        process = _FORKS.Process(target=_test, args=(self._copy, ["-x", *HANGS, *ids], (self._ready,)))
        process.start()
        process.join()
        changed.write_text(before[0])
        os.utime(changed, ns=(before[1].st_atime_ns, before[1].st_mtime_ns))  # what is compiled of it serves again
        return process.exitcode != 0


def _test(copy: Path, arguments: Sequence[str], plugins: Sequence[object]) -> None:
    os.chdir(copy)
    sys.dont_write_bytecode = True  # neither of what notes its calls, nor of what is changed
    with (copy.parent / "said").open("w") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    if isinstance(plugins[0], Loop):
        sys.meta_path.insert(0, Finder())
    os._exit(
        pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", f"--basetemp={copy.parent}/tests", *arguments], plugins)
    )


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import(names):
                yield from (each.name for each in names)
            case ast.ImportFrom(str(module), names):
                yield module
                yield from (f"{module}.{each.name}" for each in names)
