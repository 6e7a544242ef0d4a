"""Record estates the packets decided, so that tests hold the tracer to them without root: `python -m …record`.

    python -m scripts.net_oracle.record --count 200        # writes tests/engines/tracer/corpus/

An estate is kept when some probe of it goes a way no kept estate has shown: the components, what each did, and the end.
Of each estate one probe is kept for every set of rules that decided on the way, with the verdict of the packet.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from typing import Any

from scripts.net_oracle.ask import Asked, Questions
from scripts.net_oracle.generate import Case, generate
from scripts.net_oracle.run import Held, held
from scripts.net_oracle.spaces import why_not

PLACE = pathlib.Path(__file__).parents[2] / "tests/engines/tracer/corpus"


def ways(questions: Questions, asked: Asked) -> tuple[str, str]:
    """The way of a probe, every component with what it did, out and back; and the rules that decided."""
    walk = questions.traced(asked).cases.walks[0]
    hops = (*walk.forward, *walk.back)
    way = f"{':' in asked.probe.target} {len(walk.forward)} " + "; ".join(f"{h.kind} {h.reason}" for h in hops)
    return way, "; ".join(h.rule for h in hops)


def chosen(found: Held, seed: int, seen: set[str], most: int) -> list[tuple[Asked, bool]]:
    """The probes to keep, those that go a new way first; empty when the estate shows nothing new."""
    new: dict[tuple[str, str], tuple[Asked, bool]] = {}
    known: dict[tuple[str, str], tuple[Asked, bool]] = {}
    for asked, arrived in found.decided:
        way, rules = ways(found.questions, asked)
        (known if way in seen else new).setdefault((way, rules), (asked, arrived))
    if len({way for way, _ in new}) < (2 if seed < 40 else 4):
        return []
    seen.update(way for way, _ in new)
    good = [pair for pair in known.values() if pair[1]]
    return [*new.values(), *good, *(pair for pair in known.values() if not pair[1])][:most]


def written(case: Case, picked: list[tuple[Asked, bool]]) -> dict[str, Any]:
    """A case as JSON."""
    return {
        "seed": case.seed,
        "sport": case.sport,
        "ports": case.ports,
        "public": case.public,
        "probes": [[a.start, a.goal, a.probe.target, a.probe.port, arrived] for a, arrived in picked],
        "things": case.things,
    }


def text(document: dict[str, Any]) -> str:
    """One line for each probe and each thing."""
    lines = ["{"]
    lines += [f' "{name}": {json.dumps(document[name])},' for name in ("seed", "sport", "ports", "public")]
    probes = ",\n".join(f"  {json.dumps(probe)}" for probe in document["probes"])
    things = ",\n".join(f"  {json.dumps(key)}: {json.dumps(config)}" for key, config in document["things"].items())
    return "\n".join(lines) + f'\n "probes": [\n{probes}\n ],\n "things": {{\n{things}\n }}\n}}\n'


def main() -> int:
    """Write the corpus anew; refuses where packets and tracer differ."""
    reader = argparse.ArgumentParser(prog="net_oracle.record", description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--count", type=int, default=200, help="estates to look at (default 200)")
    reader.add_argument("--estates", type=int, default=32, help="estates to keep at most (default 30)")
    reader.add_argument("--probes", type=int, default=60, help="probes to keep of each at most (default 60)")
    said = reader.parse_args()
    lacking = why_not()
    if lacking:
        print(f"skipped: {lacking}")
        return 0
    PLACE.mkdir(parents=True, exist_ok=True)
    for old in PLACE.glob("estate_*.json"):
        old.unlink()
    seen: set[str] = set()
    kept = 0
    for seed in range(said.count):
        case = generate(seed)
        found = held(case)
        if found.differences:
            print("\n".join(map(str, found.differences)))
            return 1
        picked = chosen(found, seed, seen, said.probes)
        if picked:
            kept += 1
            (PLACE / f"estate_{seed:04}.json").write_text(text(written(case, picked)), encoding="utf-8")
        if kept == said.estates:
            break
    print(f"{kept} estates, {len(seen)} ways")
    return 0


if __name__ == "__main__":
    sys.exit(main())
