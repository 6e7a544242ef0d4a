"""Accounts and regions: told by the object, its owner, the path, the caller, the person, or else one open symbol."""

from __future__ import annotations

import pathlib

from nephograph.model.source import LoadOptions
from nephograph.model.value import has_symbol
from nephograph.session import open_estate
from tests.sources.awscli.dumps import ACCOUNT, ROLE, VPC, dump, load, one

NOBODY = {name: value for name, value in VPC.items() if name != "OwnerId"}
SUBNET = {
    "SubnetId": "subnet-0a1",
    "VpcId": "vpc-0a1",
    "CidrBlock": "10.0.1.0/24",
    "AvailabilityZone": "eu-west-1a",
    "SubnetArn": f"arn:aws:ec2:eu-west-1:{ACCOUNT}:subnet/subnet-0a1",
}
CALLER = {"UserId": "AIDAEXAMPLE", "Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/auditor"}


def test_what_an_object_says_of_itself_stands_against_the_path(tmp_path: pathlib.Path) -> None:
    shared = {**VPC, "OwnerId": "444455556666"}
    (document,) = load(tmp_path, {f"{ACCOUNT}/eu-west-1/describe-vpcs.json": {"Vpcs": [shared]}}).documents

    assert (document.scope.account, document.scope.region) == ("444455556666", "eu-west-1")


def test_a_shared_resource_does_not_speak_for_its_owner_s_account(tmp_path: pathlib.Path) -> None:
    shared = {**VPC, "OwnerId": "444455556666"}
    loaded = load(tmp_path, {f"{ACCOUNT}/eu-west-1/describe-vpcs.json": {"Vpcs": [VPC, shared]}})

    assert {scope.account for _, scope in loaded.answered} == {ACCOUNT}


def test_the_caller_speaks_for_the_files_beside_it(tmp_path: pathlib.Path) -> None:
    files = {
        "a/sts/get-caller-identity.json": CALLER,
        "a/ec2/describe-vpcs.json": {"Vpcs": [NOBODY]},
        "b/ec2/describe-vpcs.json": {"Vpcs": [{**NOBODY, "VpcId": "vpc-0b2"}]},
    }
    first, second = load(tmp_path, files).documents

    assert first.scope.account == ACCOUNT
    assert has_symbol(second.scope.account)


def test_the_person_speaks_where_the_dump_does_not(tmp_path: pathlib.Path) -> None:
    said = LoadOptions(account="444455556666", region="eu-west-3")
    loaded = load(tmp_path, {"describe-vpcs.json": {"Vpcs": [VPC, {**NOBODY, "VpcId": "vpc-0b2"}]}}, said)

    assert [(d.scope.account, d.scope.region) for d in loaded.documents] == [
        (ACCOUNT, "eu-west-3"),
        ("444455556666", "eu-west-3"),
    ]
    assert loaded.assumptions == []


def test_the_only_account_and_region_spoken_of_are_taken_and_that_is_said(tmp_path: pathlib.Path) -> None:
    files = {"describe-vpcs.json": {"Vpcs": [NOBODY]}, "describe-subnets.json": {"Subnets": [SUBNET]}}
    loaded = load(tmp_path, files)

    assert {(d.scope.account, d.scope.region) for d in loaded.documents} == {(ACCOUNT, "eu-west-1")}
    assert len(loaded.assumptions) == 2


def test_of_several_accounts_none_is_taken(tmp_path: pathlib.Path) -> None:
    files = {
        "describe-vpcs.json": {
            "Vpcs": [VPC, {**VPC, "VpcId": "vpc-0c3", "OwnerId": "444455556666"}, {**NOBODY, "VpcId": "v"}]
        }
    }
    *_, document = load(tmp_path, files).documents

    assert has_symbol(document.scope.account)


def test_nobody_s_account_and_region_are_one_and_the_same_unknown(tmp_path: pathlib.Path) -> None:
    loaded = load(tmp_path, {"describe-vpcs.json": {"Vpcs": [NOBODY, {**NOBODY, "VpcId": "vpc-0b2"}]}})

    (scope,) = {d.scope for d in loaded.documents}
    assert has_symbol(scope.account)
    assert has_symbol(scope.region)


def test_a_global_kind_has_no_region(tmp_path: pathlib.Path) -> None:
    document = one(load(tmp_path, {f"{ACCOUNT}/us-east-1/list-roles.json": {"Roles": [ROLE]}}), "iam:ListRoles")

    assert (document.scope.region, document.root) == ("", ACCOUNT)


def test_a_part_lives_where_its_owner_lives(tmp_path: pathlib.Path) -> None:
    files = {
        f"{ACCOUNT}/eu-west-1/describe-vpcs.json": {"Vpcs": [NOBODY]},
        "attributes/describe-vpc-attribute.vpc-0a1.json": {"EnableDnsSupport": {"Value": False}},
    }
    loaded = load(tmp_path, files)

    assert {(d.scope.account, d.scope.region) for d in loaded.documents} == {(ACCOUNT, "eu-west-1")}


def test_roots_of_several_dumps_are_told_apart(tmp_path: pathlib.Path) -> None:
    (document,) = load(tmp_path, {"describe-vpcs.json": {"Vpcs": [NOBODY]}}, LoadOptions(prefix="old")).documents

    assert document.root.startswith("old/")
    assert "old" in document.scope.account


def test_what_aws_keeps_lives_in_no_customer_s_account(tmp_path: pathlib.Path) -> None:
    policies = [
        {"PolicyName": name, "Path": "/", "Arn": f"arn:aws:iam::{owner}:policy/{name}", "PolicyId": name}
        for name, owner in (("ReadOnlyAccess", "aws"), ("mine", ACCOUNT))
    ]
    loaded = load(tmp_path, {f"accounts/{ACCOUNT}/global/iam/list-policies.json": {"Policies": policies}})

    assert {d.attributes["PolicyName"]: d.scope.account for d in loaded.documents} == {
        "ReadOnlyAccess": "aws",
        "mine": ACCOUNT,
    }


def test_an_attachment_that_two_accounts_are_told_of_is_one_of_the_vpc_s_owner(tmp_path: pathlib.Path) -> None:
    about = {"TransitGatewayAttachmentId": "tgw-attach-0a1", "TransitGatewayId": "tgw-0a1", "State": "available"}
    of_the_vpc = {**about, "VpcId": "vpc-0a1", "VpcOwnerId": "444455556666", "SubnetIds": ["subnet-0a1"]}
    listed = {
        **about,
        "TransitGatewayOwnerId": ACCOUNT,
        "ResourceType": "vpc",
        "ResourceId": "vpc-0a1",
        "ResourceOwnerId": "444455556666",
    }
    peering = {**listed, "TransitGatewayAttachmentId": "tgw-attach-0b2", "ResourceType": "peering"}
    files = {
        f"accounts/{account}/eu-west-1/ec2/{name}.json": {member: things}
        for account in (ACCOUNT, "444455556666")
        for name, member, things in (
            ("describe-transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments", [of_the_vpc]),
            ("describe-transit-gateway-attachments", "TransitGatewayAttachments", [listed]),
        )
    }
    files[f"accounts/{ACCOUNT}/eu-west-1/ec2/describe-transit-gateway-attachments.json"] = {
        "TransitGatewayAttachments": [listed, peering]
    }
    dump(tmp_path, files)

    found = open_estate([str(tmp_path)], today="2026-01-01").estate.of_kind("aws_ec2_transit_gateway_attachment")

    assert {(a.config["id"], a.config["type"], a.scope.account) for a in found} == {
        ("tgw-attach-0a1", "vpc", "444455556666"),
        ("tgw-attach-0b2", "peering", ACCOUNT),
    }
    assert len(found) == 2


def test_an_account_calls_what_another_shares_with_it_by_its_id(tmp_path: pathlib.Path) -> None:
    owner = "444455556666"
    interface = {"NetworkInterfaceId": "eni-0a1", "OwnerId": ACCOUNT, "SubnetId": "subnet-0a1", "VpcId": "vpc-0a1"}
    shared = {**SUBNET, "OwnerId": owner, "SubnetArn": SUBNET["SubnetArn"].replace(ACCOUNT, owner)}
    dump(
        tmp_path,
        {
            f"accounts/{ACCOUNT}/eu-west-1/ec2/describe-network-interfaces.json": {"NetworkInterfaces": [interface]},
            f"accounts/{owner}/eu-west-1/ec2/describe-subnets.json": {"Subnets": [shared]},
        },
    )

    estate = open_estate([str(tmp_path)], today="2026-01-01").estate

    (found,) = estate.of_kind("aws_network_interface")
    assert [subnet.scope.account for subnet in estate.targets(found.urn, "in_subnet")] == [owner]
