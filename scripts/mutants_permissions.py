"""Change the permissions engine mechanically, one operator at a time, and see that its tests notice.

    python scripts/mutants_permissions.py [--sample N] [--seed 0] [--only FILE …] [--processes 1] [--list]

A mutant is one changed comparison, Boolean operator, arithmetic operator, constant, or negated condition of one line in
`engines/permissions`. It is killed when its tests fail or do not end; one that lives is printed with its place, and
with why it may where `ARGUED` says so. Every mutant is a forked process that imports the changed module in the place of
the real one: no file is touched. The tests that find most come first, the slow ones are run on what is left.
"""

from __future__ import annotations

import argparse
import ast
import copy
import functools
import importlib.machinery
import importlib.util
import multiprocessing
import os
import pathlib
import random
import resource
import signal
import sys
import time
import types
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

ROOT = pathlib.Path(__file__).parents[1]
PACKAGE = pathlib.Path("src/nephograph/engines/permissions")
TESTS = "tests/engines/permissions"
FIRST = (
    f"{TESTS}/test_equals_certificate.py::test_every_decision_is_the_certificates",
    f"{TESTS}/test_automata.py",
    f"{TESTS}/test_inventory.py",
    f"{TESTS}/test_equals_certificate.py",
)
SLOW = "test_nothing_new_goes_untold"
SECONDS, MEMORY = 150, 6 << 30
"""After how many CPU seconds, and with how many bytes, tests do not end."""

ARGUED: tuple[tuple[str, str, str], ...] = (
    (
        "asking.py",
        "self.engine.universe.bits(self.service, statement.actions) >> self.bit & 1",
        "whom a statement about another action names is looked at one by one, and answered the same",
    ),
)
"""(file, piece of the line, why a mutant of that line may live)."""

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}  # fmt: skip


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """(line, what was changed, the changed tree)."""
    nodes = _nodes(tree)
    for number, node in enumerate(nodes):
        for what in _ways(node):
            changed = copy.deepcopy(tree)
            if _change(_nodes(changed)[number], what):
                yield getattr(node, "lineno", 0), what, ast.fix_missing_locations(changed)


def _nodes(tree: ast.Module) -> list[ast.AST]:
    """What may be changed: not texts, and not annotations, which nothing evaluates."""
    said = [one for node in ast.walk(tree) for one in _annotations(node)]
    inside = {id(part) for one in said for part in ast.walk(one)}
    return [node for node in ast.walk(tree) if id(node) not in inside and not _is_text(node)]


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        found = getattr(node, name, None)
        if isinstance(found, ast.AST):
            yield found


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _ways(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Compare):
        return [f"comparison {place}" for place in range(len(node.ops)) if type(node.ops[place]) in COMPARED]
    if isinstance(node, ast.BoolOp):
        return ["and/or"]
    if isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        return ["operator"]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ["not"]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return ["constant"]
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        return ["condition"]
    return ["jump"] if isinstance(node, ast.Continue | ast.Break) else []


def _change(node: ast.AST, what: str) -> bool:
    if isinstance(node, ast.Compare):
        place = int(what.rpartition(" ")[2])
        node.ops[place] = COMPARED[type(node.ops[place])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.BinOp):
        node.op = COUNTED[type(node.op)]()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif isinstance(node, ast.Constant):
        node.value = not node.value
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    else:
        return False
    return True


class Changed(importlib.machinery.SourceFileLoader):
    """Loads one module from another text than its file's."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> types.CodeType:
        """The changed code."""
        return compile(self._text, self.path, "exec")


class Instead:
    """Finds the changed module before the real one is looked for."""

    def __init__(self, name: str, path: str, text: str) -> None:
        self._name = name
        self._loader = Changed(name, path, text)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """The changed module; None for every other."""
        return importlib.util.spec_from_loader(name, self._loader) if name == self._name else None


def survives(path: pathlib.Path, text: str | None, few: bool = False) -> bool:
    """Do the tests pass with this text in the place of a file (None: as it is)? `few`: only the quick checks."""
    runs = [] if few else _runs()
    return _passes(path, text, None) and all(_passes(path, text, arguments) for arguments in runs)


def _quick() -> int:
    """The checks that kill most, without a test runner: a few requests to many small organizations."""
    sys.path.insert(0, str(ROOT / TESTS))
    from permission_worlds import World

    for seed in range(60):
        world = World(seed)
        for _ in range(15):
            found = world.compared(world.request())
            if not found.same and not found.finer:
                return 1
    return 0


def _runs() -> list[list[str]]:
    return [
        [*FIRST],
        [f"{TESTS}/test_difference.py", "-k", f"not {SLOW}"],
        [f"{TESTS}/test_difference.py", f"{TESTS}/test_new_access.py", "-k", SLOW + " or test_new_access"],
    ]


def _passes(path: pathlib.Path, text: str | None, arguments: Sequence[str] | None) -> bool:
    """Runs tests in a child (None: the quick checks): what it imports, holds and prints is gone with it."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return status == 0
    code = 1
    try:
        code = _run(path, text, arguments)
    finally:
        os._exit(code)


def _run(path: pathlib.Path, text: str | None, arguments: Sequence[str] | None) -> int:
    import pytest

    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if text is not None:
        name = ".".join(path.with_suffix("").parts[1:])
        sys.meta_path.insert(0, Instead(name, str(ROOT / path), text))
    if arguments is None:
        return _quick()
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly"]
    return int(pytest.main([*options, *arguments]))


Mutant = tuple[pathlib.Path, int, str, str]


def _tried(mutant: Mutant, few: bool) -> tuple[Mutant, bool]:
    return mutant, survives(mutant[0], mutant[3], few)


def _every(only: Sequence[str]) -> list[Mutant]:
    every: list[Mutant] = []
    for path in sorted((ROOT / PACKAGE).glob("*.py")):
        if not only or path.name in only:
            for line, what, tree in mutants(ast.parse(path.read_text(encoding="utf-8"))):
                every.append((path.relative_to(ROOT), line, what, ast.unparse(tree)))
    return every


def main() -> int:
    """Make mutants, run the tests on each; 1 when one lives for which there is no argument."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="take only so many, at random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[], help="names of files")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--few", action="store_true", help="run only the quick checks: what lives may still be killed by the tests"
    )
    parser.add_argument("--list", action="store_true", help="print every mutant with what became of it")
    said = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    every = _every(said.only)
    total = len(every)
    if said.sample:
        every = random.Random(said.seed).sample(every, min(said.sample, total))
    # What every child needs and no mutant changes is imported once.
    import pytest  # noqa: F401

    import nephograph.engines.certificate.decide  # noqa: F401

    if not survives(ROOT / PACKAGE, None, said.few):
        print("the tests fail on the engine as it is")
        return 2
    killed: Counter[str] = Counter()
    alive: Counter[str] = Counter()
    open_ = 0
    begin = time.perf_counter()
    tried = functools.partial(_tried, few=said.few)
    with multiprocessing.Pool(said.processes) as pool:
        for number, ((path, line, what, _), lives) in enumerate(pool.imap_unordered(tried, every), 1):
            (alive if lives else killed)[path.name] += 1
            if lives:
                source = (ROOT / path).read_text(encoding="utf-8").splitlines()[line - 1].strip()
                why = next((why for name, piece, why in ARGUED if name == path.name and piece in source), "")
                open_ += not why
                print(f"{'argued' if why else 'ALIVE '} {path.name}:{line} {what}: {source}  {why}", flush=True)
            elif said.list:
                print(f"killed {path.name}:{line} {what}", flush=True)
            if number % 25 == 0:
                print(f"{number} of {len(every)}, {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    for name in sorted(killed | alive):
        print(f"  {name:16} {killed[name]:4} killed, {alive[name]:3} alive")
    print(
        f"{len(every)} of {total} mutants tried: {killed.total()} killed, {alive.total()} alive, "
        f"{alive.total() - open_} of them argued"
    )
    return 1 if open_ else 0


if __name__ == "__main__":
    sys.exit(main())
