"""Closure, single failures, cuts and hitting sets equal brute force on random hypergraphs with cycles and quorums."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nephograph.engines.hypergraph.alone import alone
from nephograph.engines.hypergraph.cut import cheapest_cut, derivation, severed
from nephograph.engines.hypergraph.derive import derive, relevant
from nephograph.engines.hypergraph.failures import Single, failures
from nephograph.engines.hypergraph.graph import Hypergraph, Ints, hypergraph
from nephograph.engines.hypergraph.hitting import cheapest_hit
from tests.engines.hypergraph.naive import Drawn, derived, subsets

MANY = settings(max_examples=1_000, deadline=None, derandomize=True)
FEWER = settings(max_examples=400, deadline=None, derandomize=True)


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    atoms = draw(st.integers(1, 10))
    atom = st.integers(0, atoms - 1)
    premises = st.lists(atom, max_size=4, unique=True)
    moves = draw(st.lists(st.tuples(atom, premises), max_size=20))
    quorum = draw(st.booleans())
    needs = [draw(st.integers(0, len(p))) if quorum else len(p) for _, p in moves]
    return Drawn(atoms, moves, needs, draw(st.lists(atom, max_size=2, unique=True)))


def singles(graph: Drawn, most: int) -> st.SearchStrategy[list[Single]]:
    atoms = st.lists(st.integers(0, graph.atoms - 1), max_size=2, unique=True)
    moves = st.lists(st.integers(0, len(graph.moves) - 1), max_size=3, unique=True) if graph.moves else st.just([])
    return st.lists(st.builds(Single, atoms, moves), max_size=most)


def built(graph: Drawn) -> tuple[Hypergraph, Ints]:
    return hypergraph(graph.atoms, graph.moves, graph.needs), numpy(graph.given)


def numpy(items: list[int]) -> Ints:
    return np.asarray(items, dtype=np.int32)


CIRCLE = Drawn(3, [(1, [0]), (2, [1]), (1, [2])], [1, 1, 1], [0])
"""Two atoms that hold each other up once the first is reached: without it both are lost."""


@MANY
@given(drawn())
@example(CIRCLE)
def test_everything_that_follows(graph: Drawn) -> None:
    found = derive(*built(graph))
    assert set(np.flatnonzero(found.holds).tolist()) == derived(graph)


@MANY
@given(drawn(), st.data())
def test_all_single_failures_at_once(graph: Drawn, data: st.DataObject) -> None:
    chosen = data.draw(singles(graph, most=8)) * data.draw(st.sampled_from([1, 1, 9]))  # more than one word of bits
    whole = derived(graph)
    seen = 0
    for lost in failures(*built(graph), chosen):
        for at, count in enumerate(lost.counts()):
            single = chosen[lost.first + at]
            want = whole - derived(graph, single.atoms, single.moves)
            assert set(lost.by(lost.first + at).tolist()) == want
            assert count == len(want)
            assert all((lost.first + at in lost.ending(atom)) == (atom in want) for atom in range(graph.atoms))
            seen += 1
    assert seen == len(chosen)


@MANY
@given(drawn(), st.data())
def test_what_each_start_reaches_alone(graph: Drawn, data: st.DataObject) -> None:
    heads = data.draw(st.lists(st.integers(0, graph.atoms - 1), max_size=5)) * data.draw(st.sampled_from([1, 1, 14]))
    first = len(graph.moves)
    whole = graph._replace(moves=[*graph.moves, *((head, []) for head in heads)], needs=graph.needs + [0] * len(heads))
    places = range(first, len(whole.moves))
    seen = 0
    for reached in alone(*built(whole), places):
        for start in range(reached.first, reached.first + reached.size):
            want = derived(whole, (), {place for place in places if place != first + start})
            assert set(reached.by(start).tolist()) == want
            assert all((start in reached.reaching(atom)) == (atom in want) for atom in range(graph.atoms))
            seen += 1
    assert seen == len(heads)


def test_a_circle_does_not_keep_itself_alive() -> None:
    (lost,) = failures(*built(CIRCLE), [Single(moves=[0])])
    assert lost.by(0).tolist() == [1, 2]


def test_two_of_three_zones_hold_until_two_are_lost() -> None:
    graph = Drawn(4, [(3, [0, 1, 2])], [2], [0, 1, 2])
    (lost,) = failures(*built(graph), [Single([0]), Single([0, 1])])
    assert [lost.by(0).tolist(), lost.by(1).tolist()] == [[0], [0, 1, 3]]


@FEWER
@given(drawn(), st.data())
def test_the_cheapest_cut(graph: Drawn, data: st.DataObject) -> None:
    changes = data.draw(singles(graph, most=6))
    cost = data.draw(st.lists(st.integers(1, 5), min_size=len(changes), max_size=len(changes)))
    targets = data.draw(st.lists(st.integers(0, graph.atoms - 1), min_size=1, max_size=3, unique=True))
    prices = []
    for chosen in subsets(len(changes)):
        atoms = {atom for one in chosen for atom in changes[one].atoms}
        moves = {move for one in chosen for move in changes[one].moves}
        if derived(graph, atoms, moves).isdisjoint(targets):
            prices.append(sum(cost[one] for one in chosen))
    cut = cheapest_cut(*built(graph), numpy(targets), changes, cost)
    if prices:
        assert cut.uncut is None
        assert cut.cost == cut.bound == min(prices)
        atoms = {atom for one in cut.chosen for atom in changes[one].atoms}
        moves = {move for one in cut.chosen for move in changes[one].moves}
        assert derived(graph, atoms, moves).isdisjoint(targets)
    else:
        assert cut.uncut is not None


@FEWER
@given(drawn())
def test_a_derivation_stands_on_its_own(graph: Drawn) -> None:
    made, start = built(graph)
    found = derive(made, start)
    for atom in np.flatnonzero(found.holds).tolist():
        moves, atoms = derivation(made, start, found, atom)
        alone = derived(graph, without_moves=set(range(len(graph.moves))) - set(moves))
        assert atom in alone
        assert set(atoms) <= derived(graph)


@FEWER
@given(drawn(), st.data())
def test_what_is_not_relevant_changes_nothing(graph: Drawn, data: st.DataObject) -> None:
    targets = data.draw(st.lists(st.integers(0, graph.atoms - 1), min_size=1, max_size=3, unique=True))
    made, start = built(graph)
    atoms, moves = relevant(made, derive(made, start), numpy(targets))
    without_moves = set(np.flatnonzero(~moves).tolist())
    assert derived(graph, (), without_moves) & set(targets) == derived(graph) & set(targets)
    assert set(np.flatnonzero(atoms).tolist()) <= derived(graph)


@FEWER
@given(drawn(), st.data())
def test_pairs_a_change_severs(graph: Drawn, data: st.DataObject) -> None:
    (change,) = data.draw(singles(graph, most=1).filter(lambda found: len(found) == 1))
    entries = [[atom] for atom in range(graph.atoms)]
    targets = list(range(graph.atoms))
    pairs = before = 0
    for entry in entries:
        alone = graph._replace(given=entry)
        before += len(derived(alone))
        pairs += len(derived(alone) - derived(alone, change.atoms, change.moves))
    made, _ = built(graph)
    assert severed(made, [numpy(entry) for entry in entries], numpy(targets), [change]) == (before, pairs)


@MANY
@given(st.data())
def test_the_cheapest_hitting_set(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 7))
    element = st.integers(0, count - 1)
    sets = data.draw(st.lists(st.frozensets(element, min_size=1), max_size=8))
    cost = dict(enumerate(data.draw(st.lists(st.integers(1, 4), min_size=count, max_size=count))))
    found = cheapest_hit(sets, cost)
    assert found is not None
    hitting = [chosen for chosen in subsets(count) if all(not one.isdisjoint(chosen) for one in sets)]
    best = min(hitting, key=lambda chosen: (sum(cost[one] for one in chosen), len(chosen), chosen))
    assert found.chosen == best
    assert found.bound == found.cost


def test_an_empty_set_cannot_be_hit() -> None:
    assert cheapest_hit([frozenset({0}), frozenset()], {0: 1}) is None


def test_a_search_that_is_ended_early_says_what_it_does_not_know() -> None:
    ring = [frozenset({at, (at + 1) % 9}) for at in range(9)]
    found = cheapest_hit(ring, dict.fromkeys(range(9), 1), nodes=1)
    assert found is not None
    assert all(not one.isdisjoint(found.chosen) for one in ring)
    assert found.bound <= 5 <= found.cost


def test_a_long_chain_and_a_wide_fan_are_linear() -> None:
    size = 20_000
    chain = hypergraph(size, [(at + 1, [at]) for at in range(size - 1)])
    assert int(derive(chain, numpy([0])).level[-1]) == size - 1
    (lost,) = failures(chain, numpy([0]), [Single([size // 2])])
    assert lost.counts() == [size // 2]
    fan = hypergraph(size, [(at, [0]) for at in range(1, size)])
    assert int(derive(fan, numpy([0])).holds.sum()) == size


@pytest.mark.parametrize(
    ("moves", "needs"), [([(3, [0])], None), ([(0, [3])], None), ([(0, [1])], [2]), ([(0, [1])], [-1])]
)
def test_a_graph_that_makes_no_sense_is_refused(moves: list[tuple[int, list[int]]], needs: list[int] | None) -> None:
    with pytest.raises(ValueError, match=r"premise|head"):
        hypergraph(2, moves, needs)
