"""Edge arrays against the edges themselves, and walks against a walk by hand."""

from __future__ import annotations

import pathlib
import random
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nephograph.estate.store import graph, packed
from nephograph.estate.store.contents import About, Contents, EdgeColumns, Record
from nephograph.estate.store.reader import Store
from tests.estate.store import made
from tests.estate.store.estates import write

pairs = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=30)


def arrays(edges: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    table = np.array(edges, np.uint32).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def walked(kinds: list[list[tuple[int, int]]], starts: list[int], count: int) -> list[int]:
    seen = set(starts)
    for _ in range(count):
        seen |= {target for edges in kinds for source, target in edges if source in seen}
    return sorted(seen)


@given(pairs)
def test_neighbours(edges: list[tuple[int, int]]) -> None:
    csr = graph.build(*arrays(edges))
    for node in range(15):
        assert csr.neighbours(node).tolist() == sorted(t for s, t in edges if s == node)
    for nodes in ([], [3], [1, 5, 12], [0, 14]):
        found = csr.gather(np.array(nodes, np.uint32)).tolist()
        assert found == [t for n in nodes for t in sorted(t for s, t in edges if s == n)]


@given(pairs, pairs, st.integers(1, 12), st.integers(0, 4))
def test_hops_and_reach(one: list[tuple[int, int]], other: list[tuple[int, int]], start: int, count: int) -> None:
    kinds = [graph.build(*arrays(one)), graph.build(*arrays(other))]
    assert graph.hops(kinds, start, count, 12).tolist() == walked([one, other], [start], count)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graph, "_FEW", -1)
        assert graph.hops(kinds, start, count, 12).tolist() == walked([one, other], [start], count)
    assert graph.reach(kinds, [start, 2], 12).tolist() == walked([one, other], [start, 2], 12)
    assert graph.reach(kinds, [], 12).tolist() == []


@given(pairs, pairs, st.lists(st.integers(1, 12), max_size=2))
def test_what_is_reached_is_the_same_from_either_side(
    one: list[tuple[int, int]], other: list[tuple[int, int]], starts: list[int]
) -> None:
    kinds = [graph.build(*arrays(edges)) for edges in (one, other)]
    backs = [graph.build(*arrays(edges)[::-1]) for edges in (one, other)]
    found = walked([one, other], starts, 99)
    with pytest.MonkeyPatch.context() as patch:
        for pull, left in ((0, None), (0, -1.0)):
            patch.setattr(graph, "_PULL", pull)
            if left is not None:
                patch.setattr(graph, "_left", lambda *_: -1.0)
            patch.setattr(graph, "_CHUNK", 2)
            patch.setattr(graph, "_FEW", -1)
            assert graph.reach(kinds, starts, 12, backs.__getitem__).tolist() == found


@given(st.lists(st.integers(0, (1 << 32) - 1) | st.integers(70_000, 200_000), max_size=40), st.data())
def test_packed_ids_are_read_alone_and_together(ids: list[int], data: st.DataObject) -> None:
    given_ids = np.array(ids, np.uint32)
    made_of = packed.pack(given_ids)
    content = np.concatenate([plane.view(np.uint8) for plane in made_of.planes])
    found = packed.opened(content, len(ids), made_of.low, made_of.bits)
    assert len(found) == len(ids)
    for at in data.draw(st.lists(st.integers(0, len(ids) - 1), max_size=3)) if ids else ():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(packed, "_WHOLE", 0)
            assert found.part(at, min(at + 2, len(ids))).tolist() == ids[at : at + 2]
    assert found.whole.tolist() == ids
    assert found.at(np.arange(len(ids))).tolist() == ids


def test_the_arrays_are_the_edges_in_both_directions_after_every_load(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    for seed in (1, 2, 2, 3):
        write(path, made.contents(seed))
        estate = made.estate(seed)
        with Store.open(path) as store:
            for kind in store.edge_kinds():
                for direction in ("out", "in"):
                    there = defaultdict(list)
                    for edge in estate.edges:
                        if edge.kind == kind:
                            ends = (edge.source, edge.target) if direction == "out" else (edge.target, edge.source)
                            there[ends[0]].append(ends[1])
                    csr = store.csr(kind, direction)
                    for urn in estate.resources:
                        assert sorted(store.urns(csr.neighbours(store.entity(urn)))) == sorted(there[urn])
            start = next(iter(estate.resources))
            links = [[(e.source, e.target) for e in estate.edges]]
            everywhere = walked(links, [start], 99)  # type: ignore[arg-type, list-item]
            assert sorted(store.urns(store.reach([start]))) == everywhere
            assert sorted(store.urns(store.hops(start, 1))) == walked(links, [start], 1)  # type: ignore[arg-type, list-item]


def test_edges_given_as_columns(tmp_path: pathlib.Path) -> None:
    dice = random.Random(1)
    records = [
        Record(
            urn=f"u{n}", kind="x", native="x", cls="generic", provider="", account="", region="", root="", address=""
        )
        for n in range(50)
    ]
    ends = [(dice.randrange(51), dice.randrange(51)) for _ in range(200)]
    source, target = arrays(ends)
    where = np.array([dice.randrange(2) for _ in ends], np.uint32)
    edges = [
        EdgeColumns(kind="a", source=source, target=target, said_by="target", paths=(("f",), ("g", 0)), path=where),
        EdgeColumns(kind="b", source=source, target=target, said_by="nobody"),
        EdgeColumns(kind="c", source=source, target=target),
    ]
    contents = Contents(about=About(taken="2026-01-01T00:00:00Z"), resources=records, edges=edges, others=["u50"])
    info = write(tmp_path / "estate.neph", contents)
    assert (info.resources, info.edges) == (50, 600)
    with Store.open(tmp_path / "estate.neph") as store:
        said = {"a": lambda s, t: f"u{t}", "b": lambda s, t: None, "c": lambda s, t: f"u{s}"}
        for kind, by in said.items():
            found = sorted(
                map(repr, store.query(f"SELECT source, target, said_by, field FROM edge WHERE kind = '{kind}'"))
            )
            fields = [("f", "g.0")[w] if kind == "a" else "" for w in where.tolist()]
            assert found == sorted(
                repr((f"u{s}", f"u{t}", by(s, t), field)) for (s, t), field in zip(ends, fields, strict=True)
            )
