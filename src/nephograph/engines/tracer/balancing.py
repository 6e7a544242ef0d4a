"""What all balancers do with a connection: a leg of their own to the target, and the answer back to the client."""

from __future__ import annotations

from typing import Any

from nephograph.engines.tracer import functions
from nephograph.engines.tracer.addresses import private
from nephograph.engines.tracer.axes import Axis, Symbol
from nephograph.engines.tracer.came import Came, End
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.packet import EPHEMERAL
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Session, Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "load balancer"
_WELL = ("healthy", "initial", "taken", "inservice")


def healthy(walker: Walker, group: Resource, at: int, health: Any) -> None:
    """The health of a target is a fact of what is real; code does not have it."""
    if health in _WELL or (isinstance(health, str) and health.lower() in _WELL):
        return
    if health is None and group.get("target_type") == "lambda":
        # Nobody looks after the health of functions unless that is asked for.
        return
    if health is None and group.said in ("code", "plan"):
        walker.assume(f"the targets of {name(group)} are healthy")
        return
    if health is None or isinstance(health, Unknown):
        what = f"the health of the target in {name(group)}"
        if not walker.course.perhaps(what):
            walker.drop(Reason.TARGET_UNHEALTHY, group, "target group", f"not known: {what}", unknown=what)
        return
    if health == "unhealthy" and _all_unwell(walker, group):
        walker.assume(f"no target of {name(group)} is healthy: the balancer then sends to all of them")
        return
    text = f"the target is {health} in {name(group)}; nothing is sent to it"
    place = walker.ground.where(group, "targets", at)
    walker.drop(Reason.TARGET_UNHEALTHY, group, "target group", text, f"health {health}", place, item=at, at="health")


def _all_unwell(walker: Walker, group: Resource) -> bool:
    """Is no target of the group healthy? The balancer then sends to all that are unhealthy.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
    """
    states = [item.get("health") if isinstance(item, dict) else item for item in group.get("targets")]
    if any(isinstance(state, str) and state.lower() in _WELL for state in states):
        return False
    lost = any(state is None or isinstance(state, Unknown) for state in states)
    return not lost or walker.course.perhaps(f"whether no target of {name(group)} is healthy")


def hand_on(
    walker: Walker,
    node: Interface,
    to: End,
    port: int | Symbol,
    keeps: bool = False,
    held_by: Resource | None = None,
    registered: Symbol | None = None,
) -> None:
    """A leg from the node to whom it hands the connection: the node's own address as source, or the client's where
    it is kept.

    `held_by` is the target group (a classic balancer has none), `registered` the address that is written there.
    """
    if not isinstance(to, Interface):
        walker.unknown(f"what {node.name} sends to", node.resource, KIND)
        return
    if functions.is_function(to) and held_by is not None:
        functions.invoke(walker, node, held_by, answer)
        return
    packet, group = walker.packet, name(held_by or node.resource)
    version = _version(walker, held_by)
    target = registered or private(walker.course, walker.ground, to, version)
    if target is not None and (target.value < 2**32) != (version == 4):
        target = None  # (an address of the other version, which a group does not take)
    # A balancer of both versions speaks to its target by that of the group; nobody's address is kept across them.
    own = private(walker.course, walker.ground, node, version)
    keeps = keeps and version == packet.version
    if target is None or own is None:
        text = f"{to.name} has no IPv{version} address {node.name} could send to by one of its own"
        walker.drop(Reason.NOBODY_HOME, node.resource, KIND, text)
    at = port if isinstance(port, Symbol) else Symbol(port)
    text = f"{node.name} sends it on to {to.name} port {at.value} of {group}"
    if at.axis:
        text = f"{node.name} sends it on to {to.name} of {group}, on {walker.course.text(at)}"
    if keeps:
        walker.sessions[f"behind {to.urn}"] = Session(packet, _back_by(walker, node, to, packet))
        # Groups behind it know those of the node, not those of the client (target-group-register-targets.html).
        lost = packet.sender and (packet.sender, str(Reason.GROUP_REFERENCE_LOST))
        walker.packet = packet._replace(
            target=target, target_port=at, sender=node.urn, receiver=to.urn, forgot=lost or packet.forgot
        )
        text += ", the client's address kept"
    else:
        source_port = walker.course.take(
            Axis(f"port {node.resource.urn}", (EPHEMERAL,), False, f"the port {node.name} sends from")
        )
        walker.sessions[node.urn] = Session(packet)
        walker.packet = packet._replace(
            version=version,
            source=own,
            source_port=source_port,
            target=target,
            target_port=at,
            sender=node.urn,
            receiver=to.urn,
            forgot=("", ""),
        )
    walker.note(node.resource, KIND, "rewrites", "balances", text, group, None, walker.inside(node))
    walker.tracked.discard(node.urn)
    if node.resource.kind == "aws_elb" and to.subnet is not None and to.subnet is node.subnet:
        # A classic balancer asks the list of its subnet also for instances in that same subnet.
        walker.border(to.subnet, "egress", Reason.CLASSIC_BALANCER_ACL)
        walker.border(to.subnet, "ingress", Reason.CLASSIC_BALANCER_ACL)
    walker.send(node)


def _version(walker: Walker, group: Resource | None) -> int:
    """The version of IP that a balancer and the targets of a group speak; classic balancers speak IPv4.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
    """
    said = group.get("ip_address_type") if group is not None else None
    if isinstance(said, Unknown):
        assert group is not None
        return 4 if walker.course.perhaps(f"whether {name(group)} speaks IPv4 ({said})") else 6
    return 6 if said == "ipv6" else 4


def _back_by(walker: Walker, node: Interface, target: Interface, before: Any) -> Any:
    """A kept address: the answer goes back through the node whatever the target's routes say."""

    def resume() -> None:
        if target.subnet is not None and node.subnet is not None and target.subnet.urn != node.subnet.urn:
            walker.border(target.subnet, "egress")
            walker.border(node.subnet, "ingress")
        walker.packet = walker.packet._replace(
            source=before.target, source_port=before.target_port, sender=node.urn, receiver=before.sender
        )
        if node.subnet is not None:
            _own(walker, node)
        walker.note(
            node.resource,
            KIND,
            "rewrites",
            "balances",
            f"{node.name} answers in its own name",
            "",
            None,
            walker.inside(node),
        )
        _onward(walker, node)

    return resume


def _own(walker: Walker, node: Interface) -> None:
    own = private(walker.course, walker.ground, node, walker.packet.version)
    if own is not None:
        walker.packet = walker.packet._replace(source=own)


def answer(walker: Walker, node: Interface) -> None:
    """The target's answer becomes the node's answer to the client."""
    session = walker.sessions.get(node.urn)
    if session is None:
        text = f"{node.name} knows nothing of a connection this would answer"
        walker.drop(Reason.ANSWER_FROM_ANOTHER_ADDRESS, node.resource, KIND, text)
    before = session.before
    own = private(walker.course, walker.ground, node, before.version) or before.target
    walker.packet = before.answer()._replace(source=own, sender=node.urn)
    walker.note(
        node.resource, KIND, "rewrites", "balances", f"{node.name} answers the client", "", None, walker.inside(node)
    )
    _onward(walker, node)


def _onward(walker: Walker, node: Interface) -> None:
    """To the client: by the balancer in front that kept the client's address, over the endpoint it came by
    (PrivateLink), else along the routes of the node's subnet."""
    for key in (f"behind {node.urn}", f"link {node.urn}"):
        session = walker.sessions.get(key)
        if session is not None and session.resume is not None:
            session.resume()
            return
    walker.router(Came(node.vpc, node.subnet, node))
