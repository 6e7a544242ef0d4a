"""What became of the tracer's mutants before, so that a run may be broken off and a second one tries what changed."""

from __future__ import annotations

import ast
import functools
import hashlib
import json
import pathlib
from collections.abc import Iterable, Sequence
from typing import Any

from mutants_network_made import PACKAGE, ROOT, Mutant, changed_tree
from mutants_network_run import Touched, learn


class Kept:
    """What is known while the texts of a changed function and of a test stay the same.

    One that was killed stays so while the test that did it is the same; one that lives is shown to tests that are new.
    (`--again` tries everything: what other functions do may have changed.)
    """

    def __init__(self, path: pathlib.Path, items: dict[str, Any]) -> None:
        self._path = path
        self._items = items
        self._told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        files = sorted(PACKAGE.rglob("*.py"))
        self._package = _content(files)
        self._texts = {str(path.relative_to(PACKAGE)): _content([path])[:8] for path in files}
        self._tests: dict[str, str] = {}
        for file in dict.fromkeys(test.partition("::")[0] for test in items):
            self._tests |= _functions(ROOT / file)

    def touched(self, seconds: float) -> dict[str, Touched]:
        """What every test that takes no longer touches: learnt anew where the test changed."""
        told = self._told.setdefault("touched", {})
        for test in [t for t in told if t not in self._items]:
            del told[test]
        new = [
            item
            for test, item in self._items.items()
            if told.get(test, {}).get("of") != self._of(test) and told.get(test, {"seconds": 0.0})["seconds"] <= seconds
        ]
        for test, one in (learn(new) if new else {}).items():
            texts = {file: self._texts[file] for file in one.lines}
            told[test] = {"of": self._of(test), "texts": texts, **one._asdict()}
        if new:
            self.save()
        kept = {test: one for test, one in told.items() if one["seconds"] <= seconds and "texts" in one}
        return {test: Touched(one["seconds"], one["lines"], one["functions"]) for test, one in kept.items()}

    def same(self, test: str, file: str) -> bool:
        """Is a file the one it was when was learnt what a test touches?"""
        return bool(self._told["touched"][test]["texts"].get(file) == self._texts.get(file))

    def killer(self, mutant: Mutant) -> str:
        """The test that killed it; "" when none is known."""
        told = self._told.get(key(mutant), {"by": "", "of": ""})
        by: str = told["by"]
        # What fails no test but does not end, or ends the process, is no matter of one test.
        return by if by and told["of"] == self._tests.get(by.partition("[")[0], self._package) else ""

    def outlived(self, mutant: Mutant) -> set[str]:
        """The tests that it is known to outlive."""
        told = self._told.get(key(mutant), {"by": "", "outlived": {}})
        if told["by"]:
            return set()
        return {test for test, of in told["outlived"].items() if of == self._of(test)}

    def keep(self, mutant: Mutant, by: str, shown: Iterable[str]) -> None:
        """Note what became of it, and to which tests it was shown."""
        told: dict[str, Any] = {"by": by}
        if by:
            told["of"] = self._tests.get(by.partition("[")[0], self._package)
        else:
            told["outlived"] = {test: self._of(test) for test in sorted(shown)}
        self._told[key(mutant)] = told

    def save(self) -> None:
        """Write it all; a half-written file stays beside."""
        self._path.parent.mkdir(exist_ok=True)
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(self._told), encoding="utf-8")
        beside.replace(self._path)

    def _of(self, test: str) -> str:
        return self._tests.get(test.partition("[")[0], "")


def key(mutant: Mutant) -> str:
    """A name of the changed function (of the module, for what stands outside of functions): its new text."""
    tree: Any = changed_tree(mutant)
    for name in mutant.within.split(".") if mutant.within else ():
        inside = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.ClassDef) and one.name == name]
        tree = inside[0]
    return hashlib.sha256(f"{mutant.file}\0{mutant.within}\0{ast.unparse(tree)}".encode()).hexdigest()[:24]


def _functions(path: pathlib.Path) -> dict[str, str]:
    """A hash of every test of a file: of its own text, of what stands beside it, and of the tests' files it imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tests = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")]
    beside = "\n".join(ast.unparse(one) for one in tree.body if one not in tests)
    shared = _content(sorted(_imported(path) - {path}))
    name = str(path.relative_to(ROOT))
    return {f"{name}::{one.name}": _hash(ast.unparse(one), beside, shared) for one in tests}


def _imported(path: pathlib.Path) -> set[pathlib.Path]:
    """A file and all files of tests of engines that it needs, by itself or through others."""
    found: set[pathlib.Path] = set()
    pending = [path]
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            pending += _needed(one)
    return found


@functools.cache
def _needed(path: pathlib.Path) -> tuple[pathlib.Path, ...]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    froms = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    places = sorted((ROOT / "tests/engines").iterdir())
    files = (place / f"{name}.py" for name in (*froms, *names) for place in places)
    return tuple(file for file in files if file.exists())


def _content(paths: Sequence[pathlib.Path]) -> str:
    return _hash(*(f"{path.relative_to(ROOT)}\0{path.read_text(encoding='utf-8')}" for path in paths))


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
