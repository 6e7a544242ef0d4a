"""Network ACL: ordered, stateless rules for the subnets it guards."""

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
from nephograph.catalog.readers import always, each, first_of, one
from nephograph.model.resource import Class

_PROTOCOLS = {"-1": "all", "all": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


def _protocol(rule: Cursor) -> Cursor:
    cursor = rule.at("protocol")
    if cursor.unknown or not cursor.present:
        return cursor
    word = str(cursor.value).lower()
    return cursor.be(_PROTOCOLS.get(word, word))


def _port(rule: Cursor, name: str, protocol: Cursor, everything: int) -> Cursor:
    """Only TCP and UDP rules speak of ports; the others cover everything."""
    cursor = rule.at(name)
    if protocol.unknown:
        return cursor
    return cursor if protocol.value in ("tcp", "udp") and cursor.present else cursor.be(everything)


def _rule(rule: Cursor) -> dict[str, Tree]:
    protocol = _protocol(rule)
    return {
        "number": first_of(rule, "rule_no", "rule_number"),
        "action": first_of(rule, "action", "rule_action"),
        "protocol": protocol,
        "from_port": _port(rule, "from_port", protocol, 0),
        "to_port": _port(rule, "to_port", protocol, 65535),
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
_RULES = items(number=number(), action=text(), protocol=text(), from_port=number(), to_port=number(), cidr=text())

KIND = Kind(
    native="AWS::EC2::NetworkAcl",
    service="ec2",
    cls=Class.GENERIC,
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
            # The attribute names the ACL, and by `aws_vpc.x.default_network_acl_id` its VPC.
            {**_INLINE, "vpc": "default_network_acl_id", "default": always(True)},
        ),
        Spelling(
            "terraform",
            "aws_network_acl_rule",
            {"ingress": _separate(egress=False), "egress": _separate(egress=True)},
            part_of="network_acl_id",
            ignores=("icmp_code", "icmp_type"),
        ),
        Spelling(
            "terraform",
            "aws_network_acl_association",
            {"subnets": one(lambda document: {"subnet": document.at("subnet_id")})},
            part_of="network_acl_id",
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",),
)
