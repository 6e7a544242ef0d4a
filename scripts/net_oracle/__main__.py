"""Hold the tracer against packets: `python -m scripts.net_oracle --count 300 --from 0`.

Every seed is an estate of its own; a run is continued by the seed it stopped at. Exit 1 when a probe differs, 0 when
none does or when this machine cannot run namespaces (and says why).
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter

from scripts.net_oracle.generate import generate
from scripts.net_oracle.run import held
from scripts.net_oracle.spaces import why_not


def main() -> int:
    """Run the seeds and print the counts."""
    reader = argparse.ArgumentParser(prog="net_oracle", description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--count", type=int, default=20, help="estates (default 20)")
    reader.add_argument("--from", dest="first", type=int, default=0, help="the first seed (default 0)")
    reader.add_argument("--show", action="store_true", help="a line for every estate")
    said = reader.parse_args()
    lacking = why_not()
    if lacking:
        print(f"skipped: {lacking}")
        return 0
    total: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    different = 0
    for seed in range(said.first, said.first + said.count):
        case = generate(seed)
        found = held(case)
        total += found.counts
        kinds.update({key.partition(".")[0].removeprefix("aws_") for key in case.things})
        different += len(found.differences)
        for one in found.differences[:5]:
            print(one, flush=True)
        if said.show:
            print(f"seed {seed}: {dict(found.counts)}, {len(found.differences)} differences", flush=True)
        elif (seed - said.first) % 25 == 24:
            print(
                f"… {seed - said.first + 1} estates, {total['yes'] + total['no']} probes", file=sys.stderr, flush=True
            )
    used = time.process_time() + sum(os.times()[2:4])
    print(f"estates {said.count} (seeds {said.first} to {said.first + said.count - 1}); CPU {used:.0f} s")
    print(
        f"probes {total['yes'] + total['no']}: {total['yes']} arrived, {total['no']} did not; {different} disagreements"
    )
    print(f"left open by the tracer (a port nobody chose), not counted: {total['open']}")
    print("estates with: " + ", ".join(f"{name} {count}" for name, count in sorted(kinds.items())))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
