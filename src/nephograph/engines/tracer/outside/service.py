"""A service of AWS: reached over its public addresses, a gateway endpoint or an interface endpoint.

Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html,
https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
"""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.engines.tracer import nat64
from nephograph.engines.tracer.came import Came, Outside
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.packet import network
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.services import may_serve, renamed, serves, speaks
from nephograph.engines.tracer.walk import Walker
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

KIND = "gateway endpoint"


def set_out(walker: Walker, end: Outside) -> None:
    """Only answers start here: back by the endpoint that was taken, or over the internet."""
    if not walker.back:
        _listed(walker, end)
        walker.drop(Reason.ENDPOINT_STARTS_NOTHING, end.name, "service", f"{end.name} starts no connection by itself")
    session = walker.sessions.get("service")
    if session is not None and session.resume is not None:
        session.resume()
        return
    walker.internet()


def _listed(walker: Walker, end: Outside) -> None:
    """A gateway endpoint hands in nothing from an address that is not in the list of its service."""
    source, goal = walker.packet.source, walker.destination
    if source.axis or not isinstance(goal, Interface):
        return
    for endpoint in walker.ground.estate.of_kind("aws_vpc_endpoint"):
        if (
            endpoint.get("type") != "Gateway"
            or not serves(endpoint, end.name)
            or walker.ground.vpc(endpoint) is not goal.vpc
        ):
            continue
        lists = _lists(walker, endpoint)
        entries = lists[0].get("entries") if lists else None
        known = [network(e.get("cidr")) for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
        if known and not any(k and k[0] == walker.packet.version and k[1] <= source.value <= k[2] for k in known):
            text = f"{name(endpoint)} hands in addresses of {end.name} only; {walker.say(source)} is none of its list"
            walker.drop(Reason.SERVICE_ADDRESS_NOT_LISTED, endpoint, KIND, text, at="source")


def _lists(walker: Walker, endpoint: Resource) -> list[Resource]:
    """The prefix list of a service: of the endpoint, or of the routes it wrote."""
    ground = walker.ground
    found = ground.linked(endpoint, "uses_prefix_list")
    for table in ground.estate.holders(endpoint.urn, "routes_to", "aws_route_table"):
        for at, route in enumerate(table.get("routes") or ()):
            if isinstance(route, dict) and endpoint in ground.linked(table, "routes_to", "routes", at):
                found += ground.linked(table, "uses_prefix_list", "routes", at)
    return found


def by_public_address(walker: Walker, end: Outside) -> None:
    """The packet goes to a public address of the service: said where its names stand for something else."""
    start = walker.start
    if walker.back or not isinstance(start, Interface):
        return
    endpoint = renamed(walker.ground, end.name, start.vpc)
    if endpoint is not None:
        walker.assume(
            f"this way is for who asks for a public address of {end.name}: in this VPC its names lead to endpoint "
            f"{name(endpoint)} (private DNS)"
        )


def gateway_endpoint(walker: Walker, end: Outside, came: Came, table: Resource | None) -> bool:
    """Take the gateway endpoint of the route table, where it has one for the service."""
    ground = walker.ground
    packet = walker.packet
    if table is None or (packet.version == 6 and walker.course.within(packet.target, *nat64.WHOLE)):
        return False
    found = ground.estate.holders(table.urn, "in_route_table", "aws_vpc_endpoint")
    found += [r for r in ground.linked(table, "routes_to", "routes") if r.kind == "aws_vpc_endpoint"]
    for endpoint in [*found, *_perhaps_there(walker, table, found, end)]:
        serves_it = may_serve(walker.course, endpoint, end.name, "Gateway") and walker.there(endpoint)
        if serves_it and speaks(walker.course, endpoint, packet.version):
            rule = f"{end.name} → {name(endpoint)}"
            text = f"{name(table)} sends {end.name} to {name(endpoint)}"
            walker.note(
                table,
                "route table",
                "passes",
                "route",
                text,
                rule,
                ground.where(endpoint),
                ground.inside(table, came.subnet),
            )
            take(walker, endpoint, end, came)
            return True
    return False


def _perhaps_there(walker: Walker, table: Resource, known: list[Resource], end: Outside) -> Iterator[Resource]:
    """Endpoints of the VPC that may have a route in the table: not all of their route tables are known."""
    ground = walker.ground
    for endpoint in ground.estate.of_kind("aws_vpc_endpoint"):
        lost = ground.lost(endpoint, "route_tables")
        said = endpoint.get("service")
        if not lost or endpoint in known or endpoint.get("type") == "Interface":
            continue
        if not (serves(endpoint, end.name) or isinstance(said, Unknown)):
            continue
        if ground.vpc(endpoint) in (None, ground.vpc(table)) and walker.course.perhaps(
            f"whether {name(endpoint)} is in route table {name(table)} ({lost[0]})"
        ):
            yield endpoint


def take(walker: Walker, endpoint: Resource, end: Outside, came: Came) -> None:
    """Through a gateway endpoint."""
    state = endpoint.get("state")
    if state not in (None, "available", "pending", "Available"):
        text = f"endpoint {name(endpoint)} is {state}"
        walker.drop(
            Reason.COMPONENT_NOT_ACTIVE, endpoint, KIND, text, "", walker.ground.where(endpoint, "state"), at="state"
        )
    if walker.packet.protocol not in ("tcp", "icmp", "icmpv6"):
        text = f"gateway endpoints take TCP and ICMP echo, not {walker.packet.protocol}"
        walker.drop(Reason.ENDPOINT_TAKES_TCP_ONLY, endpoint, KIND, text)
    walker.note(endpoint, KIND, "passes", "passes", f"{name(endpoint)} leads to {end.name}")
    walker.assume(f"the policy of endpoint {name(endpoint)} and of what is asked for are questions of `neph can`")

    def resume() -> None:
        walker.note(endpoint, KIND, "passes", "answer", f"{name(endpoint)} hands back the answer")
        walker.local(came.vpc, None)

    from nephograph.engines.tracer.walk import Session

    walker.sessions["service"] = Session(walker.packet, resume)
    walker.deliver(end)
