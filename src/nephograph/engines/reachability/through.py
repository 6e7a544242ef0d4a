"""Connections through a load balancer: a leg from the client to a node composed with one from the node to the target.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nephograph.engines.reachability.balancers import BALANCERS, Forward, forwards
from nephograph.engines.reachability.interfaces import Interface
from nephograph.engines.reachability.spots import Crossing, Spot
from nephograph.engines.reachability.traffic import Span
from nephograph.engines.reachability.valued import NOTHING, Valued

if TYPE_CHECKING:
    from nephograph.engines.reachability.engine import Reachability


def nodes(found: Reachability) -> list[Interface]:
    """The nodes of all balancers, in order."""
    estate = found.estate
    return [i for i in found.inventory.all.values() if estate.resources[i.owner].kind in BALANCERS]


def through(found: Reachability, source: str, node: str, target: str, version: int = 4) -> Valued:
    """What one interface may send to a node of a balancer so that it comes to a target, and the answer back."""
    ends = found.inventory.all
    whole = NOTHING
    near: Valued | None = None
    for one in forwards(found.reading, ends[node], ends[target]):
        if near is None:
            near = found.between(source, node, version)
        if not near.open:
            return NOTHING
        mask = found.axis.mask(one.listens.span)
        value = near.meet(Valued(mask, mask)).meet(_onward(found, source, node, target, version, one))
        for doubt in filter(None, (one.doubt, one.listens.doubt)):
            value = value.doubted(found.reasons.bit(doubt))
        whole = whole.join(value)
    return whole


def _onward(found: Reachability, source: str, node: str, target: str, version: int, one: Forward) -> Valued:
    """Everything if the leg from the node gets through, else nothing."""
    whole: Valued | None = None
    for there in one.speaks.versions:
        value = _in_version(found, source, node, target, version, one, there)
        whole = value if whole is None else whole.either(value, found.reasons.bit(one.speaks.why))
    return whole or NOTHING


def _in_version(
    found: Reachability, source: str, node: str, target: str, version: int, one: Forward, there: int
) -> Valued:
    if one.keeps and there == version:
        leg = _kept(found, source, node, target, version)
    elif any(there not in found.inventory.all[end].addresses for end in (node, target)):
        return NOTHING
    else:
        # The node calls by itself, in the version of the group, whatever the client speaks.
        leg = found.between(node, target, there)
    everything = found.axis.all
    if one.port is None:
        return leg
    protocol = one.listens.span.protocol if one.listens.span is not None else "tcp"
    if isinstance(one.port, tuple):
        bits = found.axis.mask(Span(protocol, *one.port))
        whole, some = leg.sure & bits == bits, leg.open & bits
        why = leg.why | (found.reasons.bit(one.whose) if leg.sure & bits else 0)
        return Valued(everything if whole else 0, everything if some else 0, why if bool(some) != whole else 0)
    bit = found.axis.mask(Span(protocol, one.port, one.port)) or found.axis.bit(protocol, one.port)
    sure, open_ = bool(leg.sure & bit), bool(leg.open & bit)
    return Valued(everything if sure else 0, everything if open_ else 0, leg.why if sure != open_ else 0)


def _kept(found: Reachability, source: str, node: str, target: str, version: int) -> Valued:
    """The leg of a balancer that leaves the client's address as source.

    The groups of the node have to let it out; those of the target see the client's address and know the groups of the
    node, not those of the client. The answer goes back through the node whatever the routes of the target's subnet say.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html,
    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html
    """
    ends, classes = found.inventory.all, found.classes[version]
    clients, targets = classes.of.get(source, ()), classes.of.get(target, ())
    if version not in ends[target].addresses or not clients or not targets:
        return NOTHING
    whole: Valued | None = None
    for a in clients:
        for b in targets:
            value = _leg(found, a, b, ends[node], ends[target], version)
            why = found.reasons.bit(f"the addresses of {source} and {target}")
            whole = value if whole is None else whole.either(value, why)
    return whole or NOTHING


def _leg(found: Reachability, client: int, number: int, node: Interface, target: Interface, version: int) -> Valued:
    classes = found.classes[version]
    far, near = classes.all[client], classes.all[number]
    value = _grouped(found, far.at, number, node, target, version).meet(found.cases.accepted(near.takes))
    if not node.subnet or not target.subnet:
        # Both may stand in one subnet, and which lists there are otherwise nobody knows.
        return value.doubted(found.reasons.bit(node.doubt or target.doubt))
    if node.subnet == target.subnet:
        return value
    # The packet sets out in the node's subnet with the client's address, and comes back by the lists of both alone.
    start = Spot(node.vpc, node.subnet, version, far.at)
    back = (Crossing(target.subnet, "egress", far.at), Crossing(node.subnet, "ingress", near.at))
    answers = found.cases.crossed(back, version)
    why = found.reasons.bit("the port the client sends from") if answers.sure != found.axis.all else 0
    value = value.meet(found.cases.arriving(start, Spot(target.vpc, target.subnet, version, near.at)))
    return value.meet(found.axis.answers(answers, False, why))


def _grouped(found: Reachability, client: int, number: int, node: Interface, target: Interface, version: int) -> Valued:
    """What the groups of the node let out to a class of targets, and theirs let in from the client's address."""
    classes = found.classes[version]
    near, numbers = classes.all[number], classes.of.get(node.urn, ())
    sender = receiver = node.vpc == target.vpc or not (node.vpc and target.vpc)
    if not sender and numbers:
        places = classes.place_of(numbers[0]), classes.place_of(number)
        cases = found.pairs[version].connection(*places) or ()
        sender, receiver = (bool(cases) and all(getattr(c, side) for c in cases) for side in ("sender", "receiver"))
    filters, guards = found.filters, classes.memberships[near.membership]
    value = filters.one(version, guards, "ingress", client)
    for group in node.membership.groups if sender else ():
        value = value.join(filters.lets(guards, "ingress").get(("group", group), NOTHING))
    if sender and (lost := node.membership.unsure):
        value = value.join(filters.named(guards, "ingress").doubted(found.reasons.bit(lost)))
    egress = filters.row(version, node.membership, "egress")
    return value.meet(found.interned.values[int(egress[0 if receiver else 1][near.peer])])
