"""VPC security group. Every spelling of its rules becomes one rule a peer, in the same words."""

from nephograph.catalog.aws._security_group_rules import permissions, rules
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, flag, items, mapping, number, reference, text
from nephograph.catalog.readers import always, tags
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


def _template_egress(document: Cursor) -> Tree:
    """A template that lists no outbound rule keeps the one that AWS gives a new group: everything may leave."""
    said = document.at("SecurityGroupEgress")
    if said.unknown or (isinstance(said.value, list) and said.value):
        return rules(said)
    whole = {"protocol": "all", "from_port": 0, "to_port": 65535, "cidr": "0.0.0.0/0"}
    return [{name: said.be(value) for name, value in whole.items()}]


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
        "ingress": _RULES,
        # Terraform removes AWS's allow-all egress rule from the groups it creates, so nothing said means none.
        "egress": _RULES,
        "tags": mapping(),
    },
    links=(
        Link("in_network", "vpc"),
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
            "cloudformation",
            "AWS::EC2::SecurityGroup",
            {
                "name": "GroupName",
                "description": "GroupDescription",
                "vpc": "VpcId",
                "ingress": lambda document: rules(document.at("SecurityGroupIngress")),
                "egress": _template_egress,
                "tags": tags("Tags"),
            },
            computed={"GroupId": "id", "Id": "id", "VpcId": "{vpc}"},
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
