"""Appliances behind a Gateway Load Balancer: the packet comes to them in GENEVE; what they do with it nobody knows.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/gateway-load-balancers.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/target-groups.html
"""

from __future__ import annotations

from typing import Any

from nephograph.engines.tracer import groups
from nephograph.engines.tracer.addresses import private
from nephograph.engines.tracer.axes import Symbol
from nephograph.engines.tracer.ground import known_or, name
from nephograph.engines.tracer.places import Interface, interfaces_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

GENEVE = 6081
"""The UDP port a Gateway Load Balancer and its targets speak on."""
_UNWELL = ("unhealthy", "draining", "unused")


def pass_through(walker: Walker, endpoint: Resource, service: Resource | None) -> None:
    """Through the appliances of an endpoint's service, or to the end of what is known."""
    balancers = walker.ground.estate.targets(service.urn, "served_by", "aws_lb") if service is not None else []
    boxes: list[str] = []
    for balancer in balancers[:1]:
        boxes = _boxes(walker, balancer)
    who = ", ".join(boxes) or "the appliances"
    said = known_or(endpoint.get("service"), "its service")
    what = f"what {who} behind {name(endpoint)} ({said}) do with this traffic"
    if not walker.course.perhaps(what):
        walker.drop(Reason.FIREWALL_DENIES, endpoint, "endpoint", f"not known: {what}", unknown=what)
    walker.note(endpoint, "endpoint", "depends", str(Reason.NOT_DESCRIBED), f"not known: {what}")


def _boxes(walker: Walker, balancer: Resource) -> list[str]:
    """The appliances that take what the balancer sends; the packet ends where there are none."""
    ground = walker.ground
    held = [
        group
        for listener in ground.estate.holders(balancer.urn, "listens_for")
        for group in ground.estate.targets(listener.urn, "forwards_to", "aws_lb_target_group")
    ]
    if not held or any(isinstance(g.get("targets"), Unknown) or ground.missing(g, "targets") for g in held):
        return []
    group = held[0]
    found = [i for target in _well(walker, group) for i in interfaces_of(ground, target)[:1]]
    if not found:
        if known_or(group.get("targets"), ()):
            return []  # (registered by addresses that are not in the data)
        text = f"{name(balancer)} has no appliance in target group {name(group)}"
        walker.drop(Reason.LISTENER_GROUP_EMPTY, group, "target group", text, groups=[group], at="targets")
    taking = [box for box in found if _takes(walker, balancer, box)]
    if not taking:
        _refuse(walker, balancer, found[0])
    text = f"{name(balancer)} sends it in GENEVE to {', '.join(box.name for box in taking)}"
    walker.note(balancer, "load balancer", "passes", "geneve", text, f"udp/{GENEVE}")
    return [box.name for box in taking]


def _well(walker: Walker, group: Resource) -> list[Resource]:
    """Targets that are well; where none is, the balancer sends to all of them."""
    items: Any = group.get("targets")
    each = [(item, walker.ground.linked(group, "has_target", "targets", at)) for at, item in enumerate(items or ())]
    well = [
        r for item, linked in each for r in linked if not isinstance(item, dict) or item.get("health") not in _UNWELL
    ]
    return well or [r for _, linked in each for r in linked]


def _asked(walker: Walker, balancer: Resource, box: Interface) -> groups.Asked | None:
    nodes = interfaces_of(walker.ground, balancer)
    zone = walker.ground.zone(box.subnet)
    # The node of its zone sends to it; of several of which none is known to be, nobody knows which one does.
    near = [n for n in nodes if walker.ground.zone(n.subnet) == zone and zone] or (nodes if len(nodes) == 1 else [])
    node = near[0] if near else None
    own = private(walker.course, walker.ground, node, 4) if node is not None else None
    return groups.Asked(4, "udp", own, node.urn, Symbol(GENEVE)) if own is not None and node is not None else None


def _takes(walker: Walker, balancer: Resource, box: Interface) -> bool:
    asked = _asked(walker, balancer, box)
    return asked is None or groups.lets(walker.course, walker.ground, box, "ingress", asked).passed


def _refuse(walker: Walker, balancer: Resource, box: Interface) -> None:
    """No appliance's group lets GENEVE in: the packet that is dropped is the one of the balancer."""
    asked = _asked(walker, balancer, box)
    assert asked is not None
    target = private(walker.course, walker.ground, box, 4) or Symbol(0)
    walker.packet = walker.packet._replace(
        version=4,
        protocol="udp",
        source=asked.peer,
        target=target,
        source_port=Symbol(GENEVE),
        target_port=Symbol(GENEVE),
        sender=asked.who,
        receiver=box.urn,
    )
    own = groups.groups_of(walker.ground, box)
    component = own[0] if own else box.resource
    text = f"no security group of appliance {box.name} lets in udp/{GENEVE}, on which {name(balancer)} sends everything"
    place = walker.ground.where(component, "ingress")
    walker.drop(
        Reason.GROUP_REFUSES,
        component,
        "security group",
        text,
        "",
        place,
        walker.inside(box),
        interface=box,
        direction="ingress",
        peer="",
        at="geneve",
    )
