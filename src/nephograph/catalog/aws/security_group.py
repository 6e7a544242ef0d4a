"""VPC security group. Every spelling of its rules becomes one rule a peer, in the same words."""

from typing import Any

from nephograph.catalog.aws._security_group_rules import permissions, rules
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    items,
    mapping,
    number,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import always, element, tags
from nephograph.model.resource import Class


def _inline(direction: str) -> Reader:
    return lambda document: rules(document.at(direction)) if document.at(direction).present else None


def _separate(direction: str) -> Reader:
    """`aws_security_group_rule`: one document, its direction in `type`."""

    def read(document: Cursor) -> Tree:
        kind, found = document.at("type"), rules(document)
        if kind.unknown:
            return [kind]
        return found if kind.value == direction else None

    return read


def _listed(egress: bool) -> Reader:
    """`DescribeSecurityGroupRules`: one object a rule, its direction in `IsEgress`."""

    def read(document: Cursor) -> Tree:
        found = rules(document)
        return found if (document.at("IsEgress").value is True) == egress else None

    return read


def _whole(cidr: str) -> dict[str, Any]:
    return {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": cidr}


_EVERYTHING_MAY_LEAVE = [_whole("0.0.0.0/0"), _whole("::/0")]
"""What AWS gives to a group that is created without a rule of its own for what leaves."""


def _associated(document: Cursor) -> Tree:
    """One more VPC, while the association holds."""
    vpc = document.at("VpcId")
    return [vpc] if document.at("State").value in ("associating", "associated") else None


_RULES = items(
    protocol=text(),
    from_port=number(),
    to_port=number(),
    cidr=text(),
    group=reference("aws_security_group"),
    prefix_list=reference("aws_ec2_managed_prefix_list"),
    itself=flag(),
    description=text(),
)

KIND = Kind(
    native="AWS::EC2::SecurityGroup",
    service="ec2",
    cls=Class.SECURITY_GROUP,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:security-group/{id}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "name": text(),
        "description": text(),
        "vpc": reference("aws_vpc"),
        # Other VPCs of its region that the group may be used in.
        "more_vpcs": references("aws_vpc"),
        "ingress": _RULES,
        # Terraform removes AWS's allow-all egress rule from the groups it creates, so nothing said means none.
        "egress": _RULES,
        "tags": mapping(),
    },
    links=(
        Link("in_network", "vpc"),
        Link("associated_with", "more_vpcs"),
        Link("lets_in", "ingress.*.group"),
        Link("lets_out", "egress.*.group"),
        Link("uses_prefix_list", "ingress.*.prefix_list"),
        Link("uses_prefix_list", "egress.*.prefix_list"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_security_group",
            {
                "id": "id",
                "name": "name",
                "description": "description",
                "vpc": "vpc_id",
                "ingress": _inline("ingress"),
                "egress": _inline("egress"),
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=("name_prefix", "revoke_rules_on_delete"),
        ),
        Spelling(
            "terraform",
            "aws_default_security_group",
            {
                "id": "id",
                "name": always("default"),
                "vpc": "vpc_id",
                "ingress": _inline("ingress"),
                "egress": _inline("egress"),
                "tags": "tags",
            },
            computed={"name": "default"},
            ignores=("description", "name", "name_prefix", "revoke_rules_on_delete"),
        ),
        Spelling(
            "terraform",
            "aws_security_group_rule",
            {"ingress": _separate("ingress"), "egress": _separate("egress")},
            part_of="security_group_id",
            ignores=("security_group_rule_id",),
        ),
        Spelling(
            "terraform",
            "aws_vpc_security_group_ingress_rule",
            {"ingress": rules},
            part_of="security_group_id",
            ignores=("security_group_rule_id", "tags"),
        ),
        Spelling(
            "terraform",
            "aws_vpc_security_group_egress_rule",
            {"egress": rules},
            part_of="security_group_id",
            ignores=("security_group_rule_id", "tags"),
        ),
        Spelling(
            "terraform",
            "aws_vpc_security_group_vpc_association",
            {"more_vpcs": element("vpc_id")},
            part_of="security_group_id",
            ignores=("state",),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::SecurityGroupVpcAssociation",
            {"more_vpcs": element("VpcId")},
            part_of="GroupId",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::SecurityGroup",
            {
                "name": "GroupName",
                "description": "GroupDescription",
                "vpc": "VpcId",
                "ingress": lambda document: rules(document.at("SecurityGroupIngress")),
                "egress": lambda document: rules(document.at("SecurityGroupEgress")),
                "tags": tags("Tags"),
            },
            computed={"GroupId": "id", "Id": "id", "VpcId": "{vpc}"},
            unless_said={"egress": _EVERYTHING_MAY_LEAVE},
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::SecurityGroupIngress",
            {"ingress": rules},
            part_of="GroupId",
            ignores=("GroupName", "SourceSecurityGroupOwnerId"),
        ),
        Spelling("cloudformation", "AWS::EC2::SecurityGroupEgress", {"egress": rules}, part_of="GroupId"),
        Spelling(
            "api",
            "ec2:DescribeSecurityGroups",
            {
                "id": "GroupId",
                "name": "GroupName",
                "description": "Description",
                "vpc": "VpcId",
                "ingress": permissions("IpPermissions"),
                "egress": permissions("IpPermissionsEgress"),
                "tags": tags("Tags"),
            },
            items="SecurityGroups.*",
            key="GroupId",
            ignores=("SecurityGroupArn",),
        ),
        Spelling(
            "api",
            "ec2:DescribeSecurityGroupVpcAssociations",
            {"more_vpcs": _associated},
            items="SecurityGroupVpcAssociations.*",
            part_of="GroupId",
            ignores=("GroupOwnerId", "StateReason", "VpcOwnerId"),
        ),
        Spelling(
            "api",
            "ec2:DescribeSecurityGroupRules",
            {"ingress": _listed(egress=False), "egress": _listed(egress=True)},
            items="SecurityGroupRules.*",
            part_of="GroupId",
            key="SecurityGroupRuleId",
            ignores=("GroupOwnerId", "SecurityGroupRuleArn", "Tags"),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    ),
)
