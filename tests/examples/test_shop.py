"""The sample estate's golden answer: its paths, its findings, and why each decoy is quiet."""

from pathlib import Path
from typing import Any

import pytest
from example_answers import findings, opened, paths, proof
from example_estates import GOLDEN, estate_trees

from nephograph.model.answer import Finding, Severity
from nephograph.session import Session

DECOYS: list[dict[str, Any]] = GOLDEN["decoys"]
NAMES = {
    **{address: name for name, address in GOLDEN["names"].items()},
    # The hosts are alike; a path through one is the path through any.
    GOLDEN["names"]["app host a"]: "app host",
    GOLDEN["names"]["app host b"]: "app host",
    "111122223333": "account shop",
    "444455556666": "account data",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return opened(estate_trees()["shop"], tmp_path_factory.mktemp("shop"))


def test_nothing_is_lost(shop: Session) -> None:
    answer = shop.ask("check")
    gaps = {g.subject: g.count for g in answer.coverage.not_evaluated if g.kind == "unknown-kind"}
    assert answer.errors == ()
    assert answer.coverage.seen == GOLDEN["instances"]
    assert gaps == GOLDEN["not_evaluated_kinds"]
    assert answer.coverage.evaluated == GOLDEN["instances"] - sum(gaps.values())


def account_of(shop: Session, name: str) -> str:
    address = GOLDEN["names"].get(name, name)
    return next((r.scope.account for r in shop.context.facts.resources() if r.address == address), "")


def named_paths(shop: Session) -> set[tuple[str, ...]]:
    return {tuple(NAMES.get(place, place) for place in path) for path in paths(shop)}


def test_every_golden_path_is_found(shop: Session) -> None:
    assert {tuple(path["steps"]) for path in GOLDEN["paths"]} - named_paths(shop) == set()


def test_every_other_path_only_spells_out_what_an_administrator_has(shop: Session) -> None:
    """Whoever owns an account has its data: such paths may be told or folded, but no others may appear."""
    others = named_paths(shop) - {tuple(path["steps"]) for path in GOLDEN["paths"]}
    surprising = {
        path
        for path in others
        if path[:3] != ("github", "deploy", "migrations role")
        or account_of(shop, path[-1]) != account_of(shop, "migrations role")
    }
    assert surprising == set()


def test_two_paths_through_the_same_places_are_one(shop: Session) -> None:
    assert len(shop.ask("paths", limit=1000).paths) == len(paths(shop))


def test_every_step_is_proven(shop: Session) -> None:
    for path in shop.ask("paths").paths:
        assert path.verdict == "yes", path.title
        for step in path.steps:
            assert step.because, f"{path.title}: {step.text} cites nothing"


def raised(finding: Finding) -> bool:
    """Is it hygiene, and worse only because an attack path runs over it?"""
    return any(fact.text.startswith("low elsewhere:") for fact in finding.evidence)


def test_the_findings_are_the_planted_ones(shop: Session) -> None:
    """Nothing that was planted is missed, and whatever else is found is hygiene (low, info)."""
    planted = {(code, "yes", name) for code, names in GOLDEN["findings"].items() for name in names}
    assert planted - {(code, verdict, NAMES.get(place, place)) for code, verdict, place in findings(shop)} == set()
    serious = [f for f in shop.ask("check").findings if f.severity.rank <= Severity.MEDIUM.rank and not raised(f)]
    told = {(f.code, f.verdict, NAMES.get(f.resource.address, f.resource.address)) for f in serious}
    assert told - planted == set()


@pytest.mark.parametrize("decoy", DECOYS, ids=[d["name"] for d in DECOYS])
def test_decoys_are_proven_quiet(shop: Session, decoy: dict[str, Any]) -> None:
    assert proof(shop, decoy["proof"]) == decoy["proof"]["answer"], decoy["quiet"]


@pytest.mark.parametrize("decoy", DECOYS, ids=[d["name"] for d in DECOYS])
def test_no_path_runs_through_a_decoy_to_a_target(shop: Session, decoy: dict[str, Any]) -> None:
    quiet = set(decoy["resources"])
    # An administrator of the shop's account reads its buckets by right; that says nothing of the decoy.
    found = {path for path in named_paths(shop) if "migrations role" not in path}
    assert not [path for path in found if quiet & set(path)]


def test_the_worst_path_comes_first_and_the_working_of_the_shop_last(shop: Session) -> None:
    found = [path for path in shop.ask("paths").paths if path.verdict == "yes"]
    assert [path.severity.rank for path in found] == sorted(path.severity.rank for path in found)
    assert found[-1].target.address == GOLDEN["names"]["database secret"]


def test_tiny_has_its_one_path(tmp_path: Path) -> None:
    session = opened(estate_trees()["tiny"], tmp_path)
    assert session.ask("check").coverage.seen == 10
    assert paths(session) == {("internet", "aws_instance.web", "aws_iam_role.web", "aws_s3_bucket.invoices")}
