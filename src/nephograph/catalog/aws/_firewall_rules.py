"""Rules of Network Firewall: templates and answers write them alike, Terraform in its own blocks.

https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateless-rule-groups-5-tuple.html
https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateful-rule-groups-basic.html
"""

from nephograph.catalog.aws._network import protocol_word
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader, items, number, text, texts

PORTS = items(from_port=number(), to_port=number())

STATELESS = items(
    priority=number(),
    # aws:pass, aws:drop, aws:forward_to_sfe, and names of custom actions (which only publish a metric).
    actions=texts(),
    # In words as security groups say them; none said is every protocol. Numbers that have no word stay numbers.
    protocols=texts(),
    sources=texts(),
    destinations=texts(),
    # None said is every port.
    source_ports=PORTS,
    destination_ports=PORTS,
    tcp_flags=items(flags=texts(), masks=texts()),
)
STATEFUL = items(
    # pass, drop, reject or alert.
    action=text(),
    # ip, tcp, udp, icmp, or an application's: http, tls, ssh …
    protocol=text(),
    # A range, a list in brackets, a variable ($HOME_NET), any; `!` before it means everything else.
    source=text(),
    source_port=text(),
    # forward: from the source alone. any: both ways.
    direction=text(),
    destination=text(),
    destination_port=text(),
    # sid, msg and rev limit nothing; whatever else is said here narrows the rule.
    options=items(keyword=text(), settings=texts()),
)
SETS = items(name=text(), values=texts())
"""Variables of rules: a name without its dollar, and what it stands for."""


def _all(block: Cursor, name: str, old: str, inner: str) -> list[Tree]:
    """Texts of a list of blocks: `source { address_definition }` or `Sources: [{AddressDefinition}]`."""
    listed = block.first(name, old)
    return [one if one.unknown else one.first(inner, _pascal(inner)) for one in listed.each()]


def _pascal(name: str) -> str:
    return "".join(word.title() for word in name.split("_"))


def _ports(block: Cursor, name: str, old: str) -> Tree:
    listed = block.first(name, old)
    if listed.unknown:
        return listed
    return [
        one if one.unknown else {f: one.first(f, _pascal(f)) for f in ("from_port", "to_port")} for one in listed.each()
    ]


def _stateless(rule: Cursor) -> Tree:
    if rule.unknown:
        return rule
    about = rule.first("rule_definition", "RuleDefinition")
    match = about.first("match_attributes", "MatchAttributes")
    flags = match.first("tcp_flag", "TCPFlags")
    return {
        "priority": rule.first("priority", "Priority"),
        "actions": about.first("actions", "Actions"),
        "protocols": [protocol_word(one) for one in match.first("protocols", "Protocols").each()] or None,
        "sources": _all(match, "source", "Sources", "address_definition") or None,
        "destinations": _all(match, "destination", "Destinations", "address_definition") or None,
        "source_ports": _ports(match, "source_port", "SourcePorts") or None,
        "destination_ports": _ports(match, "destination_port", "DestinationPorts") or None,
        "tcp_flags": [
            one if one.unknown else {f: one.first(f, _pascal(f)) for f in ("flags", "masks")} for one in flags.each()
        ]
        or None,
    }


def stateless(*names: str) -> Reader:
    """The rules of a stateless group, at the first of these places that says something."""

    def read(document: Cursor) -> Tree:
        listed = document.first(*names)
        return listed if listed.unknown or not listed.present else [_stateless(one) for one in listed.each()]

    return read


def _word(cursor: Cursor) -> Cursor:
    return cursor.be(cursor.value.lower()) if isinstance(cursor.value, str) else cursor


def _or_any(cursor: Cursor) -> Cursor:
    return cursor.be("any") if cursor.value == "ANY" else cursor


def _stateful(rule: Cursor) -> Tree:
    if rule.unknown:
        return rule
    header = rule.first("header", "Header")
    options = rule.first("rule_option", "RuleOptions")
    return {
        "action": _word(rule.first("action", "Action")),
        "protocol": _word(header.first("protocol", "Protocol")),
        "source": _or_any(header.first("source", "Source")),
        "source_port": _or_any(header.first("source_port", "SourcePort")),
        "direction": _word(header.first("direction", "Direction")),
        "destination": _or_any(header.first("destination", "Destination")),
        "destination_port": _or_any(header.first("destination_port", "DestinationPort")),
        "options": [
            one
            if one.unknown
            else {"keyword": one.first("keyword", "Keyword"), "settings": one.first("settings", "Settings")}
            for one in options.each()
        ],
    }


def stateful(*names: str) -> Reader:
    """The rules of a stateful group that are written one by one."""

    def read(document: Cursor) -> Tree:
        listed = document.first(*names)
        return listed if listed.unknown or not listed.present else [_stateful(one) for one in listed.each()]

    return read


def blocks(name: str, inner: str) -> Reader:
    """Variables as Terraform writes them: blocks with a `key` and an inner block with one list (or one ARN)."""

    def read(document: Cursor) -> Tree:
        listed = document.at(*name.split("."))
        if listed.unknown or not listed.present:
            return listed
        return [
            one
            if one.unknown
            else {"name": one.at("key"), "values": one.at(inner).first("definition", "reference_arn")}
            for one in listed.each()
        ]

    return read


def sets(name: str, *inner: str) -> Reader:
    """Variables as AWS writes them: a mapping of names."""

    def read(document: Cursor) -> Tree:
        said = document.at(*name.split("."))
        if said.unknown or not said.present:
            return said
        return [
            {"name": one.be(key), "values": one.first(*inner) if isinstance(one.value, dict) else one}
            for key, one in said.entries()
        ]

    return read
