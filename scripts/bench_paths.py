"""The AND-OR engine at a million atoms and ten million moves, beside scipy and rustworkx in the same run.

    make bench-paths                       # NODES=1000000 EDGES=10000000 ROUNDS=3

Every line is user CPU of one thread, the least of the rounds; the peers run on the same graph, in an environment of
their own, and answer the same question (what they count stands beside the time). The graph is random with a skew: few
atoms are needed by many moves, as few roles and keys are by many workloads. Failures are asked of a second graph, of
services that need others (AND), any of some (OR) or two of three (quorum), in 64 zones, keys and roles that can fail,
and of every vertex of the first by its dominator tree.
"""

from __future__ import annotations

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from typing import Any

import numpy as np

from nephograph.engines.hypergraph.derive import derive
from nephograph.engines.hypergraph.dominators import dominators
from nephograph.engines.hypergraph.failures import Single, failures
from nephograph.engines.hypergraph.flow import cheapest_edges
from nephograph.engines.hypergraph.graph import Hypergraph, Rows, from_arrays

ROOT = pathlib.Path(__file__).resolve().parents[1]
NODES = int(os.environ.get("NODES", "1000000"))
EDGES = int(os.environ.get("EDGES", "10000000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SERVICES = 700_000
ENTRIES = 64

PEERS = """
import json, sys, time
import numpy as np
start, items, price = (np.load(f"{sys.argv[1]}/{name}.npy") for name in ("start", "items", "price"))
count, entries, rounds = len(start) - 1, int(sys.argv[2]), int(sys.argv[3])
found = {}
def least(name, work):
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        answer = work()
        times.append(time.process_time() - begun)
    found[name] = [min(times), answer]
tail = np.repeat(np.arange(count, dtype=np.int32), np.diff(start))
try:
    import scipy.sparse as sparse
    from scipy.sparse import csgraph
    plain = sparse.csr_matrix((np.ones(len(items), dtype=np.int8), items, start), shape=(count, count))
    # One more vertex in front of all entries: scipy walks from one.
    front = sparse.csr_matrix((np.ones(entries, dtype=np.int8), np.arange(entries), [0, entries]), shape=(1, count))
    whole = sparse.hstack([sparse.vstack([plain, front]), sparse.csr_matrix((count + 1, 1), dtype=np.int8)]).tocsr()
    least("scipy reach", lambda: len(csgraph.breadth_first_order(whole, count, return_predecessors=False)) - 1)
    big = np.int32(10**6)
    ends = np.arange(count - entries, count)
    rows = np.concatenate((tail, np.full(entries, count), ends)).astype(np.int32)
    cols = np.concatenate((items, np.arange(entries), np.full(entries, count + 1))).astype(np.int32)
    data = np.concatenate((price, np.full(2 * entries, big))).astype(np.int32)
    capacity = sparse.csr_matrix((data, (rows, cols)), shape=(count + 2, count + 2))
    least("scipy cut", lambda: int(csgraph.maximum_flow(capacity, count, count + 1).flow_value))
except ImportError:
    pass
try:
    import rustworkx
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(count + 1))
    graph.extend_from_edge_list(list(zip(tail.tolist(), items.tolist())))
    graph.extend_from_edge_list([(count, entry) for entry in range(entries)])
    least("rustworkx reach", lambda: len(rustworkx.descendants(graph, count)))
    least("rustworkx dominators", lambda: len(rustworkx.immediate_dominators(graph, count)))
except ImportError:
    pass
print(json.dumps(found))
"""


def main() -> int:
    """Print every figure."""
    rng = np.random.default_rng(20)
    edges, price = skewed(rng)
    first = np.arange(ENTRIES, dtype=np.int32)
    print(f"{NODES:,} atoms, {EDGES:,} moves of one premise; least of {ROUNDS}, CPU seconds of one thread\n")
    lines: dict[str, tuple[float, str, float | None]] = {}

    def measured(name: str, work: Callable[[], Any], told: Callable[[Any], str], bar: float | None = None) -> Any:
        times, answer = [], None
        for _ in range(ROUNDS):
            begun = time.process_time()
            answer = work()
            times.append(time.process_time() - begun)
        lines[name] = (min(times), told(answer), bar)
        return answer

    graph = measured("load (index both ways)", lambda: as_moves(edges), lambda g: f"{g.moves:,} moves")
    measured("reach", lambda: derive(graph, first), lambda d: f"{int(d.holds.sum()):,} atoms from {ENTRIES}", 1.0)
    measured(
        "blast radius of one", lambda: derive(graph, first[:1]), lambda d: f"{int(d.holds.sum()):,} atoms from one", 1.0
    )
    fronted = in_front(edges)
    tree = measured("dominators", lambda: dominators(fronted, NODES), lambda t: f"{int((t.parent >= 0).sum()):,}", 5.0)
    measured(
        "one vertex lost, for every vertex",
        tree.sizes,
        lambda sizes: f"the worst of {NODES:,} cuts off {int(np.sort(sizes)[-2]):,}",
    )
    last = np.arange(NODES - ENTRIES, NODES, dtype=np.int32)
    measured("cheapest cut", lambda: cheapest_edges(edges, price, first, last), lambda c: f"cost {c.cost:,}", 20.0)
    services, given, singles = resilience(rng)
    measured(
        "64 failures of 700,000 services",
        lambda: [lost.counts() for lost in failures(services, given, singles)],
        lambda counts: f"{services.moves:,} moves; the worst ends {max(max(one) for one in counts):,}",
    )
    for name, (seconds, told, bar) in lines.items():
        aim = "" if bar is None else f"   target {bar:g} s: {'met' if seconds <= bar else 'NOT met'}"
        print(f"  {name:34}{seconds:8.2f} s   {told}{aim}")
    print(f"\n  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
    beside(edges, price)
    return 0


def skewed(rng: np.random.Generator) -> tuple[Rows, Any]:
    """Successors of each atom, and what each edge costs to cut."""
    tails = np.sort(rng.integers(0, NODES, EDGES))
    heads = (NODES * rng.random(EDGES) ** 1.5).astype(np.int32)
    rng.shuffle(heads)
    start = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(tails, minlength=NODES))))
    return Rows(start, heads), rng.integers(1, 10, EDGES)


def as_moves(edges: Rows) -> Hypergraph:
    """Each edge as a move of one premise."""
    tails = np.repeat(np.arange(NODES, dtype=np.int32), np.diff(edges.start))
    return from_arrays(NODES, edges.items, Rows(np.arange(EDGES + 1, dtype=np.int64), tails))


def in_front(edges: Rows) -> Rows:
    """The graph with one more vertex before all entries: dominators have one root."""
    start = np.concatenate((edges.start, [edges.start[-1] + ENTRIES]))
    return Rows(start, np.concatenate((edges.items, np.arange(ENTRIES, dtype=np.int32))))


def resilience(rng: np.random.Generator) -> tuple[Hypergraph, Any, list[Single]]:
    """Services of ten tiers, each needing some of the tier before and one or several of 64 zones, keys and roles."""
    roots = 64
    total = roots + SERVICES
    tier = SERVICES // 10
    premises, sizes, needs = [], np.full(SERVICES, 3, dtype=np.int64), np.full(SERVICES, 3, dtype=np.int32)
    for at in range(10):
        low, high = (0, roots) if at == 0 else (roots + (at - 1) * tier, roots + at * tier)
        part = rng.integers(low, high, (tier, 3))
        part[:, 2] = np.where(rng.random(tier) < 0.1, rng.integers(0, roots, tier), part[:, 2])
        # Distinct premises: a clash moves on by one.
        part[:, 1] = np.where(part[:, 1] == part[:, 0], low + (part[:, 1] - low + 1) % (high - low), part[:, 1])
        clash = (part[:, 2] == part[:, 0]) | (part[:, 2] == part[:, 1])
        part[:, 2] = np.where(clash, roots - 1 - (part[:, 2] % (roots // 2)), part[:, 2])
        premises.append(part)
    kind = rng.random(SERVICES)
    needs[kind < 0.5] = 1
    needs[kind < 0.3] = 3
    needs[kind >= 0.995] = 2
    items = np.concatenate(premises).astype(np.int32).ravel()
    start = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
    head = np.arange(roots, total, dtype=np.int32)
    graph = from_arrays(total, head, Rows(start, items), needs)
    return graph, np.arange(roots, dtype=np.int32), [Single([at]) for at in range(roots)]


def beside(edges: Rows, price: Any) -> None:
    """The peers on the same graph."""
    place = ROOT / ".bench" / "graphs"
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
        command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "numpy", "scipy", "rustworkx"]
        if subprocess.run(command, check=False).returncode:
            print("  scipy, rustworkx: skipped, they could not be installed here")
            return
    with tempfile.TemporaryDirectory() as folder:
        for name, array in (("start", edges.start), ("items", edges.items), ("price", price)):
            np.save(f"{folder}/{name}.npy", array)
        command = [str(python), "-c", PEERS, folder, str(ENTRIES), str(min(ROUNDS, 2))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  the peers failed: {done.stderr.strip().splitlines()[-1]}")
        return
    print()
    for name, (seconds, answer) in json.loads(done.stdout).items():
        print(f"  {name:34}{seconds:8.2f} s   {answer:,}")


if __name__ == "__main__":
    sys.exit(main())
