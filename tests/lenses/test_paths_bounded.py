"""Cycles, self-trust, wide fans and accounts nobody knows: answers that end, with work that grows as it should."""

from __future__ import annotations

import pathlib
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest

from nephograph.engines.paths.closure import close
from nephograph.library.escalations import attack_rules
from nephograph.model.facts import Fact
from nephograph.model.rule import StepRule, atom
from nephograph.model.verdict import yes
from nephograph.session import open_estate

PROVIDER = 'provider "aws" {\n  region              = "eu-west-1"\n  allowed_account_ids = ["111122223333"]\n}\n'
DATA = 'resource "aws_s3_bucket" "data" { bucket = "data" }\n'


def role(name: str, trusts: str, actions: str = '["sts:AssumeRole"]', resource: str = "*") -> str:
    return f"""
resource "aws_iam_role" "{name}" {{
  name = "{name}"
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ AWS = {trusts} }} }}]
  }})
}}
resource "aws_iam_role_policy" "{name}" {{
  name   = "p"
  role   = aws_iam_role.{name}.id
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = {actions}, Resource = "{resource}" }}]
  }})
}}
"""


def arn(name: str) -> str:
    return f"arn:aws:iam::111122223333:role/{name}"


def test_roles_that_trust_each_other_and_themselves(tmp_path: pathlib.Path) -> None:
    ring = ["a", "b", "c"]
    every = "[" + ", ".join(f'"{arn(name)}"' for name in ring) + "]"
    text = PROVIDER + DATA + role("door", '"*"') + "".join(role(name, every) for name in ring)
    reader = '["sts:AssumeRole", "s3:GetObject"]'
    text += role("last", f'["{arn("c")}", "{arn("last")}", "{arn("door")}"]', reader)
    (tmp_path / "main.tf").write_text(text)
    session = open_estate([str(tmp_path)], today="2026-01-01")
    (path,) = session.ask("paths").paths
    assert [step.target.label for step in path.steps] == ["door", "last", "data"]
    reached = session.ask("blast", start="a").data["reached"]
    assert {one["resource"].label for one in reached} == {"b", "c", "door", "last", "data"}
    (fixed,) = [session.ask("fix", id=path.id)]
    assert fixed.verdict == "yes"


def test_an_account_nobody_knows_is_a_way_in_only_on_request(tmp_path: pathlib.Path) -> None:
    stranger = '"arn:aws:iam::999988887777:root"'
    (tmp_path / "main.tf").write_text(PROVIDER + DATA + role("vendor", stranger, '["s3:GetObject"]'))
    session = open_estate([str(tmp_path)], today="2026-01-01")
    assert session.ask("paths").paths == ()
    (path,) = session.ask("paths", origins=("third-party",)).paths
    assert "999988887777" in path.entry.label
    assert path.verdict == "yes"


def test_an_estate_whose_own_account_is_not_known_has_its_paths(tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(DATA + role("door", '"*"', '["s3:GetObject"]'))
    (path,) = open_estate([str(tmp_path)], today="2026-01-01").ask("paths").paths
    assert (path.entry.label, path.target.label) == ("internet", "data")


class Counted:
    """A ring of roles in which everybody becomes the next and itself; counts what it is asked."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.asked: Counter[str] = Counter()

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        self.asked[predicate] += 1
        if predicate == "assumable_by_anyone":
            return [Fact(predicate, ("0",), yes())]
        if predicate == "can_assume" and args[0] is not None:
            here = int(args[0])
            return [Fact(predicate, (args[0], str(there)), yes()) for there in (here, (here + 1) % self.size)]
        return []


@pytest.mark.parametrize("size", [10, 100, 1000])
def test_a_ring_is_asked_once_for_each_member(size: int) -> None:
    facts = Counted(size)
    wanted = [rule for rule in attack_rules() if rule.name in ("open-trust", "assume-role")]
    closure = close(wanted, facts)
    assert len(closure.atoms) == size
    assert facts.asked["can_assume"] == size
    assert len(closure.moves) == size + 1


class Fan:
    """One principal that becomes very many."""

    def query(self, predicate: str, args: Sequence[str | None]) -> Iterable[Fact]:
        if predicate == "start":
            return [Fact(predicate, ("0",), yes())]
        if predicate == "next" and args[0] == "0":
            return [Fact(predicate, ("0", str(number)), yes()) for number in range(1, 30_001)]
        return []


def test_a_fan_wider_than_the_bound_is_cut_and_says_so() -> None:
    def rule(name: str, when: tuple[object, ...], source: str, target: str) -> StepRule:
        return StepRule(name, atom("has", target), when, source, target, "says", "label")  # type: ignore[arg-type]

    rules = (
        rule("in", (atom("start", "?x"),), "internet", "?x"),
        rule("on", (atom("has", "?x"), atom("next", "?x", "?y")), "?x", "?y"),
    )
    whole, cut = close(rules, Fan()), close(rules, Fan(), limit=1_000)
    assert (len(whole.moves), whole.cut) == (30_001, "")
    assert len(cut.moves) == 1_000
    assert "more than 1000 steps" in cut.cut
