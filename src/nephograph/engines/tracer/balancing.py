"""What all balancers do with a connection: a leg of their own to the target, and the answer back to the client."""

from __future__ import annotations

from typing import Any

from nephograph.engines.tracer import functions
from nephograph.engines.tracer.addresses import private
from nephograph.engines.tracer.axes import Axis, Symbol
from nephograph.engines.tracer.came import Came
from nephograph.engines.tracer.fronts import fronts
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.packet import EPHEMERAL
from nephograph.engines.tracer.places import Interface, interfaces_of
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
    text = f"the target is {health} in {name(group)}; nothing is sent to it"
    place = walker.ground.where(group, "targets", at)
    walker.drop(Reason.TARGET_UNHEALTHY, group, "target group", text, f"health {health}", place, item=at, at="health")


def hand_on(
    walker: Walker, node: Interface, port: int | Symbol, keeps: bool, group: str, held_by: Resource | None = None
) -> None:
    """A leg from the node to the target: the node's own address as source, or the client's where it is kept.

    `held_by` is the target group it is sent to, whose name is `group`.
    """
    goal = walker.destination
    if not isinstance(goal, Interface):
        walker.unknown(f"what {node.name} sends to", node.resource, KIND)
        return
    nested = _next(walker, goal, node, held_by)
    if functions.is_function(nested) and held_by is not None:
        functions.invoke(walker, node, held_by, answer)
        return
    packet = walker.packet
    target = private(walker.course, walker.ground, nested, packet.version) or private(
        walker.course, walker.ground, nested, 4
    )
    version = 4 if target is not None and target.value < 2**32 else packet.version
    # A balancer of both versions speaks to its target by the target's; nobody's address is kept across them.
    own = private(walker.course, walker.ground, node, version)
    keeps = keeps and version == packet.version
    if target is None or own is None:
        walker.drop(Reason.NOBODY_HOME, node.resource, KIND, f"{nested.name} has no address {node.name} could send to")
    to = port if isinstance(port, Symbol) else Symbol(port)
    text = f"{node.name} sends it on to {nested.name} port {to.value} of {group}"
    if to.axis:
        text = f"{node.name} sends it on to {nested.name} of {group}, on {walker.course.text(to)}"
    if keeps:
        walker.sessions[f"behind {nested.urn}"] = Session(packet, _back_by(walker, node, nested, packet))
        # Groups behind it know those of the node, not those of the client (target-group-register-targets.html).
        lost = packet.sender and (packet.sender, str(Reason.GROUP_REFERENCE_LOST))
        walker.packet = packet._replace(
            target=target, target_port=to, sender=node.urn, receiver=nested.urn, forgot=lost or packet.forgot
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
            target_port=to,
            sender=node.urn,
            receiver=nested.urn,
            forgot=("", ""),
        )
    walker.note(node.resource, KIND, "rewrites", "balances", text, group, None, walker.inside(node))
    walker.tracked.discard(node.urn)
    if node.resource.kind == "aws_elb" and nested.subnet is not None and nested.subnet is node.subnet:
        # A classic balancer asks the list of its subnet also for instances in that same subnet.
        walker.border(nested.subnet, "egress", Reason.CLASSIC_BALANCER_ACL)
        walker.border(nested.subnet, "ingress", Reason.CLASSIC_BALANCER_ACL)
    walker.send(node)


def _next(walker: Walker, goal: Interface, node: Interface, group: Resource | None) -> Interface:
    """The goal, or the balancer in the target group that leads to it."""
    ground = walker.ground
    if group is None:
        return goal
    behind = {d.resource.urn: d.resource for d in fronts(ground, goal, nested=False)}
    held = [r for r in ground.estate.targets(group.urn, "has_target", "aws_lb") if r.urn in behind]
    if not held and group.get("target_type") == "alb" and ground.lost(group, "targets"):
        held = [r for r in behind.values() if r is not node.resource]
    if not held:
        return goal
    nodes = interfaces_of(ground, held[0])
    zone = ground.zone(node.subnet)
    return next((n for n in nodes if ground.zone(n.subnet) == zone), nodes[0])


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
