"""Network ACL: ordered, stateless rules for the subnets it guards."""

from nephograph.catalog.aws._network import protocol_word
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    items,
    mapping,
    number,
    reference,
    text,
)
from nephograph.catalog.readers import always, each, first_of, one, says, tags
from nephograph.model.resource import Class

_LAST = 32766
"""The highest number a rule can be given; what the API lists above it is the refusal that ends every ACL."""


def _port(rule: Cursor, name: str, protocol: Cursor, everything: int) -> Cursor:
    """Only TCP and UDP rules speak of ports; the others cover everything."""
    cursor = rule.at(*name.split("."))
    if protocol.unknown:
        return cursor
    return cursor if protocol.value in ("tcp", "udp") and cursor.present else cursor.be(everything)


def _icmp_type(rule: Cursor, protocol: Cursor) -> Tree:
    """The ICMP type, for rules about ICMP alone: the others carry a meaningless 0 in states."""
    cursor = rule.first("icmp_type", "Icmp.Type", "IcmpTypeCode.Type")
    return cursor if protocol.value in ("icmp", "icmpv6") else None


def _aws_rule(rule: Cursor) -> dict[str, Tree]:
    """One entry of a template or an answer."""
    protocol = protocol_word(rule.at("Protocol"))
    return {
        "number": rule.at("RuleNumber"),
        "action": rule.at("RuleAction"),
        "protocol": protocol,
        "from_port": _port(rule, "PortRange.From", protocol, 0),
        "to_port": _port(rule, "PortRange.To", protocol, 65535),
        "icmp_type": _icmp_type(rule, protocol),
        "cidr": first_of(rule, "CidrBlock", "Ipv6CidrBlock"),
    }


def _entries(egress: bool) -> Reader:
    """The entries of an answer in one direction, without the refusal that ends every ACL."""

    def read(document: Cursor) -> Tree:
        found: list[Tree] = []
        for entry in document.at("Entries").each():
            number = entry.at("RuleNumber").value
            if (entry.at("Egress").value is True) == egress and not (isinstance(number, int) and number > _LAST):
                found.append(_aws_rule(entry))
        return found

    return read


def _entry(egress: bool) -> Reader:
    """`AWS::EC2::NetworkAclEntry`: one document, its direction in `Egress` (false when left out)."""

    def read(document: Cursor) -> Tree:
        said, rule = document.at("Egress"), _aws_rule(document)
        if said.unknown:
            return [said]
        return [rule] if (said.value in (True, "true")) == egress else None

    return read


def _guarded(document: Cursor) -> Tree:
    return [{"subnet": one.at("SubnetId")} for one in document.at("Associations").each()]


def _adopted_vpc(document: Cursor) -> Tree:
    """The VPC where it is known; in code the ACL's id, which by `aws_vpc.x.default_network_acl_id` names the VPC."""
    vpc = document.at("vpc_id")
    return document.at("default_network_acl_id") if vpc.unknown or not says(vpc) else vpc


def _rule(rule: Cursor) -> dict[str, Tree]:
    protocol = protocol_word(rule.at("protocol"))
    return {
        "number": first_of(rule, "rule_no", "rule_number"),
        "action": first_of(rule, "action", "rule_action"),
        "protocol": protocol,
        "from_port": _port(rule, "from_port", protocol, 0),
        "to_port": _port(rule, "to_port", protocol, 65535),
        "icmp_type": _icmp_type(rule, protocol),
        "cidr": first_of(rule, "cidr_block", "ipv6_cidr_block"),
    }


def _subnets(document: Cursor) -> Tree:
    listed = document.at("subnet_ids")
    if listed.unknown or not listed.present:
        return listed
    return [{"subnet": subnet} for subnet in listed.each()]


def _separate(egress: bool) -> Reader:
    """`aws_network_acl_rule`: one document, its direction in `egress` (false when left out)."""

    def read(document: Cursor) -> Tree:
        said, rule = document.at("egress"), _rule(document)
        if said.unknown:
            return [said]
        return [rule] if (said.value in (True, "true")) == egress else None

    return read


_INLINE: Fields = {
    "id": "id",
    "subnets": _subnets,
    "ingress": each("ingress", _rule),
    "egress": each("egress", _rule),
    "tags": "tags",
}
_RULES = items(
    number=number(),
    action=text(),
    protocol=text(),
    from_port=number(),
    to_port=number(),
    icmp_type=number(),
    cidr=text(),
)

KIND = Kind(
    native="AWS::EC2::NetworkAcl",
    service="ec2",
    cls=Class.GENERIC,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:network-acl/{id}",
    id="{id}",
    fields={
        "id": text(),
        "vpc": reference("aws_vpc"),
        "subnets": items(subnet=reference("aws_subnet")),
        "ingress": _RULES,
        "egress": _RULES,
        "default": flag(default=False),
        "tags": mapping(),
    },
    links=(Link("in_network", "vpc"), Link("guards", "subnets.*.subnet")),
    spellings=(
        Spelling("terraform", "aws_network_acl", {**_INLINE, "vpc": "vpc_id"}),
        Spelling(
            "terraform",
            "aws_default_network_acl",
            {**_INLINE, "vpc": _adopted_vpc, "default": always(True)},
            ignores=("default_network_acl_id",),
        ),
        Spelling(
            "terraform",
            "aws_network_acl_rule",
            {"ingress": _separate(egress=False), "egress": _separate(egress=True)},
            part_of="network_acl_id",
            ignores=("icmp_code",),
        ),
        Spelling(
            "terraform",
            "aws_network_acl_association",
            {"subnets": one(lambda document: {"subnet": document.at("subnet_id")})},
            part_of="network_acl_id",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::NetworkAcl",
            {"vpc": "VpcId", "tags": tags("Tags")},
            computed={"Id": "id"},
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::NetworkAclEntry",
            {"ingress": _entry(egress=False), "egress": _entry(egress=True)},
            part_of="NetworkAclId",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::SubnetNetworkAclAssociation",
            {"subnets": one(lambda document: {"subnet": document.at("SubnetId")})},
            part_of="NetworkAclId",
        ),
        Spelling(
            "api",
            "ec2:DescribeNetworkAcls",
            {
                "id": "NetworkAclId",
                "vpc": "VpcId",
                "subnets": _guarded,
                "ingress": _entries(egress=False),
                "egress": _entries(egress=True),
                "default": "IsDefault",
                "tags": tags("Tags"),
            },
            items="NetworkAcls.*",
            key="NetworkAclId",
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",),
)
