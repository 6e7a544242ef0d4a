"""A service of AWS: reached over its public addresses, a gateway endpoint or an interface endpoint.

Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html,
https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
"""

from __future__ import annotations

from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Came, Outside, Walker
from nephograph.model.resource import Resource

KIND = "gateway endpoint"


def set_out(walker: Walker, end: Outside) -> None:
    """Only answers start here: back by the endpoint that was taken, or over the internet."""
    if not walker.back:
        walker.drop(Reason.ENDPOINT_STARTS_NOTHING, end.name, "service", f"{end.name} starts no connection by itself")
    session = walker.sessions.get("service")
    if session is not None and session.resume is not None:
        session.resume()
        return
    walker.internet()


def serves(endpoint: Resource, service: str) -> bool:
    """Is it an endpoint for that service? `s3` is the last word of `com.amazonaws.eu-west-1.s3`."""
    said = endpoint.get("service")
    return isinstance(said, str) and (said == service or said.rpartition(".")[2] == service.rpartition(".")[2])


def gateway_endpoint(walker: Walker, end: Outside, came: Came, table: Resource | None) -> bool:
    """Take the gateway endpoint of the route table, where it has one for the service."""
    ground = walker.ground
    if table is None:
        return False
    found = ground.estate.holders(table.urn, "in_route_table", "aws_vpc_endpoint")
    found += [r for r in ground.linked(table, "routes_to", "routes") if r.kind == "aws_vpc_endpoint"]
    for endpoint in found:
        if endpoint.get("type") == "Gateway" and serves(endpoint, end.name) and walker.there(endpoint):
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
