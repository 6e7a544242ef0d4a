"""Rules of security groups: every dialect's way of writing them becomes one item a peer, in the same words."""

from nephograph.catalog.aws._network import protocol_word
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader
from nephograph.catalog.readers import first_of, says

_PEERS = (
    ("cidr", ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")),
    ("cidr", ("CidrIp", "CidrIpv4", "CidrIpv6")),
    ("prefix_list", ("prefix_list_ids", "prefix_list_id")),
    ("prefix_list", ("SourcePrefixListId", "DestinationPrefixListId", "PrefixListId")),
    ("group", ("security_groups", "source_security_group_id", "referenced_security_group_id")),
    ("group", ("SourceSecurityGroupId", "SourceSecurityGroupName", "DestinationSecurityGroupId")),
)
_LISTED = (
    ("cidr", "IpRanges", "CidrIp"),
    ("cidr", "Ipv6Ranges", "CidrIpv6"),
    ("prefix_list", "PrefixListIds", "PrefixListId"),
)


def _protocol(rule: Cursor) -> Cursor:
    cursor = rule.first("protocol", "ip_protocol", "IpProtocol")
    return protocol_word(cursor) if cursor.present else cursor.be("all")


def _port(rule: Cursor, names: tuple[str, str], protocol: Cursor, everything: int) -> Cursor:
    """A port of the rule. Rules for all protocols speak of no ports, and -1 means every ICMP type: all is covered."""
    cursor = rule.first(*names)
    if protocol.value == "all" or not cursor.present or cursor.value in (-1, "-1"):
        return cursor.be(everything)
    return cursor


def _traffic(rule: Cursor) -> dict[str, Tree]:
    protocol = _protocol(rule)
    return {
        "protocol": protocol,
        "from_port": _port(rule, ("from_port", "FromPort"), protocol, 0),
        "to_port": _port(rule, ("to_port", "ToPort"), protocol, 65535),
    }


def rules(blocks: Cursor) -> Tree:
    """Rule blocks (inline or separate) as one item a peer; None when nothing is written."""
    if not blocks.present:
        return None
    found: list[Tree] = []
    for rule in blocks.each():
        if rule.unknown:
            found.append(rule)
            continue
        about = {**_traffic(rule), "description": first_of(rule, "description", "Description")}
        for field, names in _PEERS:
            for name in names:
                if isinstance(rule.value, dict) and rule.value.get(name) is None:
                    continue
                found.extend({**about, field: peer} for peer in rule.at(name).each() if says(peer))
        found.extend({**about, **peer} for peer in _referred(rule))
        itself = rule.at("self")
        if itself.unknown or itself.value in (True, "true"):
            found.append({**about, "itself": itself})
    return found


def _referred(rule: Cursor) -> list[dict[str, Tree]]:
    """The group that `DescribeSecurityGroupRules` tells of."""
    pair = rule.at("ReferencedGroupInfo")
    return [_pair(pair, rule.at("GroupId"), rule.at("GroupOwnerId"))] if pair.present else []


def _pair(pair: Cursor, own: Cursor, owner: Cursor) -> dict[str, Tree]:
    """A group as a peer: the group itself, one of the account, or `<account>/<group>` of another account."""
    group, user = pair.at("GroupId"), pair.at("UserId")
    if group.value == own.value:
        return {"itself": group.be(True)}
    if says(user) and says(owner) and user.value != owner.value:
        return {"group": group.be(f"{user.value}/{group.value}")}
    return {"group": group}


def permissions(name: str) -> Reader:
    """The list `name` of `DescribeSecurityGroups`: permissions, each with lists of peers, each with its description."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        own, owner = document.at("GroupId"), document.at("OwnerId")
        found: list[Tree] = []
        for permission in said.each():
            about = _traffic(permission)
            for field, listed, value in _LISTED:
                found += [
                    {**about, "description": first_of(peer, "Description"), field: peer.at(value)}
                    for peer in permission.at(listed).each()
                ]
            found += [
                {**about, "description": first_of(pair, "Description"), **_pair(pair, own, owner)}
                for pair in permission.at("UserIdGroupPairs").each()
            ]
        return found

    return read
