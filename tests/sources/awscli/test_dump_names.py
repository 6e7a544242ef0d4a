"""The operation, what it asked for, the account and the region, from the names of files as people write them."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.model.value import Unknown
from tests.sources.awscli.dumps import ACCOUNT, ROLE, VPC, gaps, load, one

NAMES = (
    "describe-vpcs.json",
    "ec2-describe-vpcs.json",
    "aws_ec2_describe_vpcs.json",
    "aws ec2 describe-vpcs.json",
    "ec2/describe-vpcs.json",
    "ec2.describe_vpcs.json",
    "DescribeVpcs.json",
    "DescribeVpcs_1.json",
    "ec2/DescribeVpcs_0.json",
    "describe-vpcs-2.json",
    "describe-vpcs.page3.json",
    "describe-vpcs/1.json",
    "describe-vpcs.json.txt",
    "all.json",
    "backup/2025-01-31/all.json",
    "backup/describe-vpcs.json",
    "describe-vpcs-of-production.json",
)


@pytest.mark.parametrize("name", NAMES)
def test_an_operation_is_known_by_its_file(name: str, tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {name: {"Vpcs": [VPC]}})

    assert [(d.type, d.address) for d in loaded.documents] == [("ec2:DescribeVpcs", "aws_vpc.vpc-0a1")]


@pytest.mark.parametrize(
    "name",
    [
        f"accounts/{ACCOUNT}/eu-west-1/ec2/describe-vpcs.json",
        f"{ACCOUNT}-production/eu-west-1/describe-vpcs.json",
        f"eu-west-1/{ACCOUNT}/describe-vpcs.json",
        f"describe-vpcs.{ACCOUNT}.eu-west-1.json",
        f"{ACCOUNT}_eu-west-1_describe-vpcs.json",
        f"describe-vpcs_{ACCOUNT}_eu-west-1.json",
        f"describe-vpcs/{ACCOUNT}/eu-west-1.json",
        f"account={ACCOUNT}/region=eu-west-1/vpcs.json",
    ],
)
def test_the_path_tells_account_and_region(name: str, tmp_path: pathlib.Path) -> None:
    nobody = {name: value for name, value in VPC.items() if name != "OwnerId"}

    (document,) = load(tmp_path, {name: {"Vpcs": [nobody]}}).documents

    assert (document.scope.account, document.scope.region) == (ACCOUNT, "eu-west-1")
    assert document.root == f"{ACCOUNT}/eu-west-1"


ANSWER = {"EnableDnsSupport": {"Value": False}}


@pytest.mark.parametrize(
    "name",
    [
        "describe-vpc-attribute.vpc-0a1.json",
        "describe-vpc-attribute_vpc-0a1.json",
        "describe-vpc-attribute-vpc-0a1.json",
        "describe-vpc-attribute/vpc-0a1.json",
        "describe-vpc-attribute.VpcId=vpc-0a1.json",
        "ec2/vpc-0a1/describe-vpc-attribute.json",
        "vpc-0a1.describe-vpc-attribute.json",
        "DescribeVpcAttribute_vpc-0a1.json",
        "describe-vpc-attribute.vpc%2D0a1.json",
        "describe-vpc-attribute.vpc_0a1.json",
    ],
)
def test_the_name_tells_what_was_asked(name: str, tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"describe-vpcs.json": {"Vpcs": [VPC]}, name: ANSWER})

    assert one(loaded, "ec2:DescribeVpcAttribute").attributes["VpcId"] == "vpc-0a1"


def test_the_answer_or_its_request_tells_what_was_asked(tmp_path: pathlib.Path) -> None:
    echoed = load(tmp_path / "a", {"describe-vpc-attribute.json": {"VpcId": "vpc-7", **ANSWER}})
    noted = load(tmp_path / "b", {"describe-vpc-attribute.json": {"_request": {"VpcId": "vpc-7"}, **ANSWER}})

    for loaded in (echoed, noted):
        assert dict(one(loaded, "ec2:DescribeVpcAttribute").attributes) == {"VpcId": "vpc-7", **ANSWER}


def test_an_owner_that_cannot_be_told_is_unknown_and_names_the_file(tmp_path: pathlib.Path) -> None:
    document = one(load(tmp_path, {"describe-vpc-attribute.json": ANSWER}), "ec2:DescribeVpcAttribute")

    owner = document.attributes["VpcId"]
    assert isinstance(owner, Unknown)
    assert "dump/describe-vpc-attribute.json" in owner.detail


def test_two_parameters_stand_one_after_the_other(tmp_path: pathlib.Path) -> None:
    policy = {"PolicyDocument": {"Version": "2012-10-17", "Statement": []}}
    for number, name in enumerate(("iam/get-role-policy.web.logs.json", "iam/get-role-policy/web/logs.json")):
        loaded = load(tmp_path / str(number), {"list-roles.json": {"Roles": [ROLE]}, name: policy})

        assert one(loaded, "iam:GetRolePolicy").attributes["RoleName"] == "web"


def test_a_parameter_that_may_be_left_out_is_left_out(tmp_path: pathlib.Path) -> None:
    arn = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:web"
    functions = {"Functions": [{"FunctionName": "web", "FunctionArn": arn}]}
    policy = {"Policy": '{"Version": "2012-10-17", "Statement": []}', "RevisionId": "r"}
    for number, files in enumerate(
        (
            {"list-functions.json": functions, "lambda/get-policy.web.json": policy},
            {"lambda/get-policy.web.json": policy},
        )
    ):
        loaded = load(tmp_path / str(number), files)

        assert dict(one(loaded, "lambda:GetPolicy").attributes) == {"FunctionName": "web", **policy}


def test_a_name_with_marks_is_matched_against_what_is_known(tmp_path: pathlib.Path) -> None:
    url = f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/orders"
    attributes = {"Attributes": {"QueueArn": f"arn:aws:sqs:eu-west-1:{ACCOUNT}:orders"}}
    for number, name in enumerate(("orders", url.replace("/", "_").replace(":", "+"), url.replace("/", "%2F"))):
        files = {"list-queues.json": {"QueueUrls": [url]}, f"get-queue-attributes.{name}.json": attributes}
        loaded = load(tmp_path / str(number), files)

        assert one(loaded, "sqs:GetQueueAttributes").attributes["QueueUrl"] == url


def test_what_is_asked_for_may_be_of_another_kind(tmp_path: pathlib.Path) -> None:
    arn = f"arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}:listener/app/public/1/2"
    listeners = {"Listeners": [{"ListenerArn": arn, "Port": 443}]}
    rules = {"Rules": [{"RuleArn": f"{arn.replace('listener', 'listener-rule')}/3", "Priority": "1", "Actions": []}]}
    name = arn.replace(":", "_").replace("/", "_")
    loaded = load(tmp_path, {"describe-listeners.json": listeners, f"describe-rules.{name}.json": rules})

    assert one(loaded, "elbv2:DescribeRules").attributes["ListenerArn"] == arn


def test_another_operation_that_begins_alike_is_not_taken_for_it(tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"ec2/describe-vpc-attribute-history.json": {"Changes": [{"ChangeId": "c-1"}]}})

    assert [d.type for d in loaded.documents] == ["ec2:DescribeVpcAttributeHistory"]


def test_another_service_s_operation_of_the_same_name_is_not_taken_for_it(tmp_path: pathlib.Path) -> None:
    users = {"Users": [{"Arn": f"arn:aws:transfer:eu-west-1:{ACCOUNT}:user/s-1/ann", "UserName": "ann", "Role": "r"}]}
    empty = load(tmp_path / "empty", {"transfer/list-users.json": {"Users": []}})
    loaded = load(tmp_path / "one", {"transfer/list-users.json": users})

    assert [d.type for d in loaded.documents] == ["transfer:ListUsers"]
    assert loaded.answered == empty.answered == []


def test_a_file_that_tells_nothing_is_named(tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"notes.json": {"Colours": ["red"]}, "describe-vpcs.json": {"Vpcs": [VPC]}})

    (gap,) = gaps(loaded, "unrecognised-answer")
    assert gap.subject == "dump/notes.json"
    assert "Colours" in gap.why


def test_an_id_that_looks_like_a_page_is_what_was_asked_for(tmp_path: pathlib.Path) -> None:
    names = {"Policies": [{"Id": name, "Name": name, "Type": "SERVICE_CONTROL_POLICY"} for name in ("p-1", "p-22")]}
    policy = {"Policy": {"PolicySummary": {"Id": "p-1", "Name": "p-1"}, "Content": '{"Statement": []}'}}
    for number, name in enumerate(("describe-policy.p-1.json", "describe-policy-p-1.json", "describe-policy/p-1.json")):
        loaded = load(tmp_path / str(number), {"list-policies.json": names, f"organizations/{name}": policy})

        assert one(loaded, "organizations:DescribePolicy").attributes["PolicyId"] == "p-1"


def test_a_number_is_a_page_unless_something_goes_by_it(tmp_path: pathlib.Path) -> None:
    topic = f"arn:aws:sns:eu-west-1:{ACCOUNT}:7"
    files = {
        "list-topics.json": {"Topics": [{"TopicArn": topic}]},
        "get-topic-attributes.7.json": {"Attributes": {"TopicArn": topic}},
    }
    loaded = load(tmp_path, files)

    assert one(loaded, "sns:GetTopicAttributes").attributes["TopicArn"] == topic
