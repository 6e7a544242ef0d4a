"""Hold the organization engine equal to the certificate on random small organizations.

    python scripts/verify_permissions.py --checks 1000000 [--seed 0] [--processes 2]

Every check is one request decided twice, by evaluators that share no code. Prints how many were allowed, denied and
open, and every seed that differs (exit 1).
"""

from __future__ import annotations

import argparse
import multiprocessing
import pathlib
import sys
import time
from collections import Counter

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "engines" / "permissions")]

REQUESTS = 100
"""Requests put to one organization."""


def world(seed: int) -> tuple[Counter[str], list[str]]:
    """All checks of one seed: effects, and what differs."""
    from permission_worlds import World

    from nephograph.engines.certificate.decide import decide

    one = World(seed)
    effects: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(REQUESTS):
        request = one.request()
        ours = one.engine.can(**request).effect
        theirs = decide(*one.case(request)).effect
        effects[theirs] += 1
        if ours != theirs:
            wrong.append(f"seed {seed} request {number}: {ours} by the engine, {theirs} by the certificate: {request}")
    return effects, wrong


def main() -> int:
    """Run the checks; 1 when any differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checks", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    said = parser.parse_args()
    seeds = range(said.seed, said.seed + -(-said.checks // REQUESTS))
    effects: Counter[str] = Counter()
    wrong: list[str] = []
    begin = time.perf_counter()
    with multiprocessing.Pool(said.processes) as pool:
        for some, found in pool.imap_unordered(world, seeds, chunksize=20):
            effects += some
            wrong += found
    total = effects.total()
    print(f"{total} checks in {time.perf_counter() - begin:.0f} s: {len(wrong)} differ")
    for effect, count in effects.most_common():
        print(f"  {effect:18} {count:9} {100 * count / total:5.1f} %")
    for line in wrong[:20]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
