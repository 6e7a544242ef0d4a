"""`neph blocked`, over a Terraform state of an organization, as a person and a program meet it."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.request import Policies, Request
from nephograph.lenses import blocked
from tests.support.command import Neph

HOME, MANAGER = "111122223333", "444455556666"
GUARD = "service control policy guard (of account work) statement {} denies"


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def made(kind: str, name: str, /, **attributes: Any) -> dict[str, Any]:
    return {
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
        "instances": [{"schema_version": 0, "attributes": attributes}],
    }


def role(name: str, /, **more: Any) -> list[dict[str, Any]]:
    trust = policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}})
    arn = f"arn:aws:iam::{HOME}:role/{name}"
    return [made("aws_iam_role", name, id=name, name=name, arn=arn, assume_role_policy=trust, **more)]


def inline(name: str, *statements: dict[str, Any]) -> dict[str, Any]:
    return made("aws_iam_role_policy", name, id=f"{name}:own", name="own", role=name, policy=policy(*statements))


def organization(*denies: dict[str, Any]) -> list[dict[str, Any]]:
    types = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
    root = {"id": "r-1", "name": "Root", "arn": f"arn:aws:organizations::{MANAGER}:root/o-1/r-1"}
    return [
        made(
            "aws_organizations_organization",
            "o",
            id="o-1",
            arn=f"arn:aws:organizations::{MANAGER}:organization/o-1",
            master_account_id=MANAGER,
            feature_set="ALL",
            enabled_policy_types=types,
            roots=[root],
        ),
        made(
            "aws_organizations_account",
            "work",
            id=HOME,
            arn=f"arn:aws:organizations::{MANAGER}:account/o-1/{HOME}",
            name="work",
            parent_id="r-1",
        ),
        made(
            "aws_organizations_policy",
            "guard",
            id="p-guard",
            arn=f"arn:aws:organizations::{MANAGER}:policy/o-1/service_control_policy/p-guard",
            name="guard",
            type="SERVICE_CONTROL_POLICY",
            content=policy(*denies),
        ),
        made("aws_organizations_policy_attachment", "guard", id="x", policy_id="p-guard", target_id=HOME),
    ]


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A directory with the state of one account of an organization."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEPH_ESTATE", raising=False)
    bound = f"arn:aws:iam::{HOME}:policy/bound"
    resources = [
        *organization(
            {"Sid": "KeepTrail", "Effect": "Deny", "Action": "cloudtrail:StopLogging", "Resource": "*"},
            {
                "Sid": "OnlyEurope",
                "Effect": "Deny",
                "NotAction": ["iam:*", "sts:*"],
                "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}},
            },
        ),
        *role("app", permissions_boundary=bound),
        *role("free"),
        made(
            "aws_iam_policy",
            "bound",
            id=bound,
            arn=bound,
            name="bound",
            policy=policy({"Effect": "Allow", "Action": ["s3:*", "cloudtrail:*"], "Resource": "*"}),
        ),
        inline(
            "app",
            {"Sid": "Data", "Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*"},
            {"Sid": "Trail", "Effect": "Allow", "Action": ["cloudtrail:StopLogging"], "Resource": "*"},
        ),
        inline("free", {"Sid": "Roles", "Effect": "Allow", "Action": "iam:GetRole", "Resource": "*"}),
    ]
    state = {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "l", "resources": resources}
    (tmp_path / "terraform.tfstate").write_text(json.dumps(state, indent=1))
    return tmp_path


def told(neph: Neph, *words: str) -> dict[str, Any]:
    found = neph("blocked", "terraform.tfstate", "-f", "json", *words)
    assert found.code == 0, found.out
    answer: dict[str, Any] = json.loads(found.out)
    return answer


def test_what_a_person_reads(neph: Neph, here: pathlib.Path, snapshot: SnapshotAssertion) -> None:
    assert neph("blocked", "terraform.tfstate").out == snapshot
    assert neph("blocked", "free", "terraform.tfstate").out == snapshot


def test_every_row_names_both_statements_and_replays(neph: Neph, here: pathlib.Path) -> None:
    answer = told(neph)
    rows = {(row["actions"][0], row["because"]["text"]): row for row in answer["blocked"]}
    assert answer["verdict"] == "yes"
    queue = rows["sqs:SendMessage", "permissions boundary: nothing of policy bound allows it"]
    assert (queue["blocked_by"], queue["how"], queue["whole"]) == ("boundary", "implicitly_denied", True)
    assert "statement Data" in queue["granted_by"]["text"]
    assert queue["granted_by"]["location"]["file"].endswith("terraform.tfstate")
    trail = rows["cloudtrail:StopLogging", GUARD.format("KeepTrail")]
    assert (trail["blocked_by"], trail["how"], trail["whole"]) == ("scp", "explicitly_denied", True)
    assert trail["because"]["location"]["line"] > 0
    reading = rows["s3:GetObject", GUARD.format("OnlyEurope")]
    assert not reading["whole"]
    assert reading["parts"][0]["if"] == ["not: aws:RequestedRegion = eu-west-1"]
    assert answer["counts"] == {"principals": 2, "grants": 3, "void": 2, "partly_void": 0, "depends": 0}
    assert answer["replayed"]["agree"] == len(answer["blocked"])
    for row in answer["blocked"]:
        request = Request(**row["request"])
        assert decide(request, Policies(**row["policies"]["granted"])).allowed
        assert not decide(request, Policies(**row["policies"]["limited"])).allowed


def test_one_principal_and_only_what_is_gone(neph: Neph, here: pathlib.Path) -> None:
    assert told(neph, "free")["verdict"] == "no"
    assert neph("blocked", "free", "terraform.tfstate", "--exit-code").code == 0
    assert neph("blocked", "app", "terraform.tfstate", "--exit-code").code == 1
    assert all(row["whole"] for row in told(neph, "app", "--whole")["blocked"])
    assert {row["name"] for row in told(neph, "app")["blocked"]} == {"app"}
    nobody = neph("blocked", "aap", "terraform.tfstate")
    assert nobody.code == 2
    assert "did you mean app" in nobody.err


def test_a_difference_is_an_error(neph: Neph, here: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocked, "decide", lambda request, policies: decide(request, Policies(identity=[])))
    found = neph("blocked", "app", "terraform.tfstate", "-f", "json")
    assert found.code == 3
    answer = json.loads(found.out)
    assert answer["replayed"]["agree"] == 0
    assert "two evaluators contradict each other on " in answer["errors"][0]["message"]


def test_where_the_account_stands_is_not_known(neph: Neph, here: pathlib.Path) -> None:
    """In code alone the account of a role has no number: what its levels take is open, and said once a grant."""
    code = """
    resource "aws_organizations_organization" "o" { feature_set = "ALL" }
    resource "aws_iam_role" "app" {
      name               = "app"
      assume_role_policy = "{}"
    }
    resource "aws_iam_role_policy" "app" {
      role   = aws_iam_role.app.name
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Effect = "Allow", Action = ["s3:*", "sqs:*"], Resource = "*" }
      ] })
    }
    """
    (here / "code").mkdir()
    (here / "code" / "main.tf").write_text(code)
    answer = json.loads(neph("blocked", "code", "-f", "json").out)
    assert answer["verdict"] == "depends"
    (row,) = answer["blocked"]
    assert row["because"]["text"] == "SCP: what it says is not known"
    assert row["replayed"] is None
    assert any("organization" in text for text in answer["depends_on"])
