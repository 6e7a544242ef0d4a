"""`neph can`, `neph who` and `neph what`, as a person and a pipeline meet them."""

from __future__ import annotations

import json
import pathlib
from typing import Any
from xml.etree import ElementTree

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.support.command import Neph
from tests.support.trees import write

ROOT = pathlib.Path(__file__).parents[2]
TREE = """
    provider "aws" {
      region              = "eu-west-1"
      allowed_account_ids = ["111122223333"]
    }
    resource "aws_iam_role" "app" {
      name               = "app"
      assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{
        Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
    }
    resource "aws_iam_role_policy" "app" {
      role   = aws_iam_role.app.name
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Sid = "Read", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::data/*",
          Condition = { StringEquals = { "aws:SourceVpce" = "vpce-1" } } },
        { Sid = "Write", Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::data/*" },
      ] })
    }
    resource "aws_iam_role" "root" {
      name                = "root"
      assume_role_policy  = jsonencode({ Version = "2012-10-17", Statement = [{
        Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "444455556666" } }] })
      managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
    }
    resource "aws_s3_bucket" "data" {
      bucket = "data"
    }
    resource "aws_s3_bucket_policy" "data" {
      bucket = aws_s3_bucket.data.id
      policy = jsonencode({ Version = "2012-10-17", Statement = [
        { Sid = "NoDelete", Effect = "Deny", Principal = "*", Action = "s3:DeleteObject",
          Resource = "arn:aws:s3:::data/*" },
        { Sid = "Partner", Effect = "Allow", Principal = { AWS = "arn:aws:iam::444455556666:root" },
          Action = "s3:GetObject", Resource = "arn:aws:s3:::data/out/*" },
        { Sid = "Logs", Effect = "Allow", Principal = { Service = "logging.s3.amazonaws.com" },
          Action = "s3:PutObject", Resource = "arn:aws:s3:::data/logs/*" },
      ] })
    }
"""


@pytest.fixture
def tree(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The tree, seen from where it lies, so that places in answers are the same everywhere."""
    write(tmp_path / "tree", main=TREE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEPH_ESTATE", raising=False)
    return "tree"


def envelope(neph: Neph, *words: str) -> dict[str, Any]:
    return json.loads(neph(*words, "-f", "json").out)


def layers(said: dict[str, Any]) -> dict[str, str]:
    return {one["layer"]: one["says"] for one in said["layers"]}


@pytest.mark.parametrize(
    ("words", "decision", "blocked_by"),
    [
        (("app", "s3:PutObject", "data/x"), "allowed", ""),
        (("app", "s3:GetObject", "data/x"), "depends", ""),
        (
            ("app", "s3:GetObject", "data/x", "--context", "aws:SourceVpce=vpce-1", "--unknown", "aws:vpcsourceip"),
            "depends",
            "",
        ),
        (("app", "s3:GetObject", "data/x", "--context", "AWS:sourcevpce=vpce-2"), "implicitly_denied", "identity"),
        (("app", "s3:GetObject", "data/x", "--absent", "aws:SourceVpce"), "implicitly_denied", "identity"),
        (("root", "s3:DeleteObject", "data/x"), "explicitly_denied", "resource"),
        (("root", "ec2:RunInstances", "*"), "allowed", ""),
        (("444455556666", "s3:GetObject", "data/out/x"), "depends", ""),
        (("444455556666", "s3:GetObject", "data/x"), "implicitly_denied", "resource"),
        (("logging.s3.amazonaws.com", "s3:PutObject", "data/logs/x"), "allowed", ""),
        (("anonymous", "s3:GetObject", "data/out/x"), "implicitly_denied", "resource"),
        (("arn:aws:sts::111122223333:assumed-role/app/me", "s3:PutObject", "arn:aws:s3:::data/x"), "allowed", ""),
        (("root", "s3:PutObject", "data/x", "--session-policy", '{"Statement":[]}'), "implicitly_denied", "session"),
    ],
)
def test_decisions_by_whatever_names_people_use(
    neph: Neph, tree: str, words: tuple[str, ...], decision: str, blocked_by: str
) -> None:
    said = envelope(neph, "can", *words, tree)
    assert (said["decision"], said["blocked_by"]) == (decision, blocked_by)
    assert said["verdict"] == {"allowed": "yes", "depends": "depends"}.get(decision, "no")


def test_every_layer_tells_its_statement_and_its_place(neph: Neph, tree: str) -> None:
    said = envelope(neph, "can", "root", "s3:DeleteObject", "data/x", tree)
    assert layers(said) == {
        "scp": "not there",
        "rcp": "not there",
        "endpoint": "not there",
        "identity": "allows",
        "boundary": "not there",
        "session": "not there",
        "resource": "denies",
    }
    (fact,) = next(one["because"] for one in said["layers"] if one["layer"] == "resource")
    assert "NoDelete" in fact["text"]
    line = (pathlib.Path(tree) / "main.tf").read_text().splitlines()[fact["location"]["line"] - 1]
    assert "NoDelete" in line


@pytest.mark.parametrize(("expected", "code"), [("yes", 0), ("no", 1), ("depends", 1), ("any", 0)])
def test_what_was_asserted_decides_the_exit_code(neph: Neph, tree: str, expected: str, code: int) -> None:
    assert neph("can", "app", "s3:PutObject", "data/x", tree, "--expect", expected).code == code


def test_a_picture_of_why(neph: Neph, tree: str) -> None:
    drawn = neph("can", "root", "s3:DeleteObject", "data/x", tree, "-f", "svg").out
    text = " ".join(ElementTree.fromstring(drawn).itertext())
    for word in ("root", "identity policies", "resource policy", "denies"):
        assert word in text


@pytest.mark.parametrize(
    ("words", "tone", "says"),
    [
        (("app", "s3:PutObject", "data/x"), "", "allows"),
        (("root", "s3:DeleteObject", "data/x"), "drop", "Blocks"),
        (("app", "s3:GetObject", "data/x"), "depends", "aws:SourceVpce"),
    ],
)
def test_a_picture_shows_where_a_request_stops(
    neph: Neph, tree: str, words: tuple[str, ...], tone: str, says: str
) -> None:
    drawn = ElementTree.fromstring(neph("can", *words, tree, "-f", "svg").out)
    wires = [one.get("class", "").split()[1:] for one in drawn.iter() if one.get("class", "").startswith("wire")]
    assert wires
    assert any(tone in wire for wire in wires) if tone else wires == [[]] * len(wires)
    assert says in " ".join(drawn.itertext())


def test_a_denial_that_may_apply_is_told_though_the_layer_allows_nothing(neph: Neph, tree: str) -> None:
    (pathlib.Path(tree) / "more.tf").write_text(
        """
        resource "aws_s3_bucket" "shut" {
          bucket = "shut"
        }
        resource "aws_s3_bucket_policy" "shut" {
          bucket = aws_s3_bucket.shut.id
          policy = jsonencode({ Version = "2012-10-17", Statement = [
            { Effect = "Deny", Principal = "*", Action = "s3:PutObject", Resource = "arn:aws:s3:::shut/*",
              Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } } }] })
        }
        """
    )
    said = envelope(neph, "can", "root", "s3:PutObject", "shut/x", tree)
    assert said["verdict"] == "depends"
    assert layers(said)["resource"] == "may deny"
    (layer,) = [one for one in said["layers"] if one["layer"] == "resource"]
    assert layer["because"][0]["location"]["file"].endswith("more.tf")
    assert layer["depends_on"]


def test_who_can_is_told_with_where_they_come_from(neph: Neph, tree: str) -> None:
    said = envelope(neph, "who", "s3:GetObject", "data", tree)
    found = {one["name"]: (one["relation"], one["verdict"]) for one in said["principals"]}
    assert found == {
        "444455556666": ("cross-account", "depends"),
        "app": ("in-account", "depends"),
        "root": ("in-account", "yes"),
    }
    (app,) = (one for one in said["principals"] if one["name"] == "app")
    assert "if aws:SourceVpce is vpce-1" in app["condition"]
    services = envelope(neph, "who", "s3:PutObject", "data", tree)["principals"]
    assert ("logging.s3.amazonaws.com", "service") in {(one["name"], one["relation"]) for one in services}


def test_what_somebody_can_do(neph: Neph, tree: str) -> None:
    said = envelope(neph, "what", "app", tree)
    assert said["administrator"]["verdict"] == "no"
    (store,) = said["stores"].values()
    assert {(one["level"], one["verdict"], *one["actions"]) for one in store} == {
        ("Write", "yes", "s3:PutObject"),
        ("Read", "depends", "s3:GetObject"),
    }
    assert list(said["services"]) == ["s3"]
    admin = envelope(neph, "what", "root", tree)
    assert admin["administrator"]["verdict"] == "yes"
    deletes = [a for one in next(iter(admin["stores"].values())) for a in one["actions"]]
    assert "s3:DeleteBucket" in deletes
    assert "s3:DeleteObject" not in deletes


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("can", "nobody", "s3:GetObject", "data/x"), "nothing-known"),
        (("can", "app", "s3:GetObject", "nothing"), "nothing-known"),
        (("can", "app", "s3:GetObject", "data", "--context", "x"), "bad-context"),
        (("can", "app", "s3:GetObject", "data", "--context", "a=b", "--unknown", "A"), "bad-context"),
        (("can", "app", "s3:GetObject", "data", "--session-policy", "{"), "bad-policy"),
        (("what", "data"), "nothing-known"),
    ],
)
def test_what_cannot_be_understood_is_said(neph: Neph, tree: str, words: tuple[str, ...], code: str) -> None:
    outcome = neph(words[0], *words[1:], tree, "-f", "json")
    assert outcome.code == 2
    assert [problem["code"] for problem in json.loads(outcome.out)["errors"]] == [code]


def test_what_a_person_reads(neph: Neph, tree: str, snapshot: SnapshotAssertion) -> None:
    shown = [
        neph("can", "root", "s3:DeleteObject", "data/x", tree).out,
        neph("who", "s3:GetObject", "data", tree).out,
        neph("what", "app", tree).out,
    ]
    assert "\n".join(shown) == snapshot


DETAILS = {
    "UserDetailList": [],
    "GroupDetailList": [],
    "RoleDetailList": [
        {
            "Path": "/",
            "RoleName": "reader",
            "RoleId": "AROAEXAMPLE",
            "Arn": "arn:aws:iam::111122223333:role/reader",
            "CreateDate": "2026-01-01T00:00:00+00:00",
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": "sts:AssumeRole",
                        "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
                    }
                ],
            },
            "InstanceProfileList": [],
            "RolePolicyList": [
                {
                    "PolicyName": "read",
                    "PolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [{"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}],
                    },
                }
            ],
            "AttachedManagedPolicies": [],
            "Tags": [],
        }
    ],
    "Policies": [],
}


def test_authorization_details_alone_are_enough(neph: Neph, tmp_path: pathlib.Path) -> None:
    dump = tmp_path / "dump"
    dump.mkdir()
    (dump / "get-account-authorization-details.json").write_text(json.dumps(DETAILS))
    where = (str(dump), "--account", "111122223333")
    assert envelope(neph, "can", "reader", "ec2:DescribeInstances", "*", *where)["decision"] == "allowed"
    assert envelope(neph, "can", "reader", "ec2:RunInstances", "*", *where)["decision"] == "implicitly_denied"
    away = envelope(neph, "can", "reader", "s3:GetObject", "arn:aws:s3:::elsewhere/x", *where)
    assert away["decision"] == "depends"
    assert "arn:aws:s3:::elsewhere/x is not in the data" in away["depends_on"][0]
    named = envelope(neph, "who", "sts:AssumeRole", "reader", *where)["principals"]
    assert [(one["name"], one["relation"], one["verdict"]) for one in named] == [
        ("444455556666", "cross-account", "depends")
    ]
    assert list(envelope(neph, "what", "reader", *where)["services"]) == ["ec2"]
