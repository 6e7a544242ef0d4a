"""The tests of the tracer, put to one changed rule after another without being started anew.

The tests are collected once; which lines of the tracer each comes to, and how long it takes, is learnt once and kept.
Each mutant is a forked process: the code of one function is exchanged in place, and the tests that come to the changed
line are run, short ones first and those first that noticed most so far, until one fails. What stands outside of
functions, or is worked out on import, takes a process that imports the changed module in the place of the real one
(`afresh`).
"""

from __future__ import annotations

import functools
import importlib
import importlib.machinery
import importlib.util
import json
import os
import pkgutil
import re
import resource
import signal
import sys
import time
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from mutants_network_made import PACKAGE, Mutant, changed, changed_tree

LEAST_SECONDS, TIMES, MEMORY = 5, 10, 4 << 30
"""A test does not end when it takes so many CPU seconds, and so many times as long as it did; and with how many bytes.
"""
LONG = 0.3
"""Of a test that takes longer all lines count of every function it comes to: telling them apart takes minutes."""
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly")
NAME = "nephograph.engines.tracer"
_AFRESH = (NAME, "nephograph.engines.reachability", "nephograph.lenses", "scripts.net_oracle", "test_")
"""Modules that keep what they imported of the tracer."""
_ON_IMPORT = {("addresses.py", "_cut")}
"""Functions whose results are kept from when the module is imported."""
_NOT_HERE = "not exchanged"
NO_END = "it does not end"


class Touched(NamedTuple):
    """A test: how many CPU seconds it takes, and the lines and functions it runs of each file below the package."""

    seconds: float
    lines: dict[str, list[int]]
    functions: dict[str, list[str]]

    def runs(self, mutant: Mutant, same: bool) -> bool:
        """Does it come to the changed line? Where the file is not the `same` as then: to its function."""
        if not same:
            return mutant.within in self.functions.get(mutant.file, ())
        low, high = mutant.lines
        return any(low <= line <= high for line in self.lines.get(mutant.file, ()))


class Loop:
    """A plugin of pytest: once the tests are collected, `work` is given them instead of their being run."""

    def __init__(self, work: Callable[[dict[str, Any]], int]) -> None:
        self._work = work
        self.status = 2

    def pytest_runtestloop(self, session: Any) -> bool:
        """Judge with the tests."""
        for module in pkgutil.walk_packages([str(PACKAGE)], NAME + "."):
            importlib.import_module(module.name)
        self.status = self._work({item.nodeid: item for item in session.items})
        return True


def learn(items: Sequence[Any]) -> dict[str, Touched]:
    """What each test touches. Raises RuntimeError when one fails on the tracer as it is."""
    said, _ = _child(lambda write: write(json.dumps({item.nodeid: _learn(item) for item in items})))
    found = {test: Touched(*one) for test, one in json.loads(said or "{}").items()}
    for item in items:
        if item.nodeid not in found or found[item.nodeid].seconds < 0:
            raise RuntimeError(f"{item.nodeid} fails on the tracer as it is")
    return found


def _learn(item: Any) -> Touched:
    """What a test touches; the seconds are below 0 where it fails."""
    begin = time.process_time()
    failed = _fails(item)
    seconds = time.process_time() - begin
    home = str(PACKAGE) + os.sep
    met: dict[types.CodeType, set[int]] = {}

    def call(frame: types.FrameType, event: str, _: Any) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(home):
            return None
        lines = met.get(code)
        if lines is None:
            lines = met[code] = set()
            if seconds > LONG:
                lines.update(_lines(code))
        if len(lines) >= len(_lines(code)):
            return None

        def line(frame: types.FrameType, event: str, _: Any) -> Any:
            lines.add(frame.f_lineno)
            return line

        return line

    sys.settrace(call)
    try:
        failed = _fails(item) or failed
    finally:
        sys.settrace(None)
    found: dict[str, set[int]] = {}
    functions: dict[str, set[str]] = {}
    for code, lines in met.items():
        file = code.co_filename.removeprefix(home)
        found.setdefault(file, set()).update(lines)
        functions.setdefault(file, set()).add(re.sub(r"\.?<\w+>", "", code.co_qualname))
    return Touched(
        -1.0 if failed else seconds,
        {file: sorted(lines) for file, lines in found.items()},
        {file: sorted(names) for file, names in functions.items()},
    )


@functools.cache
def _lines(code: types.CodeType) -> frozenset[int]:
    return frozenset(line for _, _, line in code.co_lines() if line is not None)


class Judge:
    """Tells which test notices a change."""

    def __init__(
        self, items: dict[str, Any], touched: dict[str, Touched], same: Callable[[str, str], bool] = lambda _, __: True
    ) -> None:
        """`same` tells whether a file is the one it was when what a test touches was learnt."""
        self._items = items
        self._same = same
        self._touched = {test: one for test, one in touched.items() if test in items}
        self._noticed: Counter[str] = Counter()
        for item in {test.partition("::")[0]: item for test, item in reversed(items.items())}.values():
            _fails(item)  # what tests load once need not be loaded by every child

    def chosen(self, mutant: Mutant) -> list[str]:
        """The tests that run the changed line; all of them, where it is run by an import."""
        found = [
            test
            for test, one in self._touched.items()
            if on_import(mutant) or one.runs(mutant, self._same(test, mutant.file))
        ]
        return sorted(found, key=lambda test: self._touched[test].seconds / (1 + self._noticed[test]))

    def killer(self, mutant: Mutant, tests: Sequence[str]) -> str:
        """The first of the tests that notices, "" for none."""
        if not tests:
            return ""
        if on_import(mutant):
            return afresh(mutant, tests)
        code = compile(changed_tree(mutant), str(PACKAGE / mutant.file), "exec")
        said, ended = _child(lambda write: self._shown(mutant.file, code, tests, write))
        if said == _NOT_HERE:
            return afresh(mutant, tests)
        by = said if ended else said or NO_END
        if by in self._items and not self._noticed[by]:
            self._sound(by)
        self._noticed[by] += 1
        return by

    def _sound(self, test: str) -> None:
        """A test that fails alone, after no other one, tells nothing of a mutant."""
        said, ended = _child(lambda write: write(test) if _fails(self._items[test]) else None)
        if said or not ended:
            raise RuntimeError(f"{test} fails on the tracer as it is when it is run alone")

    def _shown(self, file: str, code: types.CodeType, tests: Sequence[str], write: Callable[[str], None]) -> None:
        try:
            _exchange(file, code)
        except ValueError:  # the new code has other free variables than the old one
            write(_NOT_HERE)
            return
        for test in tests:
            _limit(self._touched[test].seconds)
            if _fails(self._items[test]):
                write(test)
                return


def on_import(mutant: Mutant) -> bool:
    """Is the changed line run by an import, not by a test?"""
    name = mutant.within.rpartition(".")[2]
    return not name or name.lstrip("_")[:1].isupper() or (mutant.file, name) in _ON_IMPORT


def afresh(mutant: Mutant, tests: Iterable[str] = ()) -> str:
    """The file of the first test that fails where the changed module is imported in the place of the real one."""

    def work(write: Callable[[str], None]) -> None:
        for name in [n for n in sys.modules if n.startswith(_AFRESH)]:
            del sys.modules[name]
        name = f"{NAME}." + mutant.file.removesuffix(".py").replace("/", ".")
        sys.meta_path.insert(0, _Instead(name, str(PACKAGE / mutant.file), changed(mutant)))
        _limit(60)
        import pytest

        class Notes:
            def pytest_collectreport(self, report: Any) -> None:
                if report.failed:
                    write(report.nodeid)

            def pytest_runtest_logreport(self, report: Any) -> None:
                if report.failed:
                    write(report.nodeid)

        pytest.main([*OPTIONS, *dict.fromkeys(test.partition("::")[0] for test in tests)], plugins=[Notes()])

    said, ended = _child(work)
    return said if ended else said or NO_END


def _limit(seconds: float) -> None:
    used = int(time.process_time()) + 1
    most = used + max(LEAST_SECONDS, int(seconds * TIMES))
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _child(work: Callable[[Callable[[str], None]], Any]) -> tuple[str, bool]:
    """(what was written, did it end?) of work in a process of its own: what it changes and prints is gone with it."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(reader)
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)

            def write(text: str) -> None:
                data = text.encode()
                while data:
                    data = data[os.write(writer, data) :]

            work(write)
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return said, status == 0


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads one module from another text than its file's."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> types.CodeType:
        """The changed code."""
        return compile(self._text, self.path, "exec")


class _Instead:
    """Finds the changed module before the real one is looked for."""

    def __init__(self, name: str, path: str, text: str) -> None:
        self._name = name
        self._loader = _Changed(name, path, text)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """The changed module; None for every other."""
        return importlib.util.spec_from_loader(name, self._loader) if name == self._name else None


def _exchange(file: str, code: types.CodeType) -> None:
    name = f"{NAME}." + file.removesuffix(".py").replace("/", ".")
    module = importlib.import_module(name)
    codes: dict[tuple[str, int], types.CodeType] = {}
    pending = [code]
    while pending:
        for one in (c for c in pending.pop().co_consts if isinstance(c, types.CodeType)):
            codes[(one.co_qualname, one.co_firstlineno)] = one
            pending.append(one)
    for function in _of(module, name):
        new = codes.get((function.__code__.co_qualname, function.__code__.co_firstlineno))
        if new is not None:
            function.__code__ = new


def _of(holder: Any, module: str) -> Iterator[types.FunctionType]:
    for value in list(vars(holder).values()):
        value = getattr(value, "fget", value)
        value = getattr(value, "__wrapped__", value)
        value = getattr(value, "__func__", value)
        if isinstance(value, types.FunctionType) and value.__module__ == module:
            yield value
        elif isinstance(value, type) and value.__module__ == module and value is not holder:
            yield from _of(value, module)


def _fails(item: Any) -> bool:
    from _pytest.runner import runtestprotocol

    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))
