"""Change the permissions engine mechanically, one operator at a time, and see that its tests notice.

    python scripts/mutants_permissions.py [--quick] [--sample N] [--seed 0] [--only FILE …] [--processes 1] [--list]

A mutant is one changed comparison, Boolean operator, arithmetic operator, constant, or condition of one line in
`engines/permissions`. It is killed when one of its tests fails or does not end; one that lives is printed with its
place, and with why it may where `mutants_permissions_argued.toml` says so. No file is touched.

What became of a mutant is kept in `.bench/mutants-permissions.json`: one that was killed is not tried again while its
text and the test that did it stay the same, one that lives is only shown to tests that are new; so a run may be broken
off.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import multiprocessing
import os
import pathlib
import random
import sys
import time
import tomllib
from collections import Counter
from typing import Any

import mutants_permissions_run as run
from mutants_permissions_made import Mutant, every

ARGUED = pathlib.Path(__file__).with_name("mutants_permissions_argued.toml")
SAMPLE = pathlib.Path(__file__).with_name("mutants_permissions_sample.json")
"""[file, function, change] of mutants that the quick check kills."""
KEPT = run.ROOT / ".bench" / "mutants-permissions.json"


def argued() -> dict[tuple[str, str, str], str]:
    """(file, function, change) -> why the mutant may live; one reason stands for all changes listed with it."""
    found: dict[tuple[str, str, str], str] = {}
    for file, reasons in tomllib.loads(ARGUED.read_text(encoding="utf-8")).items():
        for one in reasons:
            for change in one["changes"]:
                found[file, one["in"], change] = one["why"]
    return found


class Kept:
    """What became of mutants before, test by test, while the texts of the mutant and of the test are the same.

    What tests share (helpers, other modules of the package) may change without notice: `--again` tries everything.
    """

    def __init__(self, path: pathlib.Path) -> None:
        self._path = path
        self._told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self._package = run.content(run.PACKAGE)
        worlds = f"{run.OWN}/permission_worlds.py"
        self._functions = {test: of for file in run.files() for test, of in run.functions(file).items()}
        self._files = {file: run.content(worlds, *([file] if file != run.QUICK else [])) for file in run.files()}

    def touched(self, names: list[str]) -> run.Touched:
        """Which tests (of files whose names hold one of these) touch which lines: learnt anew after a change."""
        told = self._told.setdefault("touched", {})
        wanted = {
            file: f"{of}{self._package}"
            for file, of in self._files.items()
            if not names or any(name in file for name in names)
        }
        some = [file for file, of in wanted.items() if told.get(file, {}).get("of") != of]
        found = run.touched(some)
        for file in some:
            tests = {test: one for test, one in found.items() if run.file_of(test) == file}
            told[file] = {"of": wanted[file], "tests": tests}
        if some:
            self.save()
        return {test: one for file in wanted for test, one in told[file]["tests"].items()}

    def killer(self, mutant: Mutant) -> str:
        """The test that killed it; "" when none is known."""
        told = self._told.get(self._key(mutant), {"by": ""})
        by: str = told["by"]
        return by if by and told["of"] == self._functions.get(run.function_of(by)) else ""

    def outlived(self, mutant: Mutant) -> set[str]:
        """The tests that it is known to outlive."""
        told = self._told.get(self._key(mutant), {"by": "", "package": ""})
        if told["by"] or told["package"] != self._package:
            return set()
        return {test for test, of in told["outlived"].items() if self._functions.get(run.function_of(test)) == of}

    def keep(self, mutant: Mutant, by: str, shown: set[str]) -> None:
        """Note what became of it, and to which tests it was shown."""
        told: dict[str, Any] = {"by": by, "of": self._functions.get(run.function_of(by)), "package": self._package}
        if not by:
            told["outlived"] = {test: self._functions[run.function_of(test)] for test in sorted(shown)}
        self._told[self._key(mutant)] = told

    def save(self) -> None:
        """Write it all; a half-written file stays beside."""
        self._path.parent.mkdir(exist_ok=True)
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(self._told), encoding="utf-8")
        beside.replace(self._path)

    def _key(self, mutant: Mutant) -> str:
        return hashlib.sha256(f"{mutant.path}\0{mutant.text}".encode()).hexdigest()[:24]


def _tried(asked: tuple[Mutant, set[str]], tests: run.Touched) -> tuple[Mutant, str, set[str]]:
    """(mutant, the test that kills it or "", the tests that it outlived otherwise)."""
    mutant, outlived = asked
    wanted = [one for one in run.chosen(mutant, tests) if one not in outlived]
    by = run.killer(mutant, wanted, sum(tests[one]["seconds"] for one in wanted)) if wanted else ""
    return mutant, by, {*outlived, *wanted}


def quickly(mutants: list[Mutant], processes: int) -> int:
    """Try the sample that is known to be killed by the quick check; 1 when one of them lives, or is no longer made."""
    wanted = {tuple(one) for one in json.loads(SAMPLE.read_text(encoding="utf-8"))}
    found = [one for one in mutants if (one.path.name, one.within, one.change) in wanted]
    with multiprocessing.Pool(processes) as pool:
        killers = pool.map(functools.partial(run.killer, tests=[run.QUICK], seconds=run.LEAST_SECONDS), found)
    alive = [one for one, by in zip(found, killers, strict=True) if not by]
    for one in alive:
        print(f"ALIVE  {one.path.name}:{one.line} {one.within}: {one.change}")
    gone = wanted - {(one.path.name, one.within, one.change) for one in found}
    for name, within, change in sorted(gone):
        print(f"STALE  {name} {within}: {change}: in the sample, and no such mutant is made")
    print(f"{len(found)} mutants of the sample tried: {len(found) - len(alive)} killed")
    return 1 if alive or gone else 0


def main() -> int:
    """Make mutants, run the tests on each; 1 when one lives for which there is no argument."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="take only so many, at random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[], help="names of files")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--seconds", type=float, default=1e9, help="leave out tests that take longer (as they are traced)"
    )
    parser.add_argument("--tests", nargs="*", default=[], help="only files of tests whose names hold one of these")
    parser.add_argument("--list", action="store_true", help="print every mutant with what became of it")
    parser.add_argument("--again", action="store_true", help="try those, too, of which it is known")
    parser.add_argument("--quick", action="store_true", help="only a sample, and only the quick check (a minute)")
    said = parser.parse_args()
    reasons = argued()
    mutants = every(run.ROOT, run.PACKAGE)
    if said.quick:
        run.prepare()
        return quickly(mutants, said.processes)
    total = len(mutants)
    stale = set(reasons) - {(one.path.name, one.within, one.change) for one in mutants}
    for name, within, change in sorted(stale):
        print(f"STALE  {name} {within}: {change}: argued, and no such mutant is made")
    if said.only:
        mutants = [one for one in mutants if one.path.name in said.only]
    if said.sample:
        mutants = random.Random(said.seed).sample(mutants, min(said.sample, total))
    run.prepare()
    kept = Kept(KEPT)
    try:
        tests = {test: one for test, one in kept.touched(said.tests).items() if one["seconds"] <= said.seconds}
    except RuntimeError as why:
        print(why)
        return 2
    outcomes = {} if said.again else {one: by for one in mutants if (by := kept.killer(one))}
    left = [(one, set() if said.again else kept.outlived(one)) for one in mutants if one not in outcomes]
    begin = time.perf_counter()
    with multiprocessing.Pool(said.processes) as pool:
        tried = pool.imap_unordered(functools.partial(_tried, tests=tests), left)
        for number, (one, by, shown) in enumerate(tried, 1):
            outcomes[one] = by
            kept.keep(one, by, shown)
            if number % 10 == 0 or number == len(left):
                kept.save()
                alive = sum(not by for by in outcomes.values())
                took = time.perf_counter() - begin
                print(f"{number} of {len(left)}, {alive} alive, {took:.0f} s", file=sys.stderr, flush=True)
    return _told(mutants, outcomes, reasons, total, said.list) or (1 if stale else 0)


def _told(
    mutants: list[Mutant], outcomes: dict[Mutant, str], reasons: dict[tuple[str, str, str], str], total: int, all_: bool
) -> int:
    """Print what became of every mutant; 1 when one lives without a reason."""
    counted: dict[str, Counter[str]] = {}
    for one in mutants:
        name, by = one.path.name, outcomes[one]
        why = reasons.get((name, one.within, one.change), "")
        what = "killed" if by else "argued" if why else "ALIVE"
        counted.setdefault(name, Counter())[what] += 1
        if by and why:
            print(f"killed {name}:{one.line} {one.within}: {one.change}: argued, and killed by {by}")
        elif by and all_:
            print(f"killed {name}:{one.line} {one.within}: {one.change}: by {by}")
        elif not by and (all_ or not why):
            print(f"{what:6} {name}:{one.line} {one.within}: {one.change}{': ' if why else ''}{why}")
    for name, found in sorted(counted.items()):
        print(f"  {name:16} {found['killed']:4} killed, {found['argued']:3} argued, {found['ALIVE']:3} alive")
    sums = sum(counted.values(), Counter())
    print(
        f"{len(mutants)} of {total} mutants tried: {sums['killed']} killed, "
        f"{sums['argued']} argued, {sums['ALIVE']} alive"
    )
    return 1 if sums["ALIVE"] else 0


if __name__ == "__main__":
    os.environ.setdefault("HYPOTHESIS_PROFILE", "fixed")
    sys.exit(main())
