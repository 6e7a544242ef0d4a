"""Global Accelerator: in which versions it is asked, whom it leads to, and whose address an endpoint sees."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from test_accelerators import EDGE, GROUP, LISTENER, accelerated
from test_holes import holes
from written_estates import ANY, ANY6, Things, ask, machine

from nephograph.engines.tracer.packet import address
from nephograph.engines.tracer.question import Traced
from nephograph.model.value import Reason, Unknown

APP, LB = "aws_instance.app", "aws_lb.web"
HOLE = Unknown(Reason.NO_VALUE, "var.hole")


def ways(things: Things, source: str = "internet", target: str = APP, port: int = 443) -> dict[int, Traced]:
    """The ways by the accelerator, by version."""
    found = ask(things, source, target, port=port)
    return {one.candidate.version: one for one in found.traced if one.candidate.through == "edge"}


def to_app(**group: Any) -> Things:
    return accelerated(APP, port_overrides=[], **group)


@pytest.mark.parametrize(
    ("stack", "verdicts"),
    [
        (None, {4: "yes"}),
        ("IPV4", {4: "yes"}),
        ("DUAL_STACK", {4: "yes", 6: "yes"}),
        ("dual_stack", {4: "yes", 6: "yes"}),
        (HOLE, {4: "yes", 6: "depends"}),
    ],
)
def test_it_is_asked_in_the_versions_it_has_addresses_of(stack: Any, verdicts: dict[int, str]) -> None:
    """global-accelerator/latest/dg/about-accelerators.ip-address-types.html"""
    things = to_app()
    things["aws_vpc.v"]["ipv6_cidrs"] = ["2600:1f00::/56"]
    things["aws_subnet.back"]["ipv6_cidr"] = "2600:1f00::/64"
    things[APP]["ipv6_addresses"] = ["2600:1f00::10"]
    things["aws_security_group.app"]["ingress"] = [ANY, ANY6]
    things[EDGE]["ip_address_type"] = stack
    assert {version: one.judged.verdict for version, one in ways(things).items()} == verdicts


def test_clients_send_to_the_address_that_is_said_of_their_version() -> None:
    things = to_app()
    things[EDGE]["ip_addresses"] = ["no address", "2600:9000::9", "75.2.0.1"]
    (walk,) = {walk.packet.target.value: walk for walk in ways(things)[4].cases.walks}.values()
    assert address(4, walk.packet.target.value) == "75.2.0.1"


def test_a_listener_that_says_no_protocol_is_of_tcp() -> None:
    things = to_app()
    things[LISTENER]["protocol"] = None
    assert ways(things)[4].judged.verdict == "yes"


def test_of_several_endpoints_each_has_a_weight_of_its_own() -> None:
    """global-accelerator/latest/dg/about-endpoints-endpoint-weights.html"""
    things = to_app()
    machine(things, "other", "back", "10.0.2.11")
    rest = {"endpoint": "@aws_instance.other", "weight": 0}
    things[GROUP]["endpoints"] = [rest, {"endpoint": f"@{APP}", "weight": 100}]
    assert ways(things)[4].judged.verdict == "yes"
    assert ways(things, target="aws_instance.other")[4].judged.verdict == "no"


CLIENTS = {**ANY, "cidr": "203.0.113.0/24"}


@pytest.mark.parametrize(
    ("fields", "said", "verdict"),
    [
        ({"type": "application", "scheme": "internal"}, None, "yes"),
        ({"type": "application", "scheme": "internal"}, False, "yes"),
        ({"type": "application", "scheme": "internet-facing"}, None, "yes"),
        ({"type": "application", "scheme": "internet-facing"}, False, "depends"),
        ({"type": "network", "scheme": "internal"}, None, "depends"),
        ({"type": "network", "scheme": "internal"}, True, "yes"),
    ],
)
def test_whether_an_endpoint_sees_the_client_hangs_on_what_it_is(
    fields: dict[str, Any], said: Any, verdict: str
) -> None:
    """global-accelerator/latest/dg/preserve-client-ip-address.html"""
    things = accelerated(endpoints=[{"endpoint": f"@{LB}", "preserve_client_ip": said}])
    things[LB] |= fields
    things["aws_security_group.web"]["ingress"] = [CLIENTS]
    things[LB]["security_groups"] = ["@aws_security_group.web"]
    things["aws_lb_listener.web"]["protocol"] = "TCP" if fields["type"] == "network" else "HTTP"
    assert ways(things, "203.0.113.9", LB)[4].judged.verdict == verdict


def test_where_the_vpc_of_an_endpoint_is_not_known_it_is_open() -> None:
    things = to_app()
    things[APP]["subnet"] = HOLE
    assert ways(things)[4].judged.verdict == "depends"


def test_what_is_not_known_of_an_accelerator_leaves_no_wrong_sure_answer() -> None:
    for things in (accelerated(), to_app()):
        wrong = []
        for what, without in holes(things):
            found = ask(without, "internet", APP)
            if found.verdict not in ("yes", "depends") or (found.verdict == "depends" and not found.depends_on):
                wrong.append(f"{what}: {found.verdict}")
        assert wrong == []


def test_an_accelerator_that_may_lead_to_many_leads_to_balancers_and_instances_alone() -> None:
    """global-accelerator/latest/dg/about-endpoints.html"""
    things = to_app(endpoints=HOLE)
    things["aws_db_subnet_group.s"] = {"subnets": ["@aws_subnet.back"]}
    things["aws_db_instance.d"] = {"subnet_group": "@aws_db_subnet_group.s"}
    for endpoint, asked in ((APP, True), (LB, True), ("aws_db_instance.d", False)):
        assert bool(ways(things, target=endpoint)) is asked
    # Another listener's override is for its own port, and one that names none is for none.
    things = accelerated(port_overrides=[{"listener_port": 444, "endpoint_port": 81}, {"endpoint_port": 82}])
    assert ways(things, target=LB)[4].judged.verdict == "no"
