"""What stands at the door of a VPC whatever a subnet's own routes and rules say: Block Public Access, middleboxes.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html,
https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
"""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.network.addresses import VERSIONS, parse
from nephograph.engines.network.sweep import Gate
from nephograph.engines.network.view import View, name, present
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Verdict, all_of, any_of, depends, yes

_GONE = ("delete-complete", "create-failed", "delete-in-progress", "create-in-progress")


def entrance(view: View, subnet: Resource) -> list[Gate]:
    """The gates before a subnet, worked out once; none where nothing of the kind is in the data."""
    key = ("entrance", subnet.urn)
    if key not in view.memo:
        view.memo[key] = [*blocked(view, subnet), *_aside(view, subnet)]
    found: list[Gate] = view.memo[key]
    return found


def blocked(view: View, subnet: Resource) -> Iterator[Gate]:
    """The switch of an account and region over all internet gateways: both its modes stop what starts outside."""
    scope = (view.network(subnet) or subnet).scope
    for options in view.estate.of_kind("aws_vpc_block_public_access_options"):
        mode = options.get("internet_gateway_block_mode")
        if (options.scope.account, options.scope.region) != (scope.account, scope.region) or mode in (None, "off"):
            continue
        told = f"VPC Block Public Access is on in this account and region, and nothing excludes subnet {name(subnet)}"
        refusal = view.evidence(told, options, "internet_gateway_block_mode")
        passes = any_of(_spared(view, subnet, exclusion) for exclusion in _exclusions(view))
        if isinstance(mode, Unknown):
            passes = any_of((passes, depends(f"whether VPC Block Public Access is off ({mode})")))
        yield Gate(dict.fromkeys(VERSIONS, passes), refusal)


def _exclusions(view: View) -> list[Resource]:
    every = view.estate.of_kind("aws_vpc_block_public_access_exclusion")
    return [one for one in every if one.get("state") not in _GONE]


def _spared(view: View, subnet: Resource, exclusion: Resource) -> Verdict:
    """Does an exclusion let in what starts outside?"""
    mode, spares = exclusion.get("mode"), view.linked(exclusion, "spares")
    lost = [*view.missing(exclusion, "vpc"), *view.missing(exclusion, "subnet")]
    if spares and not any(one in (subnet, view.network(subnet)) for one in spares):
        return NO
    doubts = [] if spares else [f"what exclusion {name(exclusion)} spares ({lost[0]})"] if lost else [""]
    if isinstance(mode, Unknown):
        doubts.append(f"the mode of exclusion {name(exclusion)} ({mode})")
    elif mode != "allow-bidirectional":
        return NO
    if "" in doubts:
        return NO
    proof = view.evidence(f"exclusion {name(exclusion)} lets the public in", exclusion, "mode")
    return present(exclusion, all_of((yes(proof), *(depends(doubt) for doubt in doubts))))


def _aside(view: View, subnet: Resource) -> Iterator[Gate]:
    """The table of an internet gateway leads what comes in for a subnet through a middlebox: it depends on that."""
    vpc = view.network(subnet)
    gateways = view.estate.holders(vpc.urn, "attached_to", "aws_internet_gateway") if vpc is not None else []
    for gateway in gateways:
        for table in view.estate.holders(gateway.urn, "routes_for", "aws_route_table"):
            doubts = {version: _through(view, table, subnet, version) for version in VERSIONS}
            if any(doubts.values()):
                told = f"route table {name(table)} of {name(gateway)} leads what comes in through a middlebox"
                verdicts = {v: depends(doubt) if doubt else yes() for v, doubt in doubts.items()}
                yield Gate(verdicts, view.evidence(told, table, "routes"))


def _through(view: View, table: Resource, subnet: Resource, version: int) -> str:
    """What the narrowest route for the whole of a subnet leads through, "" when it is led straight in."""
    own, items = _range(subnet.get("cidr" if version == 4 else "ipv6_cidr")), table.get("routes")
    if own is None or own[0] != version:
        return ""
    if isinstance(items, Unknown):
        return f"the routes of {name(table)} ({items})"
    found: list[tuple[int, str]] = []
    for at, item in enumerate(items or ()):
        to = _range(item.get("destination")) if isinstance(item, dict) else None
        if to is None or to[0] != version:
            continue
        (_, low, high), (_, first, last) = to, own
        if low <= first and last <= high:
            boxes = view.linked(table, "routes_to", "routes", at)
            lost = view.missing(table, "routes", at, "target") if item.get("target") != "local" else []
            led = f"what {name(boxes[0])} lets in" if boxes else f"what a middlebox lets in ({lost[0]})" if lost else ""
            found.append((high - low, led))
    return min(found, default=(0, ""))[1]


def _range(text: object) -> tuple[int, int, int] | None:
    """(version, lowest, highest address) of a range that is known."""
    found = parse(text) if isinstance(text, str) else None
    return (found[0], *found[1][0]) if found is not None else None
