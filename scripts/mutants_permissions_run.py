"""Tests run on a changed module: in a forked process that imports the changed text in the place of the real one.

Which tests touch which lines is learnt once; a mutant is only shown to those that touch its lines, short ones first.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.machinery
import importlib.util
import json
import os
import pathlib
import resource
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mutants_permissions_made import Mutant

ROOT = pathlib.Path(__file__).parents[1]
PACKAGE = pathlib.Path("src/nephograph/engines/permissions")
OWN = "tests/engines/permissions"
TESTS = (OWN, "tests/lenses/test_replayed.py")
QUICK = "a few requests to many small organizations"
"""A check without a test runner, which kills half of all mutants in less time than a test runner takes to start."""
MEMORY = 4 << 30
LEAST_SECONDS, TIMES = 15, 1
"""A mutant does not end when its tests take so many CPU seconds, and longer than on the real module, traced."""

Touched = dict[str, dict[str, Any]]
"""Test -> {"seconds": float, "lines": {file name: [line, …]}}."""


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads one module from another text than its file's."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> types.CodeType:
        return compile(self._text, self.path, "exec")


class _Instead:
    """Finds the changed module before the real one is looked for."""

    def __init__(self, name: str, path: str, text: str) -> None:
        self._name = name
        self._loader = _Changed(name, path, text)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self._loader) if name == self._name else None


def prepare() -> None:
    """Import once what every child needs and no mutant changes."""
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / OWN)]
    import pytest  # noqa: F401

    from nephograph.catalog.vocabulary import vocabulary

    vocabulary().service("s3")


def content(*places: pathlib.Path | str) -> str:
    """A hash of files, or of all Python files of folders."""
    told = hashlib.sha256()
    for place in places:
        path = ROOT / place
        for one in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            told.update(str(one.relative_to(ROOT)).encode() + b"\0" + one.read_bytes() + b"\0")
    return told.hexdigest()[:24]


def functions(file: str) -> dict[str, str]:
    """A hash of every test of a file: of its own text, so that tests beside it may change."""
    if file == QUICK:
        return {QUICK: content(f"{OWN}/permission_worlds.py")}
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")]
    return {f"{file}::{one.name}": hashlib.sha256(ast.unparse(one).encode()).hexdigest()[:16] for one in tests}


def function_of(test: str) -> str:
    """A test without its parameters."""
    return test.partition("[")[0]


def files() -> list[str]:
    """The files of tests, and the quick check."""
    found = [
        path for place in TESTS for path in ((ROOT / place).glob("test_*.py"), [ROOT / place])[place[-3:] == ".py"]
    ]
    return [QUICK, *sorted(str(path.relative_to(ROOT)) for path in found)]


def file_of(test: str) -> str:
    """The file of a test."""
    return test.partition("::")[0]


def touched(some: Sequence[str]) -> Touched:
    """Run the tests of files and note the lines of the package that each runs. Raises RuntimeError when one fails."""
    found: Touched = {}
    for file in some:
        code, told = _in_child(lambda write, file=file: _traced(file, write), 0)  # type: ignore[misc]
        if code:
            raise RuntimeError(f"{file}: fails on the engine as it is")
        found |= json.loads(told)
    return found


def _traced(file: str, write: Callable[[str], None]) -> int:
    folder = str(ROOT / PACKAGE)
    lines: set[tuple[str, int]] = set()

    def local(frame: types.FrameType, event: str, _: Any) -> Any:
        lines.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def every(frame: types.FrameType, event: str, _: Any) -> Any:
        return local(frame, event, None) if frame.f_code.co_filename.startswith(folder) else None

    def note() -> dict[str, list[int]]:
        here: dict[str, list[int]] = {}
        for name, line in sorted(lines):
            here.setdefault(pathlib.Path(name).name, []).append(line)
        lines.clear()
        return here

    found: Touched = {}
    sys.settrace(every)
    code = _quick_touched(found, note) if file == QUICK else _pytest_touched(file, found, note)
    sys.settrace(None)
    write(json.dumps(found))
    return code


def _quick_touched(found: Touched, note: Callable[[], dict[str, list[int]]]) -> int:
    begin = time.process_time()
    code = quick()
    found[QUICK] = {"seconds": time.process_time() - begin, "lines": note()}
    return code


def _pytest_touched(file: str, found: Touched, note: Callable[[], dict[str, list[int]]]) -> int:
    import pytest

    class Notes:
        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
            begin = time.process_time()
            note()  # what ran before this test was run by an import
            outcome = yield
            found[item.nodeid] = {"seconds": time.process_time() - begin, "lines": note()}
            return outcome

    return int(pytest.main([*_OPTIONS, file], plugins=[Notes()]))


_OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly")


def quick() -> int:
    """The quick check: 1 when the engine and the certificate differ."""
    from permission_worlds import World

    for seed in range(60):
        world = World(seed)
        for _ in range(15):
            found = world.compared(world.request())
            if not found.same and not found.finer:
                return 1
    return 0


def chosen(mutant: Mutant, tests: Touched) -> list[str]:
    """The tests that touch the lines of a mutant, short ones first; all, where it is of a line that an import runs."""
    name, lines = mutant.path.name, set(mutant.lines)
    imported = not mutant.within or mutant.within.rpartition(".")[2].lstrip("_")[:1].isupper()
    found = [one for one, told in tests.items() if imported or lines & set(told["lines"].get(name, ()))]
    return sorted(found, key=lambda one: tests[one]["seconds"])


def killer(mutant: Mutant | None, tests: Sequence[str], seconds: float) -> str:
    """The first of the tests that fails on a mutant; "" when none does."""
    code, told = _in_child(lambda write: _run(mutant, tests, write), max(LEAST_SECONDS, int(seconds * TIMES)))
    return told or ("" if code == 0 else "an error outside of a test, or no end")


def _run(mutant: Mutant | None, tests: Sequence[str], write: Callable[[str], None]) -> int:
    import pytest

    if mutant is not None:
        name = ".".join(mutant.path.with_suffix("").parts[1:])
        sys.meta_path.insert(0, _Instead(name, str(ROOT / mutant.path), mutant.text))
    if QUICK in tests and quick():
        write(QUICK)
        return 1
    named = [one for one in tests if one != QUICK]
    if not named:
        return 0

    class Notes:
        def pytest_runtest_logreport(self, report: Any) -> None:
            if report.failed:
                write(report.nodeid)

    return int(pytest.main([*_OPTIONS, *named], plugins=[Notes()]))


def _in_child(work: Callable[[Callable[[str], None]], int], seconds: int) -> tuple[int, str]:
    """(exit code, what was written) of work in a child: what it imports, holds and prints is gone with it."""
    end, begin = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(end)
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            if seconds:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)

            def write(text: str) -> None:
                data = text.encode()
                while data:
                    data = data[os.write(begin, data) :]

            code = work(write)
        finally:
            os._exit(code)
    os.close(begin)
    with os.fdopen(end, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    return (0 if status == 0 else 1), told.decode()
