"""The architectures of AWS's Network Firewall guide (`network-firewall/latest/developerguide/arch-….html`)."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pytest
from page_estates import ask, attach, attachment, block, edge, estate, hub, hub_table, machine, nat, subnet, vpc, wrong

from nephograph.engines.network.network import Network
from nephograph.model.verdict import any_of

WEB, HUB = "aws_internet_gateway.main", "aws_ec2_transit_gateway.hub"


def endpoint(zone: int = 0) -> str:
    """How code names the endpoint of a firewall in one of its zones."""
    return f"aws_networkfirewall_firewall.wall.firewall_status[0].sync_states)[{zone}].attachment[0].endpoint_id"


def wall(subnets: list[str], rules: str, vpc: str = "main") -> str:
    """A firewall whose policy has one stateful group of these rules, by action."""
    places = "\n".join(f"subnet_mapping {{\n    subnet_id = aws_subnet.{one}.id\n  }}" for one in subnets)
    policy = block(
        "aws_networkfirewall_firewall_policy",
        "wall",
        'name = "wall"',
        'firewall_policy {\n    stateless_default_actions = ["aws:forward_to_sfe"]\n'
        '    stateless_fragment_default_actions = ["aws:forward_to_sfe"]\n'
        "    stateful_rule_group_reference {\n      resource_arn = aws_networkfirewall_rule_group.wall.arn\n    }\n  }",
    )
    group = block(
        "aws_networkfirewall_rule_group",
        "wall",
        'name = "wall"\n  capacity = 100\n  type = "STATEFUL"',
        f"rule_group {{\n    rules_source {{\n{rules}\n    }}\n  }}",
    )
    said = f"vpc_id = aws_vpc.{vpc}.id\n  firewall_policy_arn = aws_networkfirewall_firewall_policy.wall.arn"
    return block("aws_networkfirewall_firewall", "wall", 'name = "wall"', said, places) + policy + group


def rule(action: str, protocol: str, source: str, port: str, target: str, to: str, sid: int = 1) -> str:
    """One stateful rule by the five-tuple."""
    return (
        f'      stateful_rule {{\n        action = "{action}"\n        header {{\n'
        f'          protocol = "{protocol}"\n          source = "{source}"\n          source_port = "{port}"\n'
        f'          destination = "{target}"\n          destination_port = "{to}"\n          direction = "FORWARD"\n'
        "        }\n"
        f'        rule_option {{\n          keyword = "sid"\n          settings = ["{sid}"]\n        }}\n      }}'
    )


NO_TELNET = rule("DROP", "TCP", "ANY", "ANY", "ANY", "23")


def routed(code: str) -> str:
    """Routes name an endpoint of the firewall by the firewall's status."""
    for zone in (0, 1):
        code = code.replace(f"aws_vpc_endpoint.wall{zone}.id", f"tolist({endpoint(zone)}")
    return code


def one_zone(inward: bool = True, outward: bool = True) -> str:
    """arch-single-zone-igw.html: the firewall subnet stands between the customer subnet and the gateway."""
    to = "aws_vpc_endpoint.wall0"
    return routed(
        vpc("main", "10.0.0.0/16", gateway=True)
        + (edge(WEB, "main", {"10.0.2.0/24": to}) if inward else "")
        + subnet("fw", "main", "10.0.1.0/24", {"0.0.0.0/0": WEB})
        + subnet("app", "main", "10.0.2.0/24", {"0.0.0.0/0": to if outward else WEB})
        + machine("app", "app", public=True, vpc="main")
        + wall(["fw"], NO_TELNET)
    )


def test_one_zone_with_an_internet_gateway() -> None:
    code = one_zone()
    assert not wrong(
        code,
        """
        internet -> app tcp/443: yes
        internet -> app tcp/23: no firewall-denies
        app -> 198.51.100.7 tcp/443: yes
        app -> 198.51.100.7 tcp/23: no firewall-denies
        """,
        alike=False,
    )
    found = ask(code, "internet -> app tcp/443")
    for leg in (found.forward, found.back):
        assert "firewall" in {hop.kind for hop in leg.hops}


@pytest.mark.parametrize(("inward", "outward"), [(True, False), (False, True)])
def test_both_directions_have_to_pass_the_firewall(inward: bool, outward: bool) -> None:
    """The page changes both tables: with one of them alone the answer comes another way than the request."""
    assert not wrong(one_zone(inward, outward), "internet -> app tcp/443: no", alike=False)


def test_what_stands_behind_a_firewall_may_be_exposed() -> None:
    """What the firewall lets in `reach` knows; `exposed` leaves it open, and does not say that nothing is exposed."""
    found = estate(one_zone())
    (app,) = (one for one in found.resources.values() if one.kind == "aws_instance")
    verdict = any_of(exposure.verdict for exposure in Network(found).exposed(app))
    assert (verdict.answer, verdict.depends_on) == ("depends", ("what wall lets in",))


def test_two_zones_with_an_internet_gateway() -> None:
    """arch-two-zone-igw.html: what comes in for a zone goes by the endpoint of that zone."""
    code = vpc("main", "10.0.0.0/16", gateway=True)
    code += edge(WEB, "main", {"10.0.2.0/24": "aws_vpc_endpoint.wall0", "10.0.3.0/24": "aws_vpc_endpoint.wall1"})
    for at, zone in enumerate("ab"):
        code += subnet(f"fw{zone}", "main", f"10.0.{at}.0/24", {"0.0.0.0/0": WEB}, zone=zone)
        code += subnet(
            f"app{zone}", "main", f"10.0.{at + 2}.0/24", {"0.0.0.0/0": f"aws_vpc_endpoint.wall{at}"}, zone=zone
        )
        code += machine(f"app{zone}", f"app{zone}", public=True, vpc="main")
    code = routed(code + wall(["fwa", "fwb"], NO_TELNET))
    assert not wrong(
        code,
        """
        internet -> appa tcp/443: yes
        internet -> appb tcp/443: yes
        internet -> appb tcp/23: no firewall-denies
        appb -> 198.51.100.7 tcp/443: yes
        appa -> appb tcp/23: yes
        """,
        alike=False,
    )


def test_an_internet_gateway_and_a_nat_gateway() -> None:
    """arch-igw-ngw.html: the firewall stands between the NAT gateway and the internet gateway."""
    to = "aws_vpc_endpoint.wall0"
    code = routed(
        vpc("main", "10.0.0.0/16", gateway=True)
        + edge(WEB, "main", {"10.0.3.0/24": to})
        + subnet("fw", "main", "10.0.1.0/24", {"0.0.0.0/0": WEB})
        + subnet("nat", "main", "10.0.3.0/24", {"0.0.0.0/0": to})
        + subnet("app", "main", "10.0.2.0/24", {"0.0.0.0/0": "aws_nat_gateway.n"})
        + nat("n", "nat")
        + machine("app", "app", vpc="main")
        + wall(["fw"], NO_TELNET)
    )
    assert not wrong(
        code,
        """
        app -> 198.51.100.7 tcp/443: yes
        app -> 198.51.100.7 tcp/23: no firewall-denies
        internet -> app tcp/443: no
        """,
        alike=False,
    )


def test_a_firewall_vpc_behind_a_transit_gateway() -> None:
    """transit-gateway-appliance-scenario.html: spokes talk by the firewall of an inspection VPC in appliance mode."""
    code = hub()
    for name, cidr in (("a", "10.1.0.0/16"), ("b", "10.2.0.0/16")):
        code += vpc(name, cidr) + subnet(name, name, cidr.replace("/16", "/24"), {"0.0.0.0/0": HUB})
        code += machine(name, name, vpc=name) + attach(name, "hub", name, name)
    code += vpc("main", "10.3.0.0/16")
    code += subnet("link", "main", "10.3.0.0/28", {"0.0.0.0/0": "aws_vpc_endpoint.wall0"})
    code += subnet("fw", "main", "10.3.1.0/24", {"0.0.0.0/0": HUB})
    code += attach("main", "hub", "main", "link", more='appliance_mode_support = "enable"')
    code += wall(["fw"], NO_TELNET)
    spokes = [attachment("a"), attachment("b")]
    code += hub_table("spokes", "hub", spokes, [], {"0.0.0.0/0": attachment("main")})
    code += hub_table("firewall", "hub", [attachment("main")], spokes)
    assert not wrong(
        routed(code), "a -> b tcp/443: yes\nb -> a tcp/443: yes\na -> b tcp/23: no firewall-denies", alike=False
    )


def test_pass_goes_before_drop_and_alert_decides_nothing() -> None:
    """suricata-rule-evaluation-order.html (by action)"""
    rules = [
        rule("DROP", "TCP", "ANY", "ANY", "ANY", "ANY", 1),
        rule("PASS", "TCP", "ANY", "ANY", "ANY", "443", 2),
        rule("ALERT", "TCP", "ANY", "ANY", "ANY", "80", 3),
    ]
    code = one_zone().replace(NO_TELNET, "\n".join(rules))
    assert not wrong(
        code,
        """
        internet -> app tcp/443: yes
        internet -> app tcp/80: no firewall-denies
        internet -> app udp/53: yes
        """,
        alike=False,
    )
