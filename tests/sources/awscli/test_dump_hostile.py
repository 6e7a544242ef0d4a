"""Files that are broken, odd, too large or of another language; and credentials, which are never kept."""

from __future__ import annotations

import base64
import json
import pathlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nephograph.model.source import LoadOptions
from nephograph.model.value import Unknown
from nephograph.sources.awscli import SOURCE
from tests.sources.awscli.dumps import ACCOUNT, VPC, dump, gaps, load


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"Vpcs": [{"VpcId": "vpc-0a1"', "json-syntax"),
        (b'\xff\xfe{"Vpcs": []}', "invalid-utf8"),
        ('{"Vpcs": NaN}', "json-syntax"),
        ("<html>", "json-syntax"),
        ('{"Vpcs": ' + "[" * 100_000, "json-syntax"),
    ],
)
def test_a_broken_file_is_one_problem_and_the_rest_is_read(content: Any, code: str, tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"describe-subnets.json": content, "describe-vpcs.json": {"Vpcs": [VPC]}})

    assert [problem.code for problem in loaded.problems] in ([code], ["too-deep"])
    assert [d.address for d in loaded.documents] == ["aws_vpc.vpc-0a1"]


def test_what_stands_before_the_break_is_kept(tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"describe-vpcs.json": json.dumps({"Vpcs": [VPC]}) + '\n{"Vpcs": ['})

    assert [d.address for d in loaded.documents] == ["aws_vpc.vpc-0a1"]
    assert [problem.code for problem in loaded.problems] == ["json-syntax"]


@pytest.mark.parametrize("vpcs", ["none", 3, [1, None, "x", [2]], {"a": 1}, None, True])
def test_values_of_the_wrong_type_are_named(vpcs: Any, tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"ec2/describe-vpcs.json": {"Vpcs": vpcs}})

    assert loaded.problems == []
    assert len(gaps(loaded, "odd-answer")) + len(loaded.documents) == loaded.seen


def test_an_object_nested_too_deep_is_named_and_left_out(tmp_path: pathlib.Path) -> None:
    deep: Any = "x"
    for _ in range(200):
        deep = [deep]
    loaded = load(tmp_path, {"describe-vpcs.json": {"Vpcs": [VPC, {**VPC, "Tags": deep}]}})

    assert len(loaded.documents) == 1
    assert [gap.kind for gap in gaps(loaded, "too-deep")] == ["too-deep"]


def test_two_answers_about_one_thing_both_arrive(tmp_path: pathlib.Path) -> None:
    files = {"a/describe-vpcs.json": {"Vpcs": [VPC]}, "b/describe-vpcs.json": {"Vpcs": [{**VPC, "IsDefault": True}]}}
    documents = load(tmp_path, files).documents

    assert [d.attributes["IsDefault"] for d in documents] == [False, True]
    assert len({(d.root, d.address) for d in documents}) <= 2


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Vpcs", "VpcId", "OwnerId", "Tags", "Error", "Code", "Arn", "x", "Roles"]), inner
        )
    ),
    max_leaves=12,
)
FILES = st.sampled_from(
    [
        "describe-vpcs.json",
        "x.json",
        "list-roles.json",
        "get-bucket-policy.b.json",
        "DescribeX.json",
        "a/b/list-users.json",
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(FILES, VALUES, max_size=3))
def test_nothing_that_is_json_raises(tmp_path_factory: pytest.TempPathFactory, files: dict[str, Any]) -> None:
    loaded = load(tmp_path_factory.mktemp("dump"), {name: json.dumps(value) for name, value in files.items()})

    assert len(loaded.documents) <= loaded.seen


# -- credentials -----------------------------------------------------------------------------------------------------

SECRET = "hunter2-hunter2"
ENCODED = base64.b64encode(f"#!/bin/sh\nexport DB_PASSWORD={SECRET}\n".encode()).decode()
HOLDING: dict[str, Any] = {
    "a map": {"Variables": {"DB_PASSWORD": SECRET}},
    "names and values": {"environment": [{"name": "API_TOKEN", "value": SECRET}]},
    "outputs": {"Outputs": [{"OutputKey": "DbPassword", "OutputValue": SECRET}]},
    "a secret": {"SecretString": SECRET},
    "a parameter": {"Type": "SecureString", "Name": "/shop/db", "Value": SECRET},
    "user data": {"UserData": {"Value": ENCODED}},
    "user data of a template": {"LaunchTemplateData": {"UserData": ENCODED}},
    "a signed address": {"Location": f"https://bucket.s3.amazonaws.com/code.zip?X-Amz-Signature={SECRET}"},
}


@pytest.mark.parametrize("held", HOLDING.values(), ids=HOLDING)
def test_a_credential_is_not_kept_and_not_shown(held: dict[str, Any], tmp_path: pathlib.Path) -> None:
    loaded = load(
        tmp_path, {"lambda/describe-things.json": json.dumps({"Things": [{"ThingId": "t", **held}]}, indent=1)}
    )

    (document,) = loaded.documents
    kept = repr(document.attributes)
    assert SECRET not in kept
    assert ENCODED not in kept
    assert "SENSITIVE" in kept
    assert loaded.excerpts is not None
    lines = [loaded.excerpts.line("dump/lambda/describe-things.json", number) for number in range(1, 30)]
    assert not any(SECRET in line or ENCODED in line for line in lines if line)


def test_user_data_without_a_credential_is_kept(tmp_path: pathlib.Path) -> None:
    plain = base64.b64encode(b"#!/bin/sh\nyum update -y\n").decode()
    (document,) = load(tmp_path, {"ec2/describe-things.json": {"UserData": {"Value": plain}}}).documents

    assert document.attributes["UserData"] == {"Value": plain}
    assert not any(isinstance(value, Unknown) for value in document.attributes.values())


# -- what is a dump --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "is_dump"),
    [
        ({"describe-vpcs.json": {"Vpcs": []}}, True),
        ({"x/y/z.json": {"Vpcs": [VPC]}}, True),
        ({"get-bucket-policy.b.json": "An error occurred (AccessDenied) when calling the GetBucketPolicy"}, True),
        ({"describe-vpcs.json": {"Vpcs": []}, "main.tf": ""}, False),
        ({"describe-vpcs.json": {"Vpcs": []}, "code/main.tf": ""}, False),
        ({"package.json": {"name": "x"}}, False),
        ({"prod.tfvars.json": {"Vpcs": [VPC]}}, False),
        ({"plan.json": {"format_version": "1.2", "Vpcs": []}}, False),
        ({"template.json": {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}}, False),
        ({"template.json": {"Resources": {"Vpc": {"Type": "AWS::EC2::VPC"}}}}, False),
        ({"data.json": {"users": [1]}, "list.json": [1, 2]}, False),
        ({"notes.txt": "describe-vpcs"}, False),
    ],
)
def test_a_dump_is_told_from_other_trees(files: dict[str, Any], is_dump: bool, tmp_path: pathlib.Path) -> None:
    assert SOURCE.recognises(dump(tmp_path, files)) is is_dump


def test_a_single_file_is_a_dump(tmp_path: pathlib.Path) -> None:
    file = dump(tmp_path, {"vpcs.json": {"Vpcs": [VPC]}}) / "vpcs.json"

    assert SOURCE.recognises(file)
    loaded = SOURCE.load(file, "vpcs.json", LoadOptions(), lambda *_: None)
    assert [d.address for d in loaded.documents] == ["aws_vpc.vpc-0a1"]
    assert loaded.documents[0].scope.account == ACCOUNT


def test_a_link_out_of_the_dump_is_not_followed(tmp_path: pathlib.Path) -> None:
    outside = dump(tmp_path / "outside", {"describe-vpcs.json": {"Vpcs": [VPC]}})
    inside = dump(tmp_path / "inside", {"describe-subnets.json": {"Subnets": []}})
    (inside / "describe-vpcs.json").symlink_to(outside / "describe-vpcs.json")
    loaded = SOURCE.load(inside, "dump", LoadOptions(), lambda *_: None)

    assert loaded.documents == []
    assert [gap.kind for gap in loaded.gaps if gap.kind != "not-in-dump"] == ["outside-root"]
