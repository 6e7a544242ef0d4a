"""`neph escalate` as its users meet it: who becomes whom, chains of paths, who administers already, exit codes."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from nephograph.engines.facts import EstateFacts
from nephograph.engines.paths.closure import close
from nephograph.library.escalations import attack_rules
from nephograph.library.registry import step_rules
from nephograph.model.errors import UsageError
from nephograph.session import open_estate
from tests.support.command import Neph
from tests.support.trees import estate_of, write

ESTATES = pathlib.Path(__file__).parent / "estates"
SHOP = pathlib.Path(__file__).resolve().parents[3] / "examples" / "shop"


def role(name: str, principal: str, *statements: str, more: str = "") -> str:
    """A role: who may assume it, and what it may do."""
    policy = "\n".join(f"{{ Effect = {s} }}," for s in statements)
    return f"""
    resource "aws_iam_role" "{name}" {{
      name = "{name}"
      {more}
      assume_role_policy = jsonencode({{
        Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {principal} }}]
      }})
    }}
    resource "aws_iam_role_policy" "{name}" {{
      name   = "{name}"
      role   = aws_iam_role.{name}.id
      policy = jsonencode({{ Statement = [{policy}] }})
    }}
    """


def allow(*actions: str) -> str:
    """A statement that allows actions on everything."""
    return f'"Allow", Action = {json.dumps(actions)}, Resource = "*"'


OUTSIDE = '{ AWS = "arn:aws:iam::999988887777:role/outside" }'
LAMBDA = '{ Service = "lambda.amazonaws.com" }'
CHAIN = (
    role("dev", OUTSIDE, allow("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"))
    + role("middle", LAMBDA, allow("s3:GetObject"))
    + role("ops", "{ AWS = aws_iam_role.middle.arn }", allow("*"))
)


def escalations(root: pathlib.Path, main: str, *words: str, **said: Any) -> list[tuple[str, str, str, str]]:
    """(principal, becomes, chain of paths, verdict) of every escalation."""
    found = estate_of(root, main=main).ask("escalate", words=words, **said).data["escalations"]
    return [(o["principal"].label, o["becomes"].label, " ".join(o["chain"]), o["verdict"]) for o in found]


def test_paths_one_after_the_other_lead_to_who_administers(tmp_path: pathlib.Path) -> None:
    assert escalations(tmp_path, CHAIN) == [
        ("dev", "ops", "lambda-001 sts-001", "yes"),
        ("middle", "ops", "sts-001", "yes"),
        ("dev", "middle", "lambda-001", "yes"),
    ]


def test_a_principal_that_is_named_is_the_only_one_to_start(tmp_path: pathlib.Path) -> None:
    assert escalations(tmp_path, CHAIN, "middle") == [("middle", "ops", "sts-001", "yes")]
    assert escalations(tmp_path, CHAIN, "aws_iam_role.dev") == [
        ("dev", "ops", "lambda-001 sts-001", "yes"),
        ("dev", "middle", "lambda-001", "yes"),
    ]


def test_to_keeps_what_ends_there(tmp_path: pathlib.Path) -> None:
    assert escalations(tmp_path, CHAIN, "dev", targets=("middle",)) == [("dev", "middle", "lambda-001", "yes")]
    assert [row[1] for row in escalations(tmp_path, CHAIN, targets=("administrator",))] == ["ops", "ops"]


def test_who_administers_already_has_nothing_to_win(tmp_path: pathlib.Path) -> None:
    session = estate_of(tmp_path, main=CHAIN)
    answer = session.ask("escalate", words=("ops",))
    assert answer.verdict == "no"
    assert answer.data["escalations"] == []
    assert [one.label for one in answer.data["administrators"]] == ["ops"]


def test_the_steps_of_an_escalation_cite_the_code(tmp_path: pathlib.Path) -> None:
    answer = estate_of(tmp_path, main=CHAIN).ask("escalate", words=("dev",))
    (first, _) = answer.data["escalations"]
    (path,) = [p for p in answer.paths if p.id == first["steps"]]
    assert [step.rule for step in path.steps] == ["pass-role-lambda", "assume-role"]
    assert all(any(fact.location for fact in step.because) for step in path.steps)
    assert [one["id"] for one in first["documented"]] == ["lambda-001", "sts-001"]
    assert first["documented"][0]["permissions"] == ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]


def test_a_workload_between_is_a_step_and_every_way_onto_it_a_path(tmp_path: pathlib.Path) -> None:
    function = """
    resource "aws_lambda_function" "worker" {
      function_name = "worker"
      role          = aws_iam_role.worker.arn
      runtime       = "python3.12"
      handler       = "a.b"
      filename      = "a.zip"
    }
    """
    dev = role("dev", OUTSIDE, allow("lambda:UpdateFunctionCode", "lambda:InvokeFunction"))
    found = escalations(tmp_path, dev + role("worker", LAMBDA, allow("s3:GetObject")) + function)
    assert found == [("dev", "worker", "lambda-003", "yes"), ("dev", "worker", "lambda-004", "yes")]


def test_what_is_not_known_leaves_it_open(tmp_path: pathlib.Path) -> None:
    main = 'variable "boundary" {}\n' + role(
        "dev", OUTSIDE, allow("iam:PutRolePolicy"), more="permissions_boundary = var.boundary"
    )
    answer = estate_of(tmp_path, main=main).ask("escalate")
    assert answer.verdict == "depends"
    assert [one["path"] for one in answer.data["escalations"]] == ["iam-005"]
    assert "boundary" in " ".join(answer.depends_on)


def test_a_boundary_on_the_target_is_a_ceiling_for_who_rewrites_it(tmp_path: pathlib.Path) -> None:
    ceiling = """
    resource "aws_iam_policy" "ceiling" {
      name   = "ceiling"
      policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
    }
    """
    dev = role("dev", OUTSIDE, allow("iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"), more='path = "/"')
    free = role("target", LAMBDA, allow("s3:GetObject"))
    bound = role("target", LAMBDA, allow("s3:GetObject"), more="permissions_boundary = aws_iam_policy.ceiling.arn")
    assert "iam-021" in [row[2] for row in escalations(tmp_path / "free", dev + free)]
    assert "iam-021" not in [row[2] for row in escalations(tmp_path / "bound", dev + bound + ceiling)]


def test_a_name_that_nobody_has_is_an_error_with_the_nearest(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match="midle") as raised:
        estate_of(tmp_path, main=CHAIN).ask("escalate", words=("midle",))
    assert "middle" in (raised.value.problem.help or "")


def test_exit_codes(neph: Neph, tmp_path: pathlib.Path) -> None:
    root = str(write(tmp_path / "chain", main=CHAIN))
    alone = str(write(tmp_path / "alone", main=role("dev", OUTSIDE, allow("s3:GetObject"))))
    assert neph("escalate", root).code == 0
    assert neph("escalate", root, "--exit-code").code == 1
    assert neph("escalate", alone, "--exit-code").code == 0
    assert neph("escalate", "nobody", root).code == 2
    assert (
        json.loads(neph("escalate", "dev", root, "--format", "json").out)["escalations"][0]["becomes"]["label"] == "ops"
    )


def test_what_people_read(
    neph: Neph, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    monkeypatch.chdir(write(tmp_path, main=CHAIN))
    assert neph("escalate", "dev").out == snapshot


def test_attack_paths_may_use_the_rules_without_saying_anything_twice() -> None:
    """Nothing new is possible in the shop, and nothing that was is told another way."""
    estate = open_estate([str(SHOP)], today="2026-01-01").estate
    assert len({rule.name for rule in attack_rules()}) == len(attack_rules())
    own = [rule for rule in step_rules() if not rule.on_request]
    steps = {move.key: move.verdict for move in close(own, EstateFacts(estate)).moves}
    both = {move.key: move.verdict for move in close(attack_rules(), EstateFacts(estate)).moves}
    assert {key: verdict.answer for key, verdict in both.items()} == {k: v.answer for k, v in steps.items()}


OPEN_TO_ALL = """
resource "aws_iam_role" "anybody" {
  name = "anybody"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "anybody" {
  name = "anybody"
  role = aws_iam_role.anybody.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["codebuild:StartBuild"], Resource = "*" }]
  })
}

resource "aws_s3_bucket" "data" {
  bucket = "customer-data"
}
"""


@pytest.mark.parametrize(("case", "there"), [("has", True), ("guarded", False)])
def test_an_escalation_is_a_step_of_an_attack_path(case: str, there: bool, tmp_path: pathlib.Path) -> None:
    """From anybody, over the build project, to what its role reads."""
    estate = (ESTATES / "codebuild-002" / f"{case}.tf").read_text(encoding="utf-8")
    answer = open_estate([str(write(tmp_path, main=estate + OPEN_TO_ALL))], today="2026-01-01").ask("paths")
    ways = [[step.rule for step in path.steps] for path in answer.paths if path.verdict == "yes"]
    assert any("codebuild-002" in way and way[-1] == "read-bucket" for way in ways) is there
