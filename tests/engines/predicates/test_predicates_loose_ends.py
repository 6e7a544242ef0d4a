"""A reference to what another state makes is a loose end; one to what is named and not here is none."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.engines.facts import EstateFacts
from nephograph.session import open_estate

STATE = 'data "terraform_remote_state" "s" {\n  backend = "s3"\n}\n'
CLUSTER = """
resource "aws_docdb_cluster" "orders" {
  cluster_identifier     = "orders"
  vpc_security_group_ids = %s
}
"""


def loose_ends(tmp_path: pathlib.Path, groups: str) -> list[tuple[str, str]]:
    (tmp_path / "main.tf").write_text(STATE + CLUSTER % groups, encoding="utf-8")
    facts = EstateFacts(open_estate([str(tmp_path)]).estate)
    found = list(facts.query("names_unknown", (None, "security_groups")))
    assert all(fact.args[1] == "security_groups" for fact in found)
    return [(fact.verdict.answer, fact.verdict.depends_on[0]) for fact in found]


def test_a_group_of_another_state_is_not_known(tmp_path: pathlib.Path) -> None:
    ends = loose_ends(tmp_path, "[data.terraform_remote_state.s.outputs.group]")
    assert [answer for answer, _ in ends] == ["depends"]
    assert "data.terraform_remote_state.s" in ends[0][1]


@pytest.mark.parametrize("groups", ['["sg-0a1b2c3d"]', "[]"])
def test_a_group_that_is_named_is_known(tmp_path: pathlib.Path, groups: str) -> None:
    assert loose_ends(tmp_path, groups) == []


def test_other_fields_are_not_asked_for(tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(STATE + CLUSTER % "[data.terraform_remote_state.s.outputs.group]")
    facts = EstateFacts(open_estate([str(tmp_path)]).estate)
    assert list(facts.query("names_unknown", (None, "subnets"))) == []
    assert list(facts.query("names_unknown", ("neph:of-nothing", None))) == []
