"""Nothing an answer rests on is a name, a number, a file or a module: rewritten trees get the same answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from example_answers import findings, graph, opened, proof, techniques
from example_estates import GOLDEN, WORDS, estate_trees
from hcl_move import flatten, into_module
from hcl_rewrite import Rewrite, rename, renumber, shuffle
from hcl_text import Tree

from nephograph.session import Session

SHOP = estate_trees()["shop"]
ROOT_OF_SHOP = ["aws_kms_key.main", "aws_kms_alias.main", "aws_security_group.break_glass", "aws_route53_record.shop"]

Change = Callable[[Tree, int], Rewrite]

CHANGES: dict[str, Change] = {
    "names of things in the code": rename,
    "names, numbers and addresses in the cloud": lambda tree, seed: renumber(tree, seed, WORDS["shop"]),
    "files and order": shuffle,
    "into a module": lambda tree, _: into_module(tree, ROOT_OF_SHOP, "extra", "aws.shop"),
    "into a module of the other account": lambda tree, _: into_module(
        tree, ["aws_s3_account_public_access_block.data"], "defaults", "aws.data"
    ),
    "bastion into the root": lambda tree, _: flatten(tree, "bastion"),
    "app into the root": lambda tree, _: flatten(tree, "app"),
    "database into the root": lambda tree, _: flatten(tree, "database"),
}


def everything(tree: Tree, seed: int) -> Rewrite:
    """All changes one after the other; moves first, because they speak of the first names."""
    order = [n for n in CHANGES if n.startswith(("into", "bastion", "app", "database"))]
    order += [n for n in CHANGES if n not in order]
    steps = []
    for name in order:
        tree, address = CHANGES[name](tree, seed)
        steps.append(address)

    def last(place: str) -> str:
        for address in steps:
            place = address(place)
        return place

    return tree, last


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return opened(SHOP, tmp_path_factory.mktemp("shop"))


CASES = [
    *((name, change, seed) for name, change in CHANGES.items() for seed in ((1, 2) if change is rename else (1,))),
    *(("everything", everything, seed) for seed in (1, 2, 3)),
]


@pytest.mark.parametrize(("name", "change", "seed"), CASES, ids=[f"{name}, {seed}" for name, _, seed in CASES])
def test_a_rewritten_estate_gets_the_same_answers(
    shop: Session, name: str, change: Change, seed: int, tmp_path: Path
) -> None:
    tree, address = change(SHOP, seed)
    session = opened(tree, tmp_path)

    coverage, before = session.ask("check").coverage, shop.ask("check").coverage
    assert (coverage.seen, coverage.evaluated) == (before.seen, before.evaluated)
    resources, edges = graph(shop)
    assert graph(session) == (
        {(kind, address(place)) for kind, place in resources},
        {(address(a), edge, address(b)) for a, edge, b in edges},
    )
    assert findings(session) == {(code, verdict, address(place)) for code, verdict, place in findings(shop)}
    assert techniques(session) == {
        tuple((address(a), edge, address(b)) for a, edge, b in path) for path in techniques(shop)
    }
    for decoy in GOLDEN["decoys"]:
        assert proof(session, decoy["proof"], address) == decoy["proof"]["answer"], decoy["name"]


def test_there_is_something_to_lose(shop: Session) -> None:
    """The comparisons above would hold of empty answers too."""
    assert len(techniques(shop)) >= len(GOLDEN["paths"])
    assert len(findings(shop)) >= len(GOLDEN["findings"])
