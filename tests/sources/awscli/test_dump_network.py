"""The dump of the sample network, in the layouts people keep dumps in: one estate, whichever folder holds an answer."""

from __future__ import annotations

import pathlib
import shutil

import pytest

from nephograph.estate.graph import Estate
from nephograph.session import Session, open_estate

DUMP = pathlib.Path(__file__).parents[2] / "examples" / "dumps" / "network" / "accounts"


def by_region(account: str, region: str, service: str, rest: str) -> str:
    return f"{account}/{region}/{service}-{rest}"


def one_folder_an_account(account: str, region: str, service: str, rest: str) -> str:
    place = f"_{region}" if region != "global" else ""
    return f"{account}/{service}_{rest.removesuffix('.json').replace('/', '.')}{place}.json"


def flat(account: str, region: str, service: str, rest: str) -> str:
    place = f"{account}_{region}" if region != "global" else account
    return f"{place}_{service}_{rest.replace('/', '.')}"


def opened(path: pathlib.Path) -> Session:
    return open_estate([str(path)], today="2026-01-01")


def things(estate: Estate) -> dict[str, object]:
    return {urn: resource.config for urn, resource in estate.resources.items()}


def edges(estate: Estate) -> set[tuple[str, str, str]]:
    return {(edge.kind, edge.source, edge.target) for edge in estate.edges}


@pytest.mark.parametrize("layout", [by_region, one_folder_an_account, flat])
def test_the_layout_of_a_dump_changes_nothing(layout: object, tmp_path: pathlib.Path) -> None:
    assert callable(layout)
    for file in DUMP.rglob("*.json"):
        account, region, service, *rest = file.relative_to(DUMP).parts
        to = tmp_path / layout(account, region, service, "/".join(rest))
        to.parent.mkdir(parents=True, exist_ok=True)
        assert not to.exists()
        shutil.copy(file, to)

    here, there = opened(DUMP), opened(tmp_path)

    assert there.problems == ()
    assert things(there.estate) == things(here.estate)
    assert edges(there.estate) == edges(here.estate)


def test_everything_that_is_answered_is_read() -> None:
    session = opened(DUMP)

    coverage = session.ask("check").coverage
    assert coverage.seen == coverage.evaluated
    assert {gap.kind for gap in coverage.not_evaluated} == {"not-in-dump"}
    assert {(field, why.partition(" ")[0]) for lost in session.estate.unlinked.values() for field, why in lost} == {
        ("connection", "dxcon-0a1b2c3d"),  # a line that another account may have
        ("resource", "tgw-0eeeeeeeeeeeeeeee"),  # the other end of a peering, abroad
        ("targets.0.target", "10.0.1.20"),
        ("targets.0.target", "10.1.0.20"),
        ("more_certificates", "the"),  # certificates were not asked for
    }
