"""The tests of the tracer, put to one changed rule after another without being started anew.

The tests are collected once and run once, to learn which functions of the tracer each comes to and how long it takes.
Each mutant is then a forked process: the code of one function is exchanged in place, and the tests that come to it are
run, short ones first, until one fails. What stands outside of functions, or is worked out on import, takes a process
that imports the changed module in the place of the real one (`mutants_network.killer`).
"""

from __future__ import annotations

import ast
import importlib
import os
import pathlib
import resource
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

Outcome = str
"""The file of the test that noticed, "" for none."""


class Learnt(NamedTuple):
    """A test, its CPU seconds, and the functions it comes to as (file below the package, first line)."""

    item: Any
    seconds: float
    functions: frozenset[tuple[str, int]]


class Loop:
    """A plugin of pytest: once the tests are collected, `work` is given a judge instead of the tests being run."""

    def __init__(self, package: pathlib.Path, work: Callable[[Judge], int]) -> None:
        self._package = package
        self._work = work
        self.status = 2

    def pytest_runtestloop(self, session: Any) -> bool:
        """Learn what the tests touch, then judge."""
        learnt = [_learn(item, self._package) for item in session.items]
        self.status = self._work(Judge(self._package, learnt))
        return True


class Judge:
    """Tells which test notices a change."""

    def __init__(self, package: pathlib.Path, learnt: Sequence[Learnt]) -> None:
        self._package = package
        self.learnt = sorted(learnt, key=lambda one: one.seconds)

    def noticed(self, file: str, line: int, tree: ast.Module, seconds: int, memory: int) -> Outcome | None:
        """Which test's file notices the changed `tree` of a file; None when this judge cannot exchange it."""
        span = _function(tree, line)
        if span is None or (file, span.name) in _ON_IMPORT:
            return None
        low, high = span.first, span.last
        found = [one for one in self.learnt if any(f == file and low <= n <= high for f, n in one.functions)]
        reader, writer = os.pipe()
        child = os.fork()
        if child:
            os.close(writer)
            with os.fdopen(reader) as lines:
                said = lines.read()
            _, status = os.waitpid(child, 0)
            if said == _NOT_HERE.decode():
                return None
            return said or ("it does not end" if status else "")
        try:
            os.close(reader)
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            try:
                _exchange(self._package, file, tree)
            except ValueError:  # the new code has other free variables than the old one
                os.write(writer, _NOT_HERE)
                return None
            for one in found:
                if _fails(one.item):
                    os.write(writer, one.item.path.name.encode())
                    break
        except BaseException:  # noqa: BLE001  (whatever a changed rule raises outside of a test, it was noticed)
            os.write(writer, b"an error")
        finally:
            os._exit(0)


class _Span(NamedTuple):
    name: str
    first: int
    last: int


_NOT_HERE = b"not exchanged"
_ON_IMPORT = {("addresses.py", "_cut")}
"""Functions whose results are kept from when the module is imported."""


def _function(tree: ast.Module, line: int) -> _Span | None:
    """The function of a module, or the method of a class, that holds a line."""
    for node in _functions(tree):
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        if first <= line <= (node.end_lineno or node.lineno):
            return _Span(node.name, first, node.end_lineno or node.lineno)
    return None


def _functions(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node)


def _exchange(package: pathlib.Path, file: str, tree: ast.Module) -> None:
    name = "nephograph.engines.tracer." + file.removesuffix(".py").replace("/", ".")
    module = importlib.import_module(name)
    codes: dict[tuple[str, int], types.CodeType] = {}
    pending = [compile(tree, str(package / file), "exec")]
    while pending:
        for code in (c for c in pending.pop().co_consts if isinstance(c, types.CodeType)):
            codes[(code.co_qualname, code.co_firstlineno)] = code
            pending.append(code)
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


def _learn(item: Any, package: pathlib.Path) -> Learnt:
    home = str(package) + os.sep
    found: set[tuple[str, int]] = set()

    def called(frame: types.FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(home):
            found.add((frame.f_code.co_filename.removeprefix(home), frame.f_code.co_firstlineno))

    begin = time.process_time()
    sys.setprofile(called)
    try:
        failed = _fails(item)
    finally:
        sys.setprofile(None)
    if failed:
        raise SystemExit(f"{item.nodeid} fails on the tracer as it is")
    return Learnt(item, time.process_time() - begin, frozenset(found))
