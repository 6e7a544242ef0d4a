"""One part of a run: some cases in a row, put to both evaluators in this process and one of node."""

from __future__ import annotations

import random
import time

from scripts.diff_iam.buckets import BUCKETS, signature
from scripts.diff_iam.compare import compare, ours
from scripts.diff_iam.generate import generate
from scripts.diff_iam.shrink import shrink
from scripts.diff_iam.simulator import Theirs
from scripts.diff_iam.totals import Totals


def part(seed: int, first: int, count: int) -> tuple[int, Totals]:
    """Cases `first` … `first + count - 1` of a seed. Each case is made from its number alone."""
    theirs = Theirs()
    found = Totals()
    try:
        for number in range(first, first + count):
            _one(random.Random((seed << 40) + number), theirs, found)
    finally:
        theirs.close()
    found.cases = count
    found.their_seconds = theirs.microseconds / 1e6
    found.their_calls = theirs.calls
    return first, found


def _one(rng: random.Random, theirs: Theirs, totals: Totals) -> None:
    one = generate(rng)
    before = time.process_time()
    totals.effects[ours(one).effect] += 1
    totals.seconds += time.process_time() - before
    found = compare(one, theirs)
    if isinstance(found, str):
        totals.tally[found.partition(":")[0]] += 1
        if found.startswith("error"):
            totals.decided[found] += 1
        return
    totals.tally["different"] += 1
    # Only a case made small says its cause.
    least = shrink(found, theirs)
    bucket = next((bucket for bucket in BUCKETS if bucket.is_it(least)), None)
    if bucket is not None:
        totals.decided[f"{bucket.name}: {least.ours} / {least.theirs}"] += 1
    else:
        totals.leave_open(signature(least), least.case)
