"""VPC security group. Every spelling of its rules becomes one rule a peer, in the same words."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, flag, items, mapping, number, reference, text
from nephograph.catalog.readers import always, says
from nephograph.model.resource import Class

_PEERS = (
    ("cidr", ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")),
    ("prefix_list", ("prefix_list_ids", "prefix_list_id")),
    ("group", ("security_groups", "source_security_group_id", "referenced_security_group_id")),
)


def _protocol(rule: Cursor) -> Cursor:
    """The protocol in one word: -1 and all are `all`, IANA numbers of the common ones get their name."""
    cursor = rule.first("protocol", "ip_protocol")
    known = {"-1": "all", "all": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
    if not cursor.present:
        return cursor.be("all")
    return cursor if cursor.unknown else cursor.be(known.get(str(cursor.value).lower(), str(cursor.value).lower()))


def _port(rule: Cursor, name: str, protocol: Cursor, everything: int) -> Cursor:
    """A port of the rule. Rules for all protocols speak of no ports, and -1 means every ICMP type: all is covered."""
    cursor = rule.at(name)
    if protocol.value == "all" or not cursor.present or cursor.value in (-1, "-1"):
        return cursor.be(everything)
    return cursor


def rules(blocks: Cursor) -> Tree:
    """Rule blocks (inline or separate) as one item a peer."""
    found: list[Tree] = []
    for rule in blocks.each():
        if rule.unknown:
            found.append(rule)
            continue
        protocol = _protocol(rule)
        about: dict[str, Tree] = {
            "protocol": protocol,
            "from_port": _port(rule, "from_port", protocol, 0),
            "to_port": _port(rule, "to_port", protocol, 65535),
            "description": rule.at("description"),
        }
        for field, names in _PEERS:
            for name in names:
                found.extend({**about, field: peer} for peer in rule.at(name).each() if says(peer))
        itself = rule.at("self")
        if itself.unknown or itself.value in (True, "true"):
            found.append({**about, "itself": itself})
    return found


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
            ignores=("revoke_rules_on_delete",),
        ),
        Spelling(
            "terraform",
            "aws_security_group_rule",
            {"ingress": _separate("ingress"), "egress": _separate("egress")},
            part_of="security_group_id",
        ),
        Spelling(
            "terraform",
            "aws_vpc_security_group_ingress_rule",
            {"ingress": rules},
            part_of="security_group_id",
            ignores=("tags",),
        ),
        Spelling(
            "terraform",
            "aws_vpc_security_group_egress_rule",
            {"egress": rules},
            part_of="security_group_id",
            ignores=("tags",),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)
