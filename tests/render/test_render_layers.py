"""The layered drawing: nothing overlaps, everything points right, nothing is lost."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET

import msgspec
import sample_answers as sample
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.model.answer import Answer, Arrow, AttackPath, Drawing, Node, Step, Subject
from nephograph.render import Style, render
from nephograph.render._graph import MOST_NODES, Picture, from_paths, picture
from nephograph.render._layers import Layout, Place, lay_out
from nephograph.render._pen import Pen
from nephograph.render._ranks import rank
from nephograph.render._text_drawing import chain
from nephograph.render.svg import draw

NAMES = [f"n{index}" for index in range(9)]
graphs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=16, unique=True)
limits = st.sampled_from([300.0, 700.0, 1e9])


def layout_of(edges: list[tuple[str, str]], limit: float) -> Layout:
    sizes = {name: (120.0, 40.0 + 20 * (index % 3)) for index, name in enumerate(NAMES)}
    labels = [(0.0, 0.0) if index % 3 == 2 else (60.0 + index, 20.0) for index in range(len(edges))]
    return lay_out(sizes, edges, labels, limit)


def apart(a: Place, b: Place) -> bool:
    return (
        a.x + a.w <= b.x + 0.01
        or b.x + b.w <= a.x + 0.01
        or a.y + a.h / 2 <= b.y - b.h / 2 + 0.01
        or b.y + b.h / 2 <= a.y - a.h / 2 + 0.01
    )


@settings(deadline=None)
@given(graphs, limits)
def test_boxes_and_labels_never_overlap(edges: list[tuple[str, str]], limit: float) -> None:
    layout = layout_of(edges, limit)
    assert set(layout.nodes) == set(NAMES)
    labels = [place for route in layout.routes for item, place in route if item.labelled]
    for a, b in itertools.combinations([*layout.nodes.values(), *labels], 2):
        assert apart(a, b)


@settings(deadline=None)
@given(graphs)
def test_edges_point_right_unless_they_close_a_cycle(edges: list[tuple[str, str]]) -> None:
    layout = layout_of(edges, 1e9)
    for index, (source, target) in enumerate(edges):
        a, b = layout.nodes[source], layout.nodes[target]
        if index in layout.loops:
            assert source == target
        elif index in layout.backward:
            assert b.x + b.w < a.x
        else:
            assert a.x + a.w < b.x


@settings(deadline=None)
@given(graphs)
def test_an_acyclic_graph_has_no_backward_edge(edges: list[tuple[str, str]]) -> None:
    forward = [(a, b) for a, b in edges if a < b]
    ranked = rank(NAMES, forward)
    assert not ranked.backward
    assert not ranked.loops


def test_a_tree_has_no_crossing_and_its_parent_stands_in_the_middle() -> None:
    edges = [("r", name) for name in "abcdefg"]
    layout = lay_out(dict.fromkeys("rabcdefg", (100.0, 40.0)), edges, [(40.0, 20.0)] * 7, 1e9)
    ys = [layout.nodes[name].y for name in "abcdefg"]
    assert abs(layout.nodes["r"].y - (min(ys) + max(ys)) / 2) < 1
    order = sorted("abcdefg", key=lambda name: layout.nodes[name].y)
    middles = [layout.routes["abcdefg".index(name)][1][1].y for name in order]
    assert middles == sorted(middles)


def test_a_long_chain_is_folded_into_bands_no_wider_than_asked() -> None:
    names = [f"n{index}" for index in range(12)]
    edges = list(itertools.pairwise(names))
    layout = lay_out(dict.fromkeys(names, (150.0, 50.0)), edges, [(80.0, 20.0)] * 11, 900.0)
    assert layout.width <= 900
    assert len(layout.turns) == 3
    rows = sorted({round(place.y) for place in layout.nodes.values()})
    assert len(rows) == 4


def test_paths_share_their_nodes_and_their_equal_steps() -> None:
    drawing = from_paths(sample.THREE.paths).drawing
    ids = [node.id for node in drawing.nodes]
    assert len(ids) == len(set(ids)) == 9
    assert len(drawing.arrows) == 9
    tones = {node.id: node.tone for node in drawing.nodes}
    assert [identity for identity, tone in tones.items() if tone == "target"] == ["urn:bucket", "urn:secret"]
    assert [identity for identity, tone in tones.items() if tone == "entry"] == ["internet", "urn:gh"]


def test_a_step_proven_on_one_path_is_not_drawn_as_open() -> None:
    step = sample.READ_SECRET
    proven = AttackPath("a", "a", sample.WEB_ROLE, sample.SECRET, (sample.ASSUME, _proven()))
    opened = AttackPath("b", "b", sample.WEB_ROLE, sample.SECRET, (step,), "depends")
    for paths in ([proven, opened], [opened, proven]):
        (arrow,) = [arrow for arrow in from_paths(paths).drawing.arrows if arrow.target == "urn:secret"]
        assert arrow.tone == ""
    (arrow,) = from_paths([opened]).drawing.arrows
    assert arrow.tone == "depends"


def _proven() -> Step:
    return msgspec.structs.replace(sample.READ_SECRET, verdict="yes", depends_on=())


def test_more_than_can_be_read_is_counted_not_drawn() -> None:
    shown = from_paths(sample.fan(200).paths)
    assert len(shown.drawing.nodes) <= MOST_NODES
    assert shown.left_out == f"{200 - (MOST_NODES - 3)} more paths not drawn"
    assert shown.left_out in render("svg", sample.fan(200), Style())


def test_a_path_without_end_is_cut_and_the_cut_is_said() -> None:
    boxes = [Subject(f"urn:{n}", "k", f"a{n}") for n in range(2001)]
    steps = tuple(Step(a, b, "e", "t") for a, b in itertools.pairwise(boxes))
    shown = from_paths([AttackPath("p", "p", boxes[0], boxes[-1], steps)])
    assert len(shown.drawing.nodes) == MOST_NODES
    assert shown.left_out == f"{2000 - (MOST_NODES - 2):,} more steps not drawn"


def test_boxes_and_arrows_of_a_drawing_that_do_not_fit_are_counted() -> None:
    arrows = tuple(Arrow(f"a{n}", f"b{n % 7}", str(n)) for n in range(400))
    shown = picture(Answer(command="x", blocks=(Drawing((), arrows, "big"),)))
    assert len(shown.drawing.nodes) == 2 * MOST_NODES
    assert (
        shown.left_out
        == f"{407 - 2 * MOST_NODES} more boxes and {400 - len(shown.drawing.arrows)} more arrows not drawn"
    )


def test_every_name_and_label_can_be_read_in_full() -> None:
    long = "a-very-long-name-of-a-bucket-that-does-not-fit-into-any-box-of-this-picture-at-all"
    drawing = Drawing((Node("a", long), Node("b", "b")), (Arrow("a", "b", long),))
    root = ET.fromstring(draw(Picture(drawing)))
    titles = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert sum(long in title for title in titles) == 3


def test_loops_cycles_and_the_empty_drawing_are_drawn() -> None:
    cycle = Drawing(
        (Node("a", "a"), Node("b", "b")), (Arrow("a", "b"), Arrow("b", "a", "back"), Arrow("a", "a", "self"))
    )
    root = ET.fromstring(draw(Picture(cycle)))
    wires = [e for e in root.iter() if e.get("class") == "wire"]
    assert len(wires) == 3
    ET.fromstring(draw(Picture(Drawing((), ()))))


@given(st.integers(20, 160), st.booleans())
def test_the_chain_of_a_path_fits_and_names_every_box(width: int, unicode: bool) -> None:
    width = max(width, 38)
    lines = chain(Pen(Style(width=width, unicode=unicode)), sample.LONG_PATH, width)
    assert all(sample.columns(line) <= width for line in lines)
    drawn = "\n".join(lines)
    for name in ("internet", "web-a", "deploy", "break-glass-admin", "shop-customers", "tcp/22", "s3:GetObject"):
        assert name in drawn
