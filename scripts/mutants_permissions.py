"""Change the permissions engine mechanically, one operator at a time, and see that its tests notice.

    python scripts/mutants_permissions.py [--sample N] [--seed 0] [--only FILE …]

A mutant is one changed comparison, Boolean operator, arithmetic operator, constant, or negated condition of one line in
`engines/permissions`. It is killed when its tests fail or do not end; one that lives is printed with its place. The
tree is copied first: nothing here is touched.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).parents[1]
PACKAGE = pathlib.Path("src/nephograph/engines/permissions")
TESTS = "tests/engines/permissions"
SECONDS = 240

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
    nodes = [node for node in ast.walk(tree) if not _is_text(node)]
    for number, node in enumerate(nodes):
        for what in _ways(node):
            changed = copy.deepcopy(tree)
            twin = [one for one in ast.walk(changed) if not _is_text(one)][number]
            if _change(twin, what):
                yield getattr(node, "lineno", 0), what, ast.fix_missing_locations(changed)


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


def survives(copied: pathlib.Path) -> bool:
    """Do the tests pass on the changed copy?"""
    environment = {**os.environ, "PYTHONPATH": str(copied / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", TESTS]
    try:
        done = subprocess.run(command, cwd=copied, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> int:
    """Make mutants, run the tests on each; 1 when any lives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="take only so many, at random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[], help="names of files")
    said = parser.parse_args()
    every: list[tuple[pathlib.Path, int, str, str]] = []
    for path in sorted((ROOT / PACKAGE).glob("*.py")):
        if said.only and path.name not in said.only:
            continue
        for line, what, tree in mutants(ast.parse(path.read_text(encoding="utf-8"))):
            every.append((path.relative_to(ROOT), line, what, ast.unparse(tree)))
    total = len(every)
    if said.sample:
        every = random.Random(said.seed).sample(every, min(said.sample, total))
    with tempfile.TemporaryDirectory() as place:
        copied = pathlib.Path(place) / "copy"
        for name in ("src", "tests", "examples"):
            shutil.copytree(ROOT / name, copied / name, ignore=shutil.ignore_patterns("__pycache__", "dumps"))
        shutil.copy(ROOT / "pyproject.toml", copied)
        if not survives(copied):
            print("the tests fail on the engine as it is")
            return 2
        alive = 0
        for number, (path, line, what, text) in enumerate(every, 1):
            original = (copied / path).read_text(encoding="utf-8")
            (copied / path).write_text(text, encoding="utf-8")
            if survives(copied):
                alive += 1
                print(f"ALIVE {path.name}:{line} {what}", flush=True)
            (copied / path).write_text(original, encoding="utf-8")
            if number % 50 == 0:
                print(f"{number} of {len(every)}, {alive} alive", flush=True)
    print(f"{len(every)} of {total} mutants tried, {len(every) - alive} killed, {alive} alive")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
