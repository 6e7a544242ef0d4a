"""Hold the organization engine equal to the certificate on random small organizations.

    python scripts/verify_permissions.py --checks 1000000 [--seed 0] [--processes 1]

Every check is one request decided twice, by evaluators that share no code. Of every tenth organization, what it says of
who can do something (classes, index, resource policies) is held to the same certificate, principal by principal. Prints
the mix and every request that differs (exit 1). Where something of a request is open, one evaluator may leave open what
the other tells (`permission_worlds.agreement`); such requests are counted, and more than one in a thousand fail.
"""

from __future__ import annotations

import argparse
import multiprocessing
import pathlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "engines" / "permissions")]

REQUESTS = 100
"""Requests put to one organization."""
WHO_EVERY, WHO_QUESTIONS = 10, 6
"""In every tenth organization this many questions who can, each for all principals it knows."""
MOST_FINER = 0.001

Found = tuple[Counter[str], list[str]]


def world(seed: int) -> Found:
    """All checks of one seed: what is counted (`topic/what`), and what differs."""
    from permission_worlds import World

    one = World(seed)
    counted: Counter[str] = Counter({f"operator/{name}": 1 for name in _operators(one.raw.values())})
    wrong: list[str] = []
    for number in range(REQUESTS):
        request = one.request()
        found = one.compared(request)
        theirs = found.decision.effect
        counted[f"effect/{theirs}"] += 1
        counted["open/told by one, left open by the other"] += found.finer
        counted["context/a key whose value is not known"] += bool(request["unknown"])
        counted["context/a key with several values"] += any(
            isinstance(value, list) and len(value) > 1 for value in request["context"].values()
        )
        if found.decision.blocked_by:
            counted[f"blocked by/{found.decision.blocked_by}"] += 1
        for layer in {layer.layer for layer in found.decision.layers if layer.verdict != "none"}:
            counted[f"has a say/{layer}"] += 1
        if not found.same and not found.finer:
            wrong.append(f"seed {seed} request {number}: {found.ours} here, {theirs} by the certificate: {request}")
    if seed % WHO_EVERY == 0:
        some, more = _who(seed)
        counted += some
        wrong += more
    return counted, wrong


def _who(seed: int) -> Found:
    """Who can, by the whole organization, and principal by principal by the certificate."""
    from permission_worlds import PRINCIPALS, World, agreement

    from nephograph.engines.certificate.decide import decide
    from nephograph.engines.permissions.asking import who_can
    from nephograph.engines.permissions.diagram import TRUE
    from nephograph.engines.permissions.organization import Organization

    one = World(seed)
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    organization = Organization(one.set)
    organization.evaluate()
    everybody = [*one.set.entities, PRINCIPALS[5]]
    for number in range(WHO_QUESTIONS):
        request = {**one.request(), "unknown": [], "session": (), "endpoint": ()}
        answers = who_can(organization, request["action"], request["resource"], request["context"])
        told = dict(answers.principals())
        for principal in everybody:
            asked = {**request, "principal": principal}
            decision = decide(*one.case(asked))
            residual = told.get(principal)
            ours = "no" if residual is None else "allowed" if residual == TRUE else "depends"
            counted["who/" + ("can" if decision.effect == "allowed" else "cannot, or it depends")] += 1
            alike = ours == decision.effect or (ours == "no" and decision.effect.endswith("denied"))
            if not alike and not agreement("implicitly_denied" if ours == "no" else ours, decision).finer:
                wrong.append(f"seed {seed} who {number}: {ours} here, {decision.effect} by the certificate: {asked}")
    return counted, wrong


def _operators(documents: Any) -> Iterator[str]:
    for document in documents:
        for statement in document["Statement"]:
            yield from statement.get("Condition", {})


def _mix(counted: Counter[str], topic: str, total: int, unit: str = "of the checks") -> None:
    rows = [(key.partition("/")[2], count) for key, count in counted.most_common() if key.startswith(f"{topic}/")]
    for what, count in rows:
        print(f"  {topic + ': ' + what:52} {count:9} {100 * count / total:5.1f} % {unit}")


def main() -> int:
    """Run the checks; 1 when any differs, or too many are open to one evaluator alone, or too few are allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checks", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    said = parser.parse_args()
    seeds = range(said.seed, said.seed + -(-said.checks // REQUESTS))
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    begin = time.perf_counter()
    with multiprocessing.Pool(said.processes) as pool:
        for some, found in pool.imap_unordered(world, seeds, chunksize=20):
            counted += some
            wrong += found
    total = sum(count for key, count in counted.items() if key.startswith("effect/"))
    who = sum(count for key, count in counted.items() if key.startswith("who/"))
    finer = counted["open/told by one, left open by the other"]
    taken = time.perf_counter() - begin
    print(f"{total} requests and {who} answers to who can, in {len(seeds)} organizations, {taken:.0f} s: ", end="")
    print(f"{len(wrong)} differ; {finer} are told by one evaluator and left open by the other")
    for topic in ("effect", "blocked by", "has a say", "context"):
        _mix(counted, topic, total)
    _mix(counted, "who", max(who, 1), "of who can")
    operators = {key: count for key, count in counted.items() if key.startswith("operator/")}
    rarest = min(operators, key=lambda key: operators[key])
    print(
        f"  condition operators (with set operators and IfExists): {len(operators)} forms; the rarest, "
        f"{rarest.partition('/')[2]}, in {operators[rarest]} organizations"
    )
    for line in wrong[:20]:
        print(line)
    allowed = counted["effect/allowed"] / total
    balanced = 0.4 <= allowed <= 0.6
    if not balanced:
        print(f"{100 * allowed:.1f} % are allowed: the mix is to be between 40 and 60 %")
    return 1 if wrong or finer > MOST_FINER * total or not balanced else 0


if __name__ == "__main__":
    sys.exit(main())
