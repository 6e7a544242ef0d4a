"""Network Firewall by the five-tuple: stateless rules first, then stateful ones; what looks deeper is left open.

Stateless rules look at every packet by itself. Stateful ones decide about a connection when it starts, and let its
answers pass where they come by the same endpoint.

Sources: https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-rules-engines.html,
https://docs.aws.amazon.com/network-firewall/latest/developerguide/rule-action.html,
https://docs.aws.amazon.com/network-firewall/latest/developerguide/asymmetric-routing.html
"""

from __future__ import annotations

from nephograph.engines.tracer import firewall_stateful, firewall_stateless
from nephograph.engines.tracer.firewall_parts import Decided
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.walk import Session, Walker
from nephograph.model.resource import Resource

KIND = "firewall"


def named(walker: Walker, box: Resource) -> list[str]:
    """What hops call the firewall that a route leads to, by itself or by an endpoint of it: its policy, or itself."""
    held = walker.ground.estate.holders(box.urn, "uses_endpoint", "aws_networkfirewall_firewall")
    found = [box, *held] if box.kind == "aws_networkfirewall_firewall" else held
    return [one.urn for f in found for one in (f, *walker.ground.linked(f, "decided_by"))]


def inspect(walker: Walker, firewall: Resource, endpoint: str) -> None:
    """The packet passes the firewall, or ends there."""
    policies = walker.ground.linked(firewall, "decided_by")
    if not policies:
        what = f"the policy of firewall {name(firewall)}"
        if not walker.course.perhaps(what):
            walker.drop(Reason.FIREWALL_DENIES, firewall, KIND, f"not known: {what}", unknown=what)
        walker.note(firewall, KIND, "depends", "not-described", f"not known: {what}")
        return
    policy = policies[0]
    decided = firewall_stateless.decide(walker, policy)
    if decided.action == "forward":
        decided = _connection(walker, firewall, policy, endpoint)
    if decided.action == "drop":
        text = f"firewall {name(firewall)} drops {walker.said()}"
        walker.drop(
            Reason.FIREWALL_DENIES, policy, KIND, text, decided.rule, decided.location, policy=policy, at="rule"
        )
    text = f"firewall {name(firewall)} lets it pass"
    walker.note(policy, KIND, "passes", "firewall-lets", text, decided.rule, decided.location)


def _connection(walker: Walker, firewall: Resource, policy: Resource, endpoint: str) -> Decided:
    """What stateful rules make of a new connection; an answer passes where they have let its connection start."""
    key = f"firewall {firewall.urn}"
    if not walker.back:
        found = firewall_stateful.decide(walker, firewall, policy)
        walker.sessions[key] = Session(walker.packet._replace(sender=endpoint))
        return found
    if key not in walker.sessions:
        text = f"{name(firewall)} sees the answer to a connection whose start it did not see, or did not look at"
        walker.drop(Reason.TRANSIT_OTHER_ZONE, firewall, KIND, text, at="asymmetric")
    if walker.sessions[key].before.sender != endpoint:
        text = (
            f"the answer comes to another endpoint of {name(firewall)} than the request; it knows nothing of it there"
        )
        walker.drop(Reason.TRANSIT_OTHER_ZONE, firewall, KIND, text, at="zone")
    return Decided("pass", "an answer to what was let through")
