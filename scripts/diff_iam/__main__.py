"""A differential run: our certificate beside the npm simulator @cloud-copilot/iam-simulate, on generated requests.

    make diff-iam N=20000            # or: python -m scripts.diff_iam --count 20000 --seed 1

The simulator (AGPL) is a process of its own in `.bench/diff-iam`, installed there by npm when the run begins; nothing
of it is part of this repository. It is asked through `runSimulation` only, over JSON lines. Agreement proves little
where both are wrong, and a difference proves nothing until AWS's page is read: every difference is made small, put into
a bucket by what is left of it, and every bucket is decided in docs/semantics/identity-certificate.md. A difference that
falls into no decided bucket fails the run.

A run is cut into parts of 5,000 cases. Finished parts are kept in `.bench/diff-iam`, under a name that depends on the
generator, our evaluator and their version; `--resume` counts them in and does the rest.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import subprocess
import sys

from scripts.diff_iam.buckets import BUCKETS
from scripts.diff_iam.part import part
from scripts.diff_iam.simulator import PACKAGE, PLACE, install
from scripts.diff_iam.totals import Ledger, Totals, fingerprint, together

PART = 5_000


def arguments() -> argparse.Namespace:
    """What the run is told."""
    reader = argparse.ArgumentParser(prog="diff_iam", description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--count", type=int, default=20_000, help="cases (default 20,000)")
    reader.add_argument("--from", dest="first", type=int, default=0, help="the first case (default 0)")
    reader.add_argument("--seed", type=int, default=1, help="of the generator")
    reader.add_argument("--jobs", type=int, default=1, help="processes, each with a simulator of its own (default 1)")
    reader.add_argument("--resume", action="store_true", help="count finished parts of an earlier run in")
    return reader.parse_args()


def main() -> int:
    """Run, print, and fail on what is not decided."""
    told = arguments()
    try:
        version = install()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"the simulator cannot be run here (node and npm are needed): {error}", file=sys.stderr)
        return 2
    ledger = Ledger(PLACE / f"{fingerprint(version)}-{told.seed}.jsonl")
    end = told.first + told.count
    wanted = {first: min(PART, end - first) for first in range(told.first, end, PART)}
    known = ledger.parts() if told.resume else {}
    parts = {first: known[first] for first, count in wanted.items() if first in known and known[first].cases == count}
    with concurrent.futures.ProcessPoolExecutor(told.jobs) as pool:
        todo = [pool.submit(part, told.seed, first, count) for first, count in wanted.items() if first not in parts]
        for done in concurrent.futures.as_completed(todo):
            first, found = done.result()
            parts[first] = found
            ledger.write(first, found)
            print(f"\r{sum(one.cases for one in parts.values()):,} of {told.count:,} cases", end="", file=sys.stderr)
    print(file=sys.stderr)
    report(together(parts.values()), f"{told.count:,} cases from {told.first:,}, seed {told.seed}, {PACKAGE} {version}")
    return 1 if any(one.open for one in parts.values()) else 0


def report(found: Totals, title: str) -> None:
    """Print what was found."""
    speed, their_speed = found.cases / found.seconds, found.their_calls / found.their_seconds
    print(title)
    print("effects: " + ", ".join(f"{name} {n / found.cases:.1%}" for name, n in found.effects.most_common()))
    print("agreement: " + ", ".join(f"{name} {n:,}" for name, n in found.tally.most_common()))
    print(
        f"decisions per CPU second: ours {speed:,.0f}, theirs {their_speed:,.0f} "
        f"(ours are {speed / their_speed:.1f} times theirs; reading the case counts for both)"
    )
    for bucket in BUCKETS:
        ways = {name: n for name, n in found.decided.items() if name.startswith(bucket.name + ": ")}
        if ways:
            how = ", ".join(f"{name.removeprefix(bucket.name + ': ')} {n:,}" for name, n in sorted(ways.items()))
            print(f"decided: {sum(ways.values()):7,}  {bucket.name} ({bucket.right}; {bucket.page})")
            print(f"                  ours / theirs: {how}")
    for name, count in found.decided.most_common():
        if name.startswith("error"):
            print(f"refused: {count:7,}  {name}")
    for signature, (count, one) in sorted(found.open.items(), key=lambda item: -item[1][0]):
        print(f"\nOPEN {count:,}: {signature}\n{json.dumps(one)}")
    print(f"\n{sum(n for n, _ in found.open.values()):,} differences are not decided, in {len(found.open):,} buckets")


if __name__ == "__main__":
    sys.exit(main())
