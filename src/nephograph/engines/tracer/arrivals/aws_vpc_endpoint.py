"""Interface endpoints: a service of AWS, or somebody's service behind a Network Load Balancer (PrivateLink).

Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html,
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
"""

from __future__ import annotations

from nephograph.engines.tracer import balancing, filters
from nephograph.engines.tracer.addresses import private
from nephograph.engines.tracer.came import Came, Outside
from nephograph.engines.tracer.fronts import refers
from nephograph.engines.tracer.ground import known_or, name, truth
from nephograph.engines.tracer.places import Interface, interfaces_of
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.services import may_serve, naming
from nephograph.engines.tracer.walk import Session, Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "endpoint"


def accept(walker: Walker, interface: Interface) -> None:
    """The endpoint itself was asked for."""
    _alive(walker, interface)


def depart(walker: Walker, interface: Interface) -> None:
    """Connections are started by who uses the endpoint (vpc/latest/privatelink/concepts.html)."""
    text = f"{interface.name} starts no connection by itself: who uses it does"
    around = walker.inside(interface)
    walker.drop(Reason.ENDPOINT_STARTS_NOTHING, interface.resource, KIND, text, inside=around, at="start")


def arrive(walker: Walker, interface: Interface) -> None:
    """On to the service, or back to the client."""
    if walker.back:
        balancing.answer(walker, interface)
        return
    _alive(walker, interface)
    end = walker.destination
    own = interface.resource
    asked = isinstance(end, Outside) and end.kind == "service"
    if asked and may_serve(walker.course, own, end.name, "Interface"):
        walker.sessions["service"] = Session(walker.packet, lambda: _hand_back(walker, interface))
        walker.note(
            interface.resource,
            KIND,
            "passes",
            "passes",
            f"{interface.name} leads to {end.name}",
            inside=walker.inside(interface),
        )
        _taken_for_granted(walker, interface)
        walker.deliver(end)
        return
    _private_link(walker, interface)


def _taken_for_granted(walker: Walker, interface: Interface) -> None:
    """Packets arrive whatever policies say; by which name the endpoint is asked is not written on a packet."""
    start, policy = walker.start, interface.resource.get("endpoint_policy")
    if isinstance(policy, Unknown):
        walker.assume(f"the policy of endpoint {interface.name} lets this be asked: it is not known ({policy})")
    walker.assume(f"the policy of endpoint {interface.name} and of what is asked for are questions of `neph can`")
    why = naming(interface, start.vpc)
    if why:
        walker.assume(f"{interface.name} is asked by a name of its own, or by a private zone: {why}")


def _hand_back(walker: Walker, interface: Interface) -> None:
    walker.note(
        interface.resource,
        KIND,
        "passes",
        "answer",
        f"{interface.name} hands back the answer",
        inside=walker.inside(interface),
    )
    walker.router(Came(interface.vpc, interface.subnet, interface))


def _alive(walker: Walker, interface: Interface) -> None:
    state = str(known_or(interface.resource.get("state"), "available")).lower()
    if state in ("deleted", "deleting", "rejected", "failed", "expired", "pendingacceptance"):
        text = f"endpoint {interface.name} is {state}"
        place = walker.ground.where(interface.resource, "state")
        walker.drop(
            Reason.COMPONENT_NOT_ACTIVE, interface.resource, KIND, text, "", place, walker.inside(interface), at="state"
        )


def _private_link(walker: Walker, interface: Interface) -> None:
    ground, endpoint = walker.ground, interface.resource
    service = service_of(walker, endpoint)
    if service is None:
        _not_known(walker, interface, f"the service {endpoint.get('service')} behind endpoint {interface.name}")
        return
    balancers = ground.estate.targets(service.urn, "served_by", "aws_lb")
    zone = ground.zone(interface.subnet)
    nodes = [n for b in balancers for n in interfaces_of(ground, b)]
    said = service.get("availability_zones")
    zones = (
        {z for z in said if isinstance(z, str)} if isinstance(said, list) else {ground.zone(n.subnet) for n in nodes}
    )
    if zone and zones and "" not in zones and zone not in zones:
        text = f"the service behind {interface.name} is not in {zone}"
        walker.drop(
            Reason.ENDPOINT_HAS_NO_SERVICE_HERE,
            endpoint,
            KIND,
            text,
            "",
            ground.where(service),
            walker.inside(interface),
            at="zone",
        )
    if not nodes:
        _not_known(walker, interface, f"the load balancer of service {name(service)}")
        return
    node = next((n for n in nodes if ground.zone(n.subnet) == zone and zone), nodes[0])
    own = private(walker.course, ground, node, walker.packet.version)
    if own is None:
        walker.drop(Reason.NOBODY_HOME, node.resource, KIND, f"{node.name} has no address", at="node")
    walker.sessions[interface.urn] = Session(walker.packet)
    walker.note(
        endpoint,
        KIND,
        "rewrites",
        "privatelink",
        f"{interface.name} leads to {node.name}",
        inside=walker.inside(interface),
    )
    told = f"whether groups of {node.name} are asked about PrivateLink"
    if truth(walker.course, node.resource.get("privatelink_rules"), told, True):
        # They know the client by its own address, not by that of the endpoint or of the balancer.
        walker.forget(Reason.GROUP_REFERENCE_LOST)
        walker.packet = walker.packet._replace(target=own, receiver=node.urn)
        filters.groups_at(walker, node, "ingress")
    walker.tracked.add(node.urn)
    source = own._replace(owner=node.urn)
    walker.packet = walker.packet._replace(source=source, target=own, receiver=node.urn, sender="", forgot=("", ""))
    walker.sessions[f"link {node.urn}"] = Session(walker.packet, lambda: arrive(walker, interface))
    walker.enter(node, node.subnet)


def _not_known(walker: Walker, interface: Interface, what: str) -> None:
    """Somewhere behind the endpoint the packet reaches its end or not: from which address nobody knows."""
    if not walker.course.perhaps(what):
        walker.drop(Reason.NO_ROUTE, interface.resource, KIND, f"not known: {what}", unknown=what)
    walker.note(interface.resource, KIND, "depends", str(Reason.NOT_KNOWN), f"not known: {what}")
    walker.guessed = walker.guessed or what
    walker.deliver(walker.destination)


def service_of(walker: Walker, endpoint: Resource) -> Resource | None:
    """The service behind an endpoint, where it is in the data."""
    estate, said = walker.ground.estate, endpoint.get("service")
    for service in estate.of_kind("aws_vpc_endpoint_service"):
        if endpoint in estate.targets(service.urn, "serves") or refers(said, service):
            return service
        if isinstance(said, str) and said == service.get("service"):
            return service
    return None
