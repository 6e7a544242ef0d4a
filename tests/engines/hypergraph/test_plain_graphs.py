"""Dominators and edge cuts of plain graphs equal brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.engines.hypergraph import dominators as room
from nephograph.engines.hypergraph.dominators import dominators
from nephograph.engines.hypergraph.flow import cheapest_edges
from nephograph.engines.hypergraph.graph import rows
from tests.engines.hypergraph.naive import reached, subsets

MANY = settings(max_examples=1_000, deadline=None, derandomize=True)


@st.composite
def graphs(draw: st.DrawFn, most: int = 10) -> list[list[int]]:
    count = draw(st.integers(2, most))
    return [draw(st.lists(st.integers(0, count - 1), max_size=3, unique=True)) for _ in range(count)]


def _by_removal(successors: list[list[int]]) -> dict[int, set[int]]:
    """For each vertex that can be reached, those without which it cannot."""
    whole = reached(successors, [0])
    lost = {one: whole - reached(successors, [0], [one]) for one in whole}
    return {vertex: {one for one in whole if vertex in lost[one] and one != vertex} for vertex in whole}


@MANY
@given(graphs())
def test_dominators_are_what_every_way_passes(successors: list[list[int]]) -> None:
    tree = dominators(rows(successors), 0)
    want = _by_removal(successors)
    for vertex in range(len(successors)):
        assert set(tree.above(vertex)) == want.get(vertex, set())
    sizes = tree.sizes().tolist()
    for vertex, above in want.items():
        assert sizes[vertex] == sum(vertex in other for other in want.values()) + 1
        assert len(tree.above(vertex)) == len(above)


@MANY
@given(graphs())
def test_both_ways_to_compute_them_agree(successors: list[list[int]]) -> None:
    edges = rows(successors)
    assert dominators(edges, 0).parent.tolist() == room._semi_nca(edges, 0).tolist()


def test_a_deep_graph_takes_the_scalar_way() -> None:
    size = 5_000
    tree = dominators(rows([[at + 1] for at in range(size - 1)] + [[]]), 0)
    assert tree.parent.tolist() == [-1, *range(size - 1)]
    assert tree.sizes().tolist() == list(range(size, 0, -1))


@MANY
@given(graphs(most=6), st.data())
def test_the_cheapest_edges(successors: list[list[int]], data: st.DataObject) -> None:
    successors = [targets[:2] for targets in successors]
    edges = [(tail, head) for tail, heads in enumerate(successors) for head in heads]
    price = data.draw(st.lists(st.integers(0, 4), min_size=len(edges), max_size=len(edges)))
    ends = st.lists(st.integers(0, len(successors) - 1), min_size=1, max_size=2, unique=True)
    sources, sinks = data.draw(ends), data.draw(ends)
    found = cheapest_edges(
        rows(successors),
        np.asarray(price, dtype=np.int64),
        np.asarray(sources, dtype=np.int32),
        np.asarray(sinks, dtype=np.int32),
    )

    def parted(cut: tuple[int, ...]) -> bool:
        left = [[] for _ in successors]
        for at, (tail, head) in enumerate(edges):
            if at not in cut:
                left[tail].append(head)
        return reached(left, sources).isdisjoint(sinks)

    priced = [at for at in range(len(edges)) if price[at]]
    cuts = [tuple(priced[at] for at in chosen) for chosen in subsets(len(priced))]
    costs = [sum(price[at] for at in cut) for cut in cuts if parted(cut)]
    assert found.cost == min(costs, default=None)
    if found.cost is not None:
        assert parted(tuple(found.edges.tolist()))


@pytest.mark.parametrize("room_for_all", [1, 10])
def test_many_ways_that_share_one_edge_cost_that_edge(room_for_all: int) -> None:
    # 0 -> 1..8 -> 9 -> 10: the narrow edge is the last one, unless it is dear.
    successors = [list(range(1, 9)), *([[9]] * 8), [10], []]
    price = np.asarray([1] * 16 + [room_for_all], dtype=np.int64)
    ends = np.asarray([0], dtype=np.int32), np.asarray([10], dtype=np.int32)
    assert cheapest_edges(rows(successors), price, *ends).cost == min(room_for_all, 8)
