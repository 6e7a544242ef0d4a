"""What a word stands for as an end of a question: interfaces, addresses, the internet, premises, a service."""

from __future__ import annotations

from collections.abc import Sequence

from nephograph.engines.tracer import functions, nat64
from nephograph.engines.tracer.addresses import INTERNET, domain, holder_of, known, public, subnet_at
from nephograph.engines.tracer.came import End, Outside
from nephograph.engines.tracer.ground import Ground, known_or, name
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface, interfaces_of, table
from nephograph.engines.tracer.services import short
from nephograph.model.resource import Resource


def of_word(ground: Ground, word: str) -> Sequence[End]:
    """`internet`, an address or CIDR, or a service of AWS; empty when the word is none of these."""
    if word in ("internet", "0.0.0.0/0", "::/0"):
        ranges = () if word == "internet" else (word,)
        return [Outside("internet", "internet", ranges)]
    parsed = network(word)
    if parsed is not None:
        return _addresses(ground, word, *parsed)
    tail = word.removeprefix("com.amazonaws.")
    if tail != word or word in SERVICES:
        return [Outside("service", short(word))]
    return []


SERVICES = (
    "s3",
    "dynamodb",
    "sqs",
    "sns",
    "kms",
    "sts",
    "ssm",
    "ec2",
    "ec2messages",
    "ssmmessages",
    "logs",
    "monitoring",
    "secretsmanager",
    "ecr.api",
    "ecr.dkr",
    "lambda",
    "kinesis-streams",
    "events",
    "execute-api",
    "athena",
    "glue",
)
"""Services people name by one word; any other one is written in full (`com.amazonaws.eu-west-1.…`)."""


def of_resource(ground: Ground, resource: Resource, goal: bool = False) -> Sequence[End]:
    """The interfaces of a resource, of a subnet, of the members of a group, of a VPC; networks behind a VPN.

    A function that is a `goal` is what a balancer invokes, not the interfaces it calls from.
    """
    if goal and resource.kind == functions.KIND and functions.behind_balancers(ground, resource):
        return [functions.invoked(resource)]
    own = interfaces_of(ground, resource)
    if own:
        return list(own)
    every = table(ground).by_urn.values()
    if resource.kind == "aws_subnet":
        return list(table(ground).in_subnet.get(resource.urn, []))
    if resource.kind == "aws_vpc":
        return [i for i in every if i.vpc is resource]
    if resource.kind == "aws_security_group":
        from nephograph.engines.tracer.groups import groups_of

        return [i for i in every if resource in groups_of(ground, i)]
    if resource.kind == "aws_eip":
        holders = ground.estate.targets(resource.urn, "address_of")
        return [i for h in holders for i in interfaces_of(ground, h)]
    if resource.kind == "aws_internet_gateway":
        return [Outside("internet", f"the internet by {name(resource)}", (), ground.attached_vpc(resource))]
    if resource.kind == "aws_vpc_endpoint" and isinstance(resource.get("service"), str):
        return [Outside("service", short(str(resource.get("service"))))]
    if resource.kind in ("aws_vpn_connection", "aws_vpn_gateway", "aws_customer_gateway"):
        return _premises(ground, resource)
    if resource.kind == "terraform_module_call":
        module = resource.address.removesuffix(".call")
        inside = (f"{module}.", f"{module}[")
        return [i for i in every if i.resource.address.startswith(inside)]
    members = ground.estate.holders(resource.urn, "member_of")
    return [i for r in members for i in interfaces_of(ground, r)]


def _premises(ground: Ground, resource: Resource) -> list[End]:
    lines = [resource] if resource.kind == "aws_vpn_connection" else []
    lines += ground.estate.holders(resource.urn, "attached_to", "aws_vpn_connection")
    lines += ground.estate.holders(resource.urn, "connects", "aws_vpn_connection")
    ranges = [i.get("destination") for line in lines for i in known_or(line.get("routes"), ()) if isinstance(i, dict)]
    known = tuple(dict.fromkeys(r for r in ranges if isinstance(r, str)))
    return [Outside("prefix", name(resource), known)] if known else []


def _addresses(ground: Ground, word: str, version: int, low: int, high: int) -> list[End]:
    """Who has the address (several, where ranges of VPCs overlap); a range stands for everybody in it."""
    every = list(table(ground).by_urn.values())
    found: list[End] = []
    if low == high:
        found += holder_of(ground, every, version, low) or _public_holders(ground, every, low)
        if found:
            return found
    for vpc in ground.estate.of_kind("aws_vpc"):
        if any(a <= low and high <= b for a, b in ground.ranges(vpc, version)):
            subnet = subnet_at(ground, vpc, version, low)
            inside = _in_range(ground, vpc, version, low, high) if low != high else []
            if inside:
                return inside
            label = f"{word} in {name(subnet)}" if subnet is not None else word
            return [Outside("address", label, (word,), vpc)]
    if version == 6 and nat64.inside(low, high):
        four = [nat64.embedded(at) for at in (low, high)]
        theirs = low == high and _public_holders(ground, every, four[0])
        if not theirs and all(public(4, at) for at in four):
            return [Outside("internet", word, (word,))]
    # A range wider than a VPC: everybody of the estate in it, and whoever else has an address of it.
    beside: list[End] = [
        end
        for vpc in ground.estate.of_kind("aws_vpc")
        if any(low <= b and a <= high for a, b in ground.ranges(vpc, version))
        for end in _in_range(ground, vpc, version, low, high)
    ]
    if any(low <= b and a <= high for a, b in INTERNET[version]):
        return [*beside, Outside("internet", word, (word,))]
    return [*beside, Outside("prefix", word, (word,))]


def _in_range(ground: Ground, vpc: Resource, version: int, low: int, high: int) -> list[End]:
    found: list[End] = []
    for interface in table(ground).by_urn.values():
        if interface.vpc is not vpc:
            continue
        said = known(interface, version)
        spans = [(v, v) for v in said] or list(domain(ground, interface, version))
        if any(low <= a and b <= high for a, b in spans):
            found.append(interface)
    return found


def _public_holders(ground: Ground, every: list[Interface], value: int) -> list[Interface]:
    """The interface an Elastic IP or a public address of the data belongs to."""
    found = []
    for interface in every:
        said = [interface.own.get("public_address"), interface.resource.get("public_ip")]
        for holder in (interface.own, interface.resource):
            said += [eip.get("public_ip") for eip in ground.estate.holders(holder.urn, "address_of", "aws_eip")]
        if any((parsed := network(text)) is not None and parsed[1] == value for text in said):
            found.append(interface)
    return found
