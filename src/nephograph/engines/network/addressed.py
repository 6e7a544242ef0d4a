"""Targets that are registered by their address: whose it is, the data says, or it may be anybody's of that subnet.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nephograph.engines.network.addresses import Addresses, intersect, parse
from nephograph.engines.network.view import View, name
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import Verdict, depends, yes

_MACHINES = ("aws_instance", "aws_network_interface")


def by_address(view: View, owner: Resource) -> Iterator[tuple[Resource, Verdict]]:
    """The target groups that hold an address of an instance or an interface, and whether it is the owner's."""
    if owner.kind not in _MACHINES:
        return
    for group, targets in _groups(view):
        meant = [text for text in targets if not _elsewhere(view, owner, group, text)]
        found = [verdict for text in meant if (verdict := may_be(view, owner, text)) is not None]
        if found:
            yield group, min(found, key=lambda verdict: verdict.answer != "yes")


def _elsewhere(view: View, owner: Resource, group: Resource, text: str) -> bool:
    """Is the owner in another VPC than the one the address means? Ranges of VPCs repeat: the group's own goes first."""
    subnets = view.estate.targets(owner.urn, "in_subnet", "aws_subnet")
    own = view.network(subnets[0]) if subnets else None
    theirs = view.network(group)
    if own is None or theirs is None or own.urn == theirs.urn:
        return False
    ranges, parsed = theirs.get("cidrs"), parse(text)
    known = [parse(one) for one in ranges if isinstance(one, str)] if isinstance(ranges, list) else []
    return parsed is not None and any(one is not None and intersect(one[1], parsed[1]) for one in known)


def may_be(view: View, owner: Resource, text: Any) -> Verdict | None:
    """Is it an address of the owner? None where it is not, or is no address."""
    parsed = parse(text) if isinstance(text, str) and owner.kind in _MACHINES else None
    if parsed is None:
        return None
    own, known = _own(owner)
    if known:
        return yes() if any(one == parsed[:2] for one in own) else None
    for subnet in view.estate.targets(owner.urn, "in_subnet", "aws_subnet"):
        said = subnet.get("cidr" if parsed[0] == 4 else "ipv6_cidr")
        whole = parse(said) if isinstance(said, str) else None
        if isinstance(said, Unknown) or (whole is not None and intersect(parsed[1], whole[1])):
            return depends(f"whether {name(owner)} has the address {text}")
    return None


def _own(owner: Resource) -> tuple[list[tuple[int, Addresses]], bool]:
    """(the addresses that are said, are they all of them)."""
    listed = owner.get("private_ips")
    texts = [*(listed if isinstance(listed, list) else []), owner.get("private_ip")]
    parsed = [found[:2] for text in texts if isinstance(text, str) and (found := parse(text))]
    return parsed, bool(parsed) and not any(isinstance(text, Unknown) for text in (listed, *texts))


def _groups(view: View) -> list[tuple[Resource, list[str]]]:
    """The target groups that name addresses, and the addresses."""
    key = ("addressed",)
    if key not in view.memo:
        found = []
        for group in view.estate.of_kind("aws_lb_target_group"):
            items = group.get("targets")
            said = [item.get("target") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
            texts = [text for text in said if isinstance(text, str) and parse(text)]
            if texts:
                found.append((group, texts))
        view.memo[key] = found
    kept: list[tuple[Resource, list[str]]] = view.memo[key]
    return kept
