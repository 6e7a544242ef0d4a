"""The ledger of escalations: every predicate has its page, and estates of paths that ask it."""

from __future__ import annotations

import importlib
import pathlib
import re

import pytest

from nephograph.engines.predicates.declare import Predicate
from nephograph.library.escalations import escalations

HERE = pathlib.Path(__file__).parent
LEDGER = HERE.parents[2] / "docs" / "semantics" / "escalations.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in LEDGER.read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
]
ASKED = {one.id: {atom.predicate for rule in one.rules for atom in rule.when} for one in escalations()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_has_its_page_and_estates_of_paths_that_ask_it(row: list[str]) -> None:
    predicate, _, page, estates = row
    assert page.endswith(".html")
    named = re.findall(r"`([\w-]+)`", estates)
    assert named
    for id_ in named:
        assert predicate.strip("`") in ASKED[id_], f"{id_} does not ask {predicate}"
        assert {file.name for file in (HERE / "estates" / id_).iterdir()} >= {"has.tf", "guarded.tf"}


@pytest.mark.parametrize("subject", ["at_hand", "raising", "service_things"])
def test_every_predicate_has_its_row(subject: str) -> None:
    module = importlib.import_module(f"nephograph.engines.predicates.{subject}")
    known = {value.name for value in vars(module).values() if isinstance(value, Predicate)}
    assert known
    assert known <= {row[0].strip("`") for row in ROWS}
