"""Short Terraform text of the estates AWS's pages draw, and what both engines say of them.

An estate is text: parts made by the functions below, and plain Terraform where a page needs more. A question is a line
`a -> b tcp/443: yes`, or `…: no group-refuses` with the reason the packet ends for; ends are named as for `reach`.
"""

from __future__ import annotations

import functools
import pathlib
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "reachability"))
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from agreement import Comparison
from code_estates import read

from nephograph.engines.tracer.blockers import blockers
from nephograph.engines.tracer.ground import Ground
from nephograph.engines.tracer.question import Question, Reach, put, together
from nephograph.estate.graph import Estate
from nephograph.lenses.common.ends import ends_named

ARGUMENTS = {
    "aws_internet_gateway": "gateway_id",
    "aws_vpn_gateway": "gateway_id",
    "aws_nat_gateway": "nat_gateway_id",
    "aws_egress_only_internet_gateway": "egress_only_gateway_id",
    "aws_ec2_transit_gateway": "transit_gateway_id",
    "aws_vpc_peering_connection": "vpc_peering_connection_id",
    "aws_vpc_endpoint": "vpc_endpoint_id",
    "aws_network_interface": "network_interface_id",
    "aws_ec2_managed_prefix_list": "destination_prefix_list_id",
}
"""The argument of a route for each kind of target."""

Routes = Mapping[str, str]
ALL = 'protocol = "-1"\n from_port = 0\n to_port = 0\n cidr_blocks = ["0.0.0.0/0"]\n ipv6_cidr_blocks = ["::/0"]'


def block(kind: str, name: str, *lines: str) -> str:
    """A resource of Terraform."""
    return f'resource "{kind}" "{name}" {{\n' + "".join(f"  {line}\n" for line in lines if line) + "}\n"


def quoted(value: str | None, argument: str) -> str:
    """`argument = value`, a reference as it is; nothing where there is no value."""
    if value is None:
        return ""
    return f"{argument} = {value}" if value.startswith("aws_") else f'{argument} = "{value}"'


def vpc(name: str, cidr: str, *more: str, v6: str | None = None, gateway: bool = False) -> str:
    """A VPC of one or more ranges; `gateway` gives it an internet gateway of its name."""
    six = [quoted(v6, "ipv6_cidr_block"), 'ipv6_ipam_pool_id = "ipam-pool-1"'] if v6 else []
    text = block("aws_vpc", name, quoted(cidr, "cidr_block"), *six)
    for at, one in enumerate(more):
        place = f"vpc_id = aws_vpc.{name}.id"
        text += block("aws_vpc_ipv4_cidr_block_association", f"{name}{at}", place, quoted(one, "cidr_block"))
    return text + (block("aws_internet_gateway", name, f"vpc_id = aws_vpc.{name}.id") if gateway else "")


def subnet(
    name: str,
    vpc: str,
    cidr: str,
    routes: Routes | None = None,
    zone: str = "a",
    v6: str | None = None,
    propagating: str = "",
) -> str:
    """A subnet; with `routes` it has a route table of its name. None: the main table of the VPC."""
    lines = [f"vpc_id = aws_vpc.{vpc}.id", quoted(cidr, "cidr_block"), quoted(f"eu-west-1{zone}", "availability_zone")]
    if v6:
        lines += [quoted(v6, "ipv6_cidr_block"), "assign_ipv6_address_on_creation = true"]
    text = block("aws_subnet", name, *lines)
    return text + (table(name, vpc, routes, [name], propagating) if routes is not None else "")


def table(name: str, vpc: str, routes: Routes, subnets: list[str] | None = None, propagating: str = "") -> str:
    """A route table for subnets."""
    learns = f"propagating_vgws = [{propagating}.id]" if propagating else ""
    text = block("aws_route_table", name, f"vpc_id = aws_vpc.{vpc}.id", *routed(routes), learns)
    for one in subnets or ():
        ends = f"subnet_id = aws_subnet.{one}.id", f"route_table_id = aws_route_table.{name}.id"
        text += block("aws_route_table_association", f"{name}_{one}", *ends)
    return text


def main_table(vpc: str, routes: Routes) -> str:
    """What the main table of a VPC has been given."""
    made = f"default_route_table_id = aws_vpc.{vpc}.default_route_table_id"
    return block("aws_default_route_table", vpc, made, *routed(routes))


def edge(gateway: str, vpc: str, routes: Routes) -> str:
    """The route table of a gateway (its address without `.id`)."""
    name = f"edge_{gateway.rpartition('.')[2]}"
    ends = f"gateway_id = {gateway}.id", f"route_table_id = aws_route_table.{name}.id"
    return table(name, vpc, routes) + block("aws_route_table_association", name, *ends)


def routed(routes: Routes) -> Iterator[str]:
    """The `route` blocks of a table; a target is the address of a resource, `local` or a blackhole."""
    for to, target in routes.items():
        kind = target.partition(".")[0]
        said = f"{ARGUMENTS[kind]} = {target}.id" if kind in ARGUMENTS else quoted(target, "gateway_id")
        if to.startswith("aws_"):
            argument = "destination_prefix_list_id"
        else:
            argument = "ipv6_cidr_block" if ":" in to else "cidr_block"
        to = f"{to}.id" if to.startswith("aws_") else to
        yield f"route {{\n    {quoted(to, argument)}\n    {said}\n  }}"


def group(name: str, vpc: str, ingress: list[str] | None = None, egress: list[str] | None = None) -> str:
    """A security group; None lets everything through. A rule is `tcp/443 10.0.0.0/8`, or a group, or `self`."""
    lines = [f"vpc_id = aws_vpc.{vpc}.id"]
    for direction, rules in (("ingress", ingress), ("egress", egress)):
        said = [ALL] if rules is None else [_rule(rule) for rule in rules]
        lines += [f"{direction} {{\n {one}\n }}" for one in said]
        lines += [f"{direction} = []"] if not said else []
    return block("aws_security_group", name, *lines)


def _rule(text: str) -> str:
    traffic, peer = text.split()
    if peer == "self":
        said = "self = true"
    elif peer.startswith("aws_ec2_managed_prefix_list") or peer.startswith("aws_vpc_endpoint"):
        said = f"prefix_list_ids = [{peer}.{'prefix_list_id' if 'endpoint' in peer else 'id'}]"
    elif ":" in peer:
        said = f'ipv6_cidr_blocks = ["{peer}"]'
    elif "/" in peer:
        said = f'cidr_blocks = ["{peer}"]'
    else:
        said = f"security_groups = [aws_security_group.{peer}.id]"
    return f"{_traffic(traffic)}\n {said}"


def _traffic(text: str) -> str:
    protocol, _, ports = text.partition("/")
    low, _, high = ports.partition("-")
    if protocol == "all":
        return 'protocol = "-1"\n from_port = 0\n to_port = 0'
    return f'protocol = "{protocol}"\n from_port = {low or 0}\n to_port = {high or low or 65535}'


def acl(subnets: list[str], vpc: str, ingress: list[str], egress: list[str]) -> str:
    """The network ACL of subnets. A rule is `100 allow tcp/443 0.0.0.0/0`."""
    lines = [f"vpc_id = aws_vpc.{vpc}.id", f"subnet_ids = [{', '.join(f'aws_subnet.{s}.id' for s in subnets)}]"]
    for direction, rules in (("ingress", ingress), ("egress", egress)):
        for rule in rules:
            number, action, traffic, cidr = rule.split()
            which = "ipv6_cidr_block" if ":" in cidr else "cidr_block"
            parts = f'rule_no = {number}\n action = "{action}"\n {_traffic(traffic)}\n {quoted(cidr, which)}'
            lines.append(f"{direction} {{\n {parts}\n }}")
    return block("aws_network_acl", "_".join(subnets), *lines)


def machine(
    name: str,
    subnet: str,
    ip: str | None = None,
    groups: str = "",
    public: bool = False,
    v6: str | None = None,
    vpc: str = "",
    forwards: bool = False,
) -> str:
    """An instance; without `groups` its own group, in `vpc`, lets everything through."""
    named = groups.split() or [name]
    lines = [
        'ami = "ami-1"\n  instance_type = "t3.micro"',
        f"subnet_id = aws_subnet.{subnet}.id",
        f"vpc_security_group_ids = [{', '.join(f'aws_security_group.{g}.id' for g in named)}]",
        quoted(ip, "private_ip"),
        f'ipv6_addresses = ["{v6}"]' if v6 else "",
        "associate_public_ip_address = true" if public else "",
        "source_dest_check = false" if forwards else "",
    ]
    return block("aws_instance", name, *lines) + (group(name, vpc) if not groups else "")


def alone(name: str, cidr: str, routes: Routes, v6: str = "", gateway: bool = False) -> str:
    """A VPC, its subnet 1 and in it machine 10, all of one name."""
    place = vpc(name, cidr, v6=f"{v6}/56" if v6 else None, gateway=gateway)
    inside = cidr.replace("0.0/16", "1.0/24"), cidr.replace("0.0/16", "1.10")
    six = f"{v6}/64" if v6 else None
    return (
        place
        + subnet(name, name, inside[0], routes, v6=six)
        + machine(name, name, inside[1], vpc=name, v6=f"{v6}10" if v6 else None)
    )


def peering(name: str, one: str, other: str) -> str:
    """A peering connection between two VPCs."""
    ends = f"vpc_id = aws_vpc.{one}.id", f"peer_vpc_id = aws_vpc.{other}.id"
    return block("aws_vpc_peering_connection", name, *ends, "auto_accept = true")


def nat(name: str, subnet: str, private: bool = False, ip: str | None = None) -> str:
    """A NAT gateway; a public one has an Elastic IP."""
    place = f"subnet_id = aws_subnet.{subnet}.id"
    if private:
        return block("aws_nat_gateway", name, place, 'connectivity_type = "private"', quoted(ip, "private_ip"))
    address = block("aws_eip", name, 'domain = "vpc"')
    return address + block("aws_nat_gateway", name, place, f"allocation_id = aws_eip.{name}.id")


def premises(gateway: str, name: str, *ranges: str, at_hub: bool = False) -> str:
    """A VPN connection of static routes, at a VPN gateway or (`at_hub`) a transit gateway."""
    said = 'bgp_asn = 65000\n  ip_address = "198.51.100.1"\n  type = "ipsec.1"'
    end = f"{'transit_gateway_id' if at_hub else 'vpn_gateway_id'} = {gateway}.id"
    customer = f"customer_gateway_id = aws_customer_gateway.{name}_device.id"
    text = block("aws_customer_gateway", f"{name}_device", said)
    text += block("aws_vpn_connection", name, customer, end, 'type = "ipsec.1"', "static_routes_only = true")
    for at, cidr in enumerate(ranges):
        line = f"vpn_connection_id = aws_vpn_connection.{name}.id"
        text += block("aws_vpn_connection_route", f"{name}{at}", line, quoted(cidr, "destination_cidr_block"))
    return text


def prefix_list(name: str, *cidrs: str) -> str:
    """A managed prefix list."""
    entries = [f'entry {{\n cidr = "{cidr}"\n }}' for cidr in cidrs]
    six = "IPv6" if any(":" in cidr for cidr in cidrs) else "IPv4"
    said = f'name = "{name}"\n  address_family = "{six}"\n  max_entries = 20'
    return block("aws_ec2_managed_prefix_list", name, said, *entries)


def attach(name: str, hub: str, vpc: str, *subnets: str, more: str = "") -> str:
    """The attachment of a VPC to a transit gateway."""
    ends = f"transit_gateway_id = aws_ec2_transit_gateway.{hub}.id", f"vpc_id = aws_vpc.{vpc}.id"
    places = f"subnet_ids = [{', '.join(f'aws_subnet.{s}.id' for s in subnets)}]"
    return block("aws_ec2_transit_gateway_vpc_attachment", name, *ends, places, more)


def hub_table(name: str, hub: str, associated: list[str], learns: list[str], routes: Routes | None = None) -> str:
    """A route table of a transit gateway. Attachments are expressions; a route leads to one, or is a `blackhole`."""
    text = block("aws_ec2_transit_gateway_route_table", name, f"transit_gateway_id = aws_ec2_transit_gateway.{hub}.id")
    own = f"transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.{name}.id"
    for word, which in (("association", associated), ("propagation", learns)):
        for at, one in enumerate(which):
            end = f"transit_gateway_attachment_id = {one}"
            text += block(f"aws_ec2_transit_gateway_route_table_{word}", f"{name}{at}", end, own)
    for at, (to, target) in enumerate((routes or {}).items()):
        end = "blackhole = true" if target == "blackhole" else f"transit_gateway_attachment_id = {target}"
        if to.startswith("aws_"):
            lines = block(
                "aws_ec2_transit_gateway_prefix_list_reference", f"{name}{at}", f"prefix_list_id = {to}.id", end, own
            )
        else:
            said = quoted(to, "destination_cidr_block")
            lines = block("aws_ec2_transit_gateway_route", f"{name}{at}", said, end, own)
        text += lines
    return text


def attachment(name: str) -> str:
    """The expression for the attachment of a VPC."""
    return f"aws_ec2_transit_gateway_vpc_attachment.{name}.id"


def hub(name: str = "hub", *more: str, default: bool = False) -> str:
    """A transit gateway; without `default` no attachment is associated or tells its routes by itself."""
    word = "enable" if default else "disable"
    tables = [f'default_route_table_{one} = "{word}"' for one in ("association", "propagation")]
    return block("aws_ec2_transit_gateway", name, *tables, *more)


def balancer(
    name: str,
    vpc: str,
    subnets: list[str],
    port: int,
    targets: list[str],
    groups: str = "",
    internal: bool = False,
    kind: str = "application",
    more: str = "",
    registers: str = "instance",
) -> str:
    """A load balancer of one listener, in front of machines that listen on the same port."""
    places = ", ".join(f"aws_subnet.{one}.id" for one in subnets)
    protocol = "HTTP" if kind == "application" else "TCP"
    lines = [
        f'load_balancer_type = "{kind}"\n  internal = {str(internal).lower()}\n  subnets = [{places}]',
        f"security_groups = [{', '.join(f'aws_security_group.{g}.id' for g in groups.split())}]" if groups else "",
    ]
    text = block("aws_lb", name, *lines)
    own = f'port = {port}\n  protocol = "{protocol}"\n  vpc_id = aws_vpc.{vpc}.id\n  target_type = "{registers}"'
    text += block("aws_lb_target_group", name, own, more)
    forward = f'default_action {{\n type = "forward"\n target_group_arn = aws_lb_target_group.{name}.arn\n }}'
    heard = f'load_balancer_arn = aws_lb.{name}.arn\n  port = {port}\n  protocol = "{protocol}"'
    text += block("aws_lb_listener", name, heard, forward)
    for at, one in enumerate(targets):
        end = f'target_id = "{one}"' if registers == "ip" else f"target_id = aws_{registers}.{one}.id"
        held = f"target_group_arn = aws_lb_target_group.{name}.arn"
        text += block("aws_lb_target_group_attachment", f"{name}{at}", held, end)
    return text


@functools.cache
def estate(code: str) -> Estate:
    """The estate a text describes."""
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        (folder / "main.tf").write_text('provider "aws" {\n  region = "eu-west-1"\n}\n' + code)
        return read(folder)


def ask(code: str, line: str) -> Reach:
    """The answer to `a -> b tcp/443`; `any` is traffic of any kind, `tcp6` asks for IPv6 alone and `tcp4` for IPv4.

    `a@40000` sends from port 40000.
    """
    ground = Ground(estate(code))
    found = re.fullmatch(r"([^\s@]+)(?:@(\d+))? -> (\S+) ([a-z]+)([46]?)(?:/(\d+))?", line.strip())
    assert found is not None, line
    source, client, target, protocol, version, port = found.groups()
    ports = (int(port), int(port)) if port else None
    ends = ends_named(ground, source), ends_named(ground, target)
    sent_from = int(client) if client else None
    answer = put(ground, Question(*ends, None if protocol == "any" else protocol, ports, sent_from))
    if not version:
        return answer
    return together(tuple(one for one in answer.traced if str(one.candidate.version) == version))


def edits(code: str, line: str) -> list[set[str]]:
    """The sets of edits that would let a question through."""
    found = ask(code, line)
    ground = Ground(estate(code))
    source, target = (ends_named(ground, word) for word in line.split(" tcp")[0].split(" -> "))
    question = Question(source, target, "tcp", (443, 443))
    sets = blockers(ground.estate, question, found).sets
    return [{blocker.edit.text for blocker in one if blocker.edit} for one in sets]


def reasons(found: Reach) -> set[str]:
    """Every reason a packet of the answer ended for."""
    return {str(walk.drop.reason) for one in found.traced for walk in one.cases.walks if walk.drop is not None}


def wrong(code: str, lines: str, alike: bool = True) -> list[str]:
    """Lines that are not what the tracer says, and questions the all-pairs engine answers otherwise (`alike`)."""
    bad = []
    for line in filter(None, map(str.strip, lines.strip().splitlines())):
        question, _, expected = line.rpartition(": ")
        verdict, _, reason = expected.partition(" ")
        found = ask(code, question)
        told = reasons(found)
        if found.verdict != verdict or (reason and reason not in told):
            bad.append(f"{question}: {found.verdict} {sorted(told)} {found.depends_on}, not {expected}")
    return bad + (list(Comparison(estate(code), False).differences()) if alike else [])
