"""`neph blast` equals brute force, and `neph reaches` is its mirror, on the sample and on planted escalations."""

from __future__ import annotations

import json
import pathlib

import pytest
from syrupy.assertion import SnapshotAssertion

from nephograph.library.escalations import attack_rules
from nephograph.library.losses import verb
from nephograph.model.errors import UsageError
from nephograph.session import Session, open_estate
from tests.lenses.naive_reach import reached
from tests.support.command import Neph

ROOT = pathlib.Path(__file__).parents[2]
ESTATES = sorted((ROOT / "tests/library/escalations/estates").iterdir())
TREES = {"shop": ROOT / "examples" / "shop", **{one.name: one / "has.tf" for one in ESTATES[::4]}}
STARTS = ("principal", "compute_instance", "function", "container_workload")


@pytest.fixture(scope="module", params=sorted(TREES))
def session(request: pytest.FixtureRequest) -> Session:
    return open_estate([str(TREES[request.param])], today="2026-01-01")


def starts(session: Session) -> list[str]:
    found = [r for r in session.context.facts.resources() if str(r.cls) in STARTS]
    return [r.urn for r in found if r.kind not in ("aws_iam_instance_profile", "aws_iam_group")]


def test_the_blast_radius_is_what_brute_force_finds(session: Session) -> None:
    for start in starts(session):
        told = {(one["how"], one["resource"].urn) for one in session.ask("blast", start=start).data["reached"]}
        want = reached(attack_rules(), session.context.facts, start)
        assert told == {(verb(atom.predicate), atom.terms[0]) for atom in want if atom.terms[0] != start}


def test_who_reaches_a_thing_is_whose_blast_radius_holds_it(session: Session) -> None:
    radius = {start: session.ask("blast", start=start).data["reached"] for start in starts(session)}
    things = dict.fromkeys(
        one["resource"].urn for found in radius.values() for one in found if one["resource"].kind != ""
    )
    for thing in things:
        answer = session.ask("reaches", resource=thing)
        told = {
            (one["who"].urn, one["how"].split()[0], one["steps"], one["verdict"])
            for one in answer.data["reached_by"]
            if one["who"].kind
        }
        want = {
            (start, one["how"].split()[0], one["steps"], one["verdict"])
            for start, found in radius.items()
            for one in found
            if one["resource"].urn == thing
        }
        assert told == want
        assert answer.verdict in ("yes", "depends")


def test_a_chain_is_told_with_its_steps(
    neph: Neph, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert neph("blast", "shop-bastion", "examples/shop").out == snapshot
    assert neph("reaches", "shop-customer-data", "examples/shop", "--limit", "1").out == snapshot


def test_the_administrator_of_an_account_owns_what_is_in_it() -> None:
    found = open_estate([str(TREES["shop"])], today="2026-01-01").ask("blast", start="111122223333").data["reached"]
    assert {one["resource"].label for one in found if one["how"] == "acts as" and one["steps"] == 1} >= {"shop-ops"}


def test_the_outside_alone_is_no_consequence_of_a_start(neph: Neph) -> None:
    """The bastion is reached by anybody: it is in nobody's radius for that."""
    told = json.loads(neph("blast", "shop-ops", str(TREES["shop"]), "-f", "json").out)
    assert "shop-bastion" not in {one["resource"]["label"] for one in told["reached"]}


def test_nothing_is_reached_from_what_may_do_nothing(neph: Neph, tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_iam_user" "idle" { name = "idle" }\n'
        'resource "aws_iam_access_key" "idle" { user = aws_iam_user.idle.name }\n'
        'resource "aws_s3_bucket" "data" { bucket = "data" }\n'
    )
    for start in ("idle", "aws_iam_access_key.idle"):
        done = neph("blast", start, str(tmp_path), "--exit-code")
        assert "Whoever holds idle reaches nothing else." in done.out
        assert done.code == 0
    done = neph("reaches", "data", str(tmp_path))
    assert "0 of 1 principals and workloads get there" in done.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("blast", "shop-basti"), "did you mean shop-bastion"),
        (("blast", "shop-customer-data"), "neph reaches shop-customer-data"),
        (("reaches", "shop-customer-dat"), "did you mean shop-customer-data"),
    ],
)
def test_a_name_that_does_not_fit_is_explained(neph: Neph, words: tuple[str, ...], says: str) -> None:
    done = neph(*words, str(TREES["shop"]))
    assert done.code == 2
    assert says in " ".join(done.err.split())


def test_an_unknown_name_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        open_estate([str(TREES["shop"])], today="2026-01-01").ask("blast", start="nobody")
