"""The vocabulary that ships: what it knows, and that nobody reads it without a policy."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

import nephograph.catalog as room
from nephograph.catalog.vocabulary import nearest, vocabulary

NO_POLICY = 'resource "aws_ebs_volume" "v" {\n  availability_zone = "eu-west-1a"\n  encrypted = true\n  size = 1\n}\n'


def test_it_says_where_it_is_from_and_stays_small() -> None:
    known = vocabulary()
    assert known.licence == "MIT"
    assert known.date >= "2026-10-01"
    file = pathlib.Path(room.__file__).parent / "vocabulary.bin"
    assert file.stat().st_size < 600_000


def test_names_are_found_without_regard_to_case() -> None:
    action = vocabulary().action("S3:getobject")
    assert action is not None
    assert (action.name, action.level) == ("GetObject", "R")
    assert "object" in [target.type for target in action.targets]


def test_actions_without_a_resource() -> None:
    action = vocabulary().action("ec2:DescribeInstances")
    assert action is not None
    assert action.targets == ()


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("aws:SecureTransport", "Bool"),
        ("aws:RequestTag/team", "String"),
        ("AWS:sourceip", "IPAddress"),
        ("s3:prefix", "String"),
        ("secretsmanager:ResourceTag/team", "String"),
        ("ec2:SourceInstanceArn", "ARN"),
    ],
)
def test_condition_keys_with_their_types(name: str, type_: str) -> None:
    key = vocabulary().key(name)
    assert key is not None
    assert key.type == type_


def test_what_aws_does_not_have() -> None:
    assert vocabulary().action("s3:GetObjct") is None
    assert vocabulary().service("dynamo") is None
    assert vocabulary().key("aws:SecureTransprt") is None
    assert vocabulary().key("aws:RequestTag/") is None


def test_keys_of_a_request() -> None:
    s3 = vocabulary().service("s3")
    assert s3 is not None
    listing, reading = s3.actions["listbucket"], s3.actions["getobject"]
    assert "s3:prefix" in vocabulary().keys_of(s3, listing)
    assert "s3:prefix" not in vocabulary().keys_of(s3, reading)


def test_every_service_can_be_read_and_names_only_types_it_has() -> None:
    for name in vocabulary().services:
        service = vocabulary().service(name)
        assert service is not None
        for action in service.actions.values():
            assert {target.type for target in action.targets} <= set(service.types), (name, action.name)


def test_the_nearest_words_come_first() -> None:
    assert nearest("GetObjct", ["GetObject", "PutObject", "ListBucket"])[0] == "GetObject"
    assert nearest("Nothing", ["GetObject"]) == ()


def test_nobody_reads_it_where_no_policy_is(tmp_path: pathlib.Path) -> None:
    (tmp_path / "main.tf").write_text(NO_POLICY)
    code = (
        "import sys\n"
        "from nephograph.session import open_estate\n"
        f"open_estate([{str(tmp_path)!r}]).ask('check')\n"
        "ours = ('nephograph.library.policies', 'nephograph.catalog.vocabulary')\n"
        "print([m for m in sys.modules if m.startswith(ours)])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_services_with_actions_are_told_apart_from_those_that_lend_keys_only() -> None:
    known = vocabulary()
    assert set(known.acting) < set(known.services)
    assert all(known.service(name).actions for name in ("s3", "sts", "ec2"))  # type: ignore[union-attr]
    assert "aws" not in known.acting


@pytest.mark.parametrize(
    ("name", "level"), [("s3:PutObjectTagging", "T"), ("iam:PutRolePolicy", "P"), ("s3:PutObject", "W")]
)
def test_what_an_action_is_beside_a_write_is_its_level(name: str, level: str) -> None:
    action = vocabulary().action(name)
    assert action is not None
    assert action.level == level


def test_there_is_one_table_of_actions() -> None:
    root = pathlib.Path(room.__file__).parents[1]
    assert [file.name for file in root.rglob("*actions*.json")] == []
