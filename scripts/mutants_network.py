"""Change the packet tracer mechanically, one rule at a time, and see that something notices.

    python scripts/mutants_network.py [--sample 60] [--only FILE …] [--seconds 1] [--doubts] [--alive] [--list]
        [--again]

A mutant is one change of the code of `engines/tracer`: a comparison or Boolean operator turned, a condition negated or
dropped, a sign or a sort left out (first match instead of longest prefix, the order of a list), a step skipped (the
list at a subnet's border, the leg of the answer). The tests judge that come to the changed line, short ones first: the
tracer's own, estates that real packets decided (`tests/engines/tracer/corpus`), and the comparison with the engine of
all pairs. Every mutant is a forked process: no file is touched. One that lives is printed with its place, and with why
it may where `mutants_network_argued.toml` says so; one that lives and is not argued makes the run fail.

Two classes are left out and counted: lines that only word a trace (`_SHOWN` in `mutants_network_made.py`), which no
packet depends on and snapshots hold (`test_answers_read.py`); and what asks whether something is known, or there at all
(`_DOUBT`). The second class is tried by `--doubts`. What is not known is held by a stronger rule than single tests:
`test_holes.py` takes away every value of small estates and wants no sure answer that differs from the known one.

What became of a mutant is kept in `.bench/mutants-network.json`: one that was killed is not tried again while its text
and the test that did it stay the same, one that lives is only shown to tests that are new; so a run may be broken off.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import random
import sys
import time
import tomllib
from collections import Counter
from typing import Any

sys.path[:0] = [str(pathlib.Path(__file__).parents[1] / part) for part in ("src", "", "scripts")]

from mutants_network_kept import Kept  # noqa: E402
from mutants_network_made import LEFT_OUT, PACKAGE, ROOT, RULES, Mutant, changed, every, left_out  # noqa: E402
from mutants_network_run import NO_END, OPTIONS, Judge, Loop, afresh  # noqa: E402

OWN = ROOT / "tests/engines/tracer"
OTHER = ("tests/engines/reachability/test_all_pairs.py", "tests/engines/reachability/test_estates_with_holes.py")
APART = ("test_mutants.py", "test_oracle_parts.py")
"""Tests of this script, and of the packet oracle alone."""
ARGUED = pathlib.Path(__file__).with_name("mutants_network_argued.toml")
KEPT = ROOT / ".bench" / "mutants-network.json"

Name = tuple[str, str, str]
"""File, function, change."""


def name(mutant: Mutant) -> Name:
    """What reasons call a mutant: lines may move."""
    return mutant.file, mutant.within, mutant.change


def argued() -> dict[Name, str]:
    """Why a mutant may live; one reason stands for all changes listed with it."""
    found: dict[Name, str] = {}
    for file, reasons in tomllib.loads(ARGUED.read_text(encoding="utf-8")).items():
        for one in reasons:
            for change in one["changes"]:
                found[file, one["in"], change] = one["why"]
    return found


def files() -> list[str]:
    """The tests that judge."""
    own = sorted(str(path.relative_to(ROOT)) for path in OWN.glob("test_*.py") if path.name not in APART)
    return [*own, *OTHER]


def corpus(mutant: Mutant) -> bool:
    """Do the estates that packets decided notice?"""
    return bool(afresh(mutant, ["tests/engines/tracer/test_corpus.py"]))


def main() -> int:
    """Make mutants and look who notices; 1 when one lives for which there is no argument."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="take only so many, at random (default: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[], help="names of files")
    parser.add_argument("--doubts", action="store_true", help="only of what asks whether something is known or there")
    parser.add_argument("--alive", action="store_true", help="only those that nothing killed so far, nor is argued for")
    parser.add_argument("--seconds", type=float, default=1e9, help="leave out tests that take longer")
    parser.add_argument("--list", action="store_true", help="print every mutant with what became of it")
    parser.add_argument("--again", action="store_true", help="try those, too, of which it is known")
    said = parser.parse_args()
    os.chdir(ROOT)
    import pytest

    loop = Loop(lambda items: _judged(items, said))
    status = pytest.main([*OPTIONS, "-s", *files()], plugins=[loop])
    return loop.status if status == 0 else int(status)


def _judged(items: dict[str, Any], said: argparse.Namespace) -> int:
    """Put every mutant to the tests, and tell what became of them."""
    made = every(said.only, doubts=False)
    if said.doubts:
        others = set(made)
        made = [mutant for mutant in every(said.only) if mutant not in others]
    kept, reasons = Kept(KEPT, items), argued()
    found = [m for m in made if not kept.killer(m) and name(m) not in reasons] if said.alive else made
    if said.sample:
        found = random.Random(said.seed).sample(found, min(said.sample, len(found)))
    try:
        judge = Judge(items, kept.touched(said.seconds), kept.same)
    except RuntimeError as why:
        print(why)
        return 2
    outcomes: dict[Name, str] = {}
    begin, spent = time.perf_counter(), []
    for number, mutant in enumerate(found, 1):
        by = "" if said.again else kept.killer(mutant)
        if not by:
            outlived = set() if said.again else kept.outlived(mutant)
            chosen = judge.chosen(mutant)
            started = time.perf_counter()
            by = judge.killer(mutant, [test for test in chosen if test not in outlived])
            spent.append(time.perf_counter() - started)
            kept.keep(mutant, by, {*outlived, *chosen})
            if not by:
                print(f"not killed: {mutant.file}:{mutant.line} {mutant.within}: {mutant.change}", file=sys.stderr)
        outcomes[name(mutant)] = by
        if number % 50 == 0 or number == len(found):
            kept.save()
            alive = sum(not by for by in outcomes.values())
            took = time.perf_counter() - begin
            print(f"{number} of {len(found)}, {alive} not killed, {took:.0f} s", file=sys.stderr, flush=True)
    if spent:
        middle = sorted(spent)[len(spent) // 2]
        print(f"{len(spent)} tried now: {middle:.2f} s the one in the middle, {max(spent):.1f} s the longest")
    return _told(found, outcomes, len(made), bool(said.only), said.list)


def _told(found: list[Mutant], outcomes: dict[Name, str], made: int, some: bool, every_one: bool) -> int:
    """Print what became of every mutant; 1 when one lives without a reason, or a reason is for none."""
    reasons = argued()
    stale = [] if some else sorted(set(reasons) - {name(one) for one in every([])})
    for file, within, change in stale:
        print(f"STALE  {file} {within}: {change}: argued, and no such mutant is made")
    counted: dict[str, Counter[str]] = {}
    kinds: Counter[str] = Counter()
    for one in found:
        by, why = outcomes[name(one)], reasons.get(name(one), "")
        what = "killed" if by else "argued" if why else "ALIVE"
        counted.setdefault(one.file, Counter())[what] += 1
        place = f"{one.file}:{one.line} {one.within}: {one.change}"
        if by:
            kinds[_kind(by)] += 1
        if by and why:
            print(f"killed {place}: argued, and killed by {by}")
        elif by and every_one:
            print(f"killed {place}: by {by}")
        elif not by and (every_one or not why):
            print(f"{what:6} {place}{': ' if why else ''}{why}")
    for file, by_file in counted.items():
        print(f"  {file:46} {by_file['killed']:4} killed, {by_file['argued']:3} argued, {by_file['ALIVE']:3} alive")
    sums = sum(counted.values(), Counter())
    print(", ".join(f"{count} by {kind}" for kind, count in kinds.most_common()))
    words, doubts = left_out()
    print(f"left out: {words} of lines that only word a trace, {doubts} of what asks whether something is known")
    print(
        f"{made} mutants made, {len(found)} tried: "
        f"{sums['killed']} killed, {sums['argued']} argued, {sums['ALIVE']} alive"
    )
    return 1 if sums["ALIVE"] or stale else 0


def _kind(by: str) -> str:
    if by == NO_END:
        return "never ending"
    if "test_corpus.py" in by:
        return "estates that packets decided"
    return "the comparison with all pairs" if by.startswith(OTHER) else "tests of rules"


__all__ = ["LEFT_OUT", "PACKAGE", "RULES", "Mutant", "changed", "corpus", "every", "main"]

if __name__ == "__main__":
    os.environ.setdefault("HYPOTHESIS_PROFILE", "fixed")
    sys.exit(main())
