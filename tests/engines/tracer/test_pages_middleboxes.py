"""What AWS's pages on middleboxes and gateway route tables say (`vpc/latest/userguide/…`)."""

from __future__ import annotations

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from page_estates import (
    ask,
    block,
    edge,
    group,
    machine,
    main_table,
    premises,
    reasons,
    subnet,
    vpc,
    wrong,
)

WEB, BOX, VPN = "aws_internet_gateway.main", "aws_network_interface.box", "aws_vpn_gateway.v"
SIX = "2001:db8:1234:1a0"


def appliance(place: str, checks: bool = False, public: bool = True, vpc: str = "main", name: str = "box") -> str:
    """A machine with an interface of its own that forwards; its group lets everything through."""
    own = f"aws_network_interface.{name}.id"
    address = block("aws_eip", name, f'domain = "vpc"\n  network_interface = {own}') if public else ""
    return (
        group(name, vpc)
        + block(
            "aws_network_interface",
            name,
            f"subnet_id = aws_subnet.{place}.id",
            f"source_dest_check = {str(checks).lower()}",
            f"security_groups = [aws_security_group.{name}.id]",
        )
        + block(
            "aws_instance",
            name,
            'ami = "ami-1"\n  instance_type = "t3.micro"',
            f"network_interface {{\n    device_index = 0\n    network_interface_id = {own}\n  }}",
        )
        + address
    )


def inspected(inward: dict[str, str] | None = None, out: str = BOX, **more: bool) -> str:
    """internet-gateway-subnet.html: what comes in for subnet B goes by a machine in subnet C, and out by it."""
    inward = {"10.0.1.0/24": BOX, f"{SIX}0::/64": BOX} if inward is None else inward
    return (
        vpc("main", "10.0.0.0/16", v6=f"{SIX}0::/56", gateway=True)
        + block("aws_egress_only_internet_gateway", "e", "vpc_id = aws_vpc.main.id")
        + edge(WEB, "main", inward)
        + subnet("b", "main", "10.0.1.0/24", {"0.0.0.0/0": out, "::/0": out}, v6=f"{SIX}0::/64")
        + subnet("c", "main", "10.0.2.0/24", {"0.0.0.0/0": WEB, "::/0": WEB}, v6=f"{SIX}2::/64")
        + subnet("a", "main", "10.0.0.0/24", {"0.0.0.0/0": WEB}, v6=f"{SIX}1::/64")
        + appliance("c", **more)
        + machine("b", "b", "10.0.1.10", public=True, v6=f"{SIX}0::10", vpc="main")
        + machine("a", "a", "10.0.0.10", public=True, vpc="main")
    )


def names(code: str, line: str) -> tuple[bool, bool]:
    """Does the packet, does its answer go by the appliance?"""
    found = ask(code, line)
    out, back = ({hop.name for hop in leg.hops} for leg in (found.forward, found.back))
    return "box" in out, "box" in back


def test_what_is_for_a_subnet_goes_by_the_appliance_both_ways() -> None:
    code = inspected()
    assert not wrong(
        code,
        """
        internet -> b tcp4/443: yes
        internet -> b tcp6/443: yes
        b -> 198.51.100.7 tcp/443: yes
        internet -> a tcp4/443: yes
        a -> b tcp/443: yes
        """,
        alike=False,
    )
    assert names(code, "internet -> b tcp4/443") == (True, True)
    assert names(code, "internet -> b tcp6/443") == (True, True)
    assert names(code, "internet -> a tcp4/443") == (False, False)
    assert names(code, "a -> b tcp/443") == (False, False)


def test_the_answer_has_to_take_the_same_way() -> None:
    """gateway-route-tables.html: asymmetric routing is not supported."""
    assert not wrong(inspected(out=WEB), "internet -> b tcp4/443: no redirected-way-back", alike=False)


def test_the_appliance_needs_a_public_address_and_no_check() -> None:
    """gateway-route-tables.html, route-table-options.html"""
    assert not wrong(inspected(public=False), "internet -> b tcp4/443: no middlebox-has-no-public-address", alike=False)
    assert not wrong(inspected(checks=True), "internet -> b tcp4/443: no source-dest-check", alike=False)


def test_the_local_route_of_a_gateway_table_may_lead_to_an_appliance() -> None:
    """gateway-route-tables.html: then all subnets are behind it."""
    code = inspected({"10.0.0.0/16": BOX})
    assert names(code, "internet -> b tcp4/443") == (True, True)
    assert not wrong(code, "internet -> a tcp4/443: no redirected-way-back", alike=False)


def test_one_subnet_of_the_default_vpc_behind_an_interface() -> None:
    """gateway-route-tables.html: 172.31.0.0/20 by an interface, the rest by the local route."""
    code = (
        vpc("main", "172.31.0.0/16", gateway=True)
        + edge(WEB, "main", {"172.31.0.0/20": BOX})
        + subnet("one", "main", "172.31.0.0/20", {"0.0.0.0/0": BOX})
        + subnet("two", "main", "172.31.16.0/20", {"0.0.0.0/0": WEB})
        + appliance("two")
        + machine("one", "one", public=True, vpc="main")
        + machine("two", "two", public=True, vpc="main")
    )
    assert names(code, "internet -> one tcp/443") == (True, True)
    assert names(code, "internet -> two tcp/443") == (False, False)
    assert not wrong(code, "internet -> one tcp/443: yes\ninternet -> two tcp/443: yes", alike=False)


def between(routes: tuple[dict[str, str], dict[str, str]], **more: bool) -> str:
    """intra-vpc-route.html: subnets A and B have tables of their own, C with the appliance the main one."""
    return (
        vpc("main", "10.0.0.0/16")
        + subnet("a", "main", "10.0.0.0/24", routes[0])
        + subnet("b", "main", "10.0.1.0/24", routes[1])
        + subnet("c", "main", "10.0.2.0/24")
        + appliance("c", public=False, **more)
        + machine("a", "a", "10.0.0.10", vpc="main")
        + machine("b", "b", "10.0.1.10", vpc="main")
        + machine("beside", "a", "10.0.0.11", vpc="main")
    )


def test_what_two_subnets_send_each_other_is_inspected() -> None:
    code = between(({"10.0.1.0/24": BOX}, {"10.0.0.0/24": BOX}))
    assert not wrong(code, "a -> b tcp/443: yes\nb -> a tcp/443: yes\na -> beside tcp/443: yes", alike=False)
    assert names(code, "a -> b tcp/443") == (True, True)
    assert names(code, "b -> a tcp/443") == (True, True)
    assert names(code, "a -> beside tcp/443") == (False, False)


def test_the_local_route_of_a_subnet_may_lead_to_an_appliance() -> None:
    """route-table-options.html: whatever leaves the subnet for the VPC, also for subnets that are added."""
    code = between(({"10.0.0.0/16": BOX}, {"10.0.0.0/16": BOX}))
    assert names(code, "a -> b tcp/443") == (True, True)
    assert names(code, "a -> beside tcp/443") == (False, False)
    assert not wrong(code, "a -> b tcp/443: yes\na -> beside tcp/443: yes", alike=False)


def test_an_appliance_with_its_check_on_passes_nothing_on() -> None:
    code = between(({"10.0.1.0/24": BOX}, {"10.0.0.0/24": BOX}), checks=True)
    assert not wrong(code, "a -> b tcp/443: no source-dest-check\na -> beside tcp/443: yes")


def test_what_comes_by_a_vpn_gateway_may_be_inspected_too() -> None:
    """route-table-options.html: the route table of a virtual private gateway."""
    code = (
        vpc("main", "10.0.0.0/16")
        + block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id")
        + premises(VPN, "home", "192.168.0.0/16")
        + edge(VPN, "main", {"10.0.1.0/24": BOX})
        + subnet("b", "main", "10.0.1.0/24", {"192.168.0.0/16": BOX})
        + subnet("c", "main", "10.0.2.0/24", {"192.168.0.0/16": VPN})
        + appliance("c", public=False)
        + machine("b", "b", vpc="main")
    )
    assert names(code, "192.168.4.4 -> b tcp/443") == (True, True)
    assert not wrong(
        code,
        """
        192.168.4.4 -> b tcp/443: yes
        b -> aws_vpn_connection.home tcp/443: yes
        """,
        alike=False,
    )


def behind_endpoint(gateway: str, vpn: bool = False) -> str:
    """gwlb-route.html: a consumer VPC with an endpoint of a Gateway Load Balancer, and the VPC of the appliances."""
    to = "aws_vpc_endpoint.gwlbe"
    return (
        vpc("main", "10.0.0.0/16", gateway=not vpn)
        + (block("aws_vpn_gateway", "v", "vpc_id = aws_vpc.main.id") if vpn else "")
        + (premises(VPN, "home", "192.168.0.0/16") if vpn else "")
        + edge(gateway, "main", {"10.0.1.0/24": to})
        + subnet("app", "main", "10.0.1.0/24", {"0.0.0.0/0": to})
        + subnet("inspect", "main", "10.0.2.0/24", {"0.0.0.0/0": gateway})
        + machine("app", "app", public=not vpn, vpc="main")
        + vpc("sec", "10.9.0.0/16")
        + subnet("sec", "sec", "10.9.1.0/24", {})
        + group("fw", "sec", ["udp/6081 10.9.0.0/16"])
        + machine("fw", "sec", groups="fw")
        + block("aws_lb", "gw", 'load_balancer_type = "gateway"\n  subnets = [aws_subnet.sec.id]')
        + block("aws_lb_target_group", "gw", 'port = 6081\n  protocol = "GENEVE"\n  vpc_id = aws_vpc.sec.id')
        + block(
            "aws_lb_target_group_attachment",
            "gw",
            "target_group_arn = aws_lb_target_group.gw.arn\n  target_id = aws_instance.fw.id",
        )
        + block(
            "aws_lb_listener",
            "gw",
            "load_balancer_arn = aws_lb.gw.arn",
            'default_action {\n type = "forward"\n target_group_arn = aws_lb_target_group.gw.arn\n }',
        )
        + block(
            "aws_vpc_endpoint_service",
            "gw",
            "acceptance_required = false",
            "gateway_load_balancer_arns = [aws_lb.gw.arn]",
        )
        + block(
            "aws_vpc_endpoint",
            "gwlbe",
            "vpc_id = aws_vpc.main.id\n  subnet_ids = [aws_subnet.inspect.id]",
            'vpc_endpoint_type = "GatewayLoadBalancer"',
            "service_name = aws_vpc_endpoint_service.gw.service_name",
        )
    )


def test_appliances_of_a_security_vpc_see_both_directions() -> None:
    """What they let through nobody knows; the way by them is there in both directions."""
    code = behind_endpoint(WEB)
    for line in ("internet -> app tcp/443", "app -> 198.51.100.7 tcp/443"):
        found = ask(code, line)
        assert found.verdict == "depends"
        assert [word.split()[:2] for word in found.depends_on] == [["what", "fw"]]
        for leg in (found.forward, found.back):
            assert "gwlbe" in {hop.name for hop in leg.hops}


def test_appliances_that_are_left_aside_on_the_way_back_are_found() -> None:
    """Without the route of the application subnet to the endpoint the answer leaves another way."""
    code = behind_endpoint(WEB).replace(
        'vpc_endpoint_id = aws_vpc_endpoint.gwlbe.id\n  }\n}\nresource "aws_route_table_association" "app_app"',
        'gateway_id = aws_internet_gateway.main.id\n  }\n}\nresource "aws_route_table_association" "app_app"',
    )
    assert code != behind_endpoint(WEB)
    found = ask(code, "internet -> app tcp/443")
    assert found.verdict == "no"
    assert "redirected-way-back" in reasons(found)


def test_a_vpn_gateway_drops_what_its_table_sends_to_an_endpoint_of_appliances() -> None:
    """gateway-route-tables.html"""
    assert not wrong(behind_endpoint(VPN, vpn=True), "192.168.4.4 -> app tcp/443: no blackhole", alike=False)


def test_a_middlebox_of_another_vpc_is_no_target() -> None:
    """gateway-route-tables.html: traffic is redirected to a target in the same VPC only."""
    code = (
        vpc("main", "10.0.0.0/16", gateway=True)
        + vpc("far", "10.9.0.0/16")
        + subnet("far", "far", "10.9.1.0/24", {})
        + appliance("far", vpc="far", public=False)
        + main_table("main", {})
        + subnet("a", "main", "10.0.0.0/24", {"0.0.0.0/0": BOX})
        + machine("a", "a", public=True, vpc="main")
    )
    assert not wrong(code, "a -> 198.51.100.7 tcp/443: no", alike=False)


def test_security_groups_behind_an_appliance_speak_of_addresses() -> None:
    """route-table-options.html (security groups): by the range of the other subnet yes, by the group no."""
    for rule, verdict in (("tcp/443 10.0.0.0/24", "yes"), ("tcp/443 10.0.0.10/32", "yes"), ("tcp/443 a", "no")):
        code = between(({"10.0.1.0/24": BOX}, {"10.0.0.0/24": BOX}))
        start = code.index('resource "aws_security_group" "b"')
        code = code[:start] + group("b", "main", [rule]) + _after(code, start)
        assert not wrong(code, f"a -> b tcp/443: {verdict}", alike=False)


def _after(code: str, start: int) -> str:
    end = code.find("resource ", start + 9)
    return code[end:] if end >= 0 else ""
