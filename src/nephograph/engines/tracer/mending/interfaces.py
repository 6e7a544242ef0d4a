"""Interfaces and gateways themselves: addresses, checks, attachments, states, what keeps the public out."""

from __future__ import annotations

from collections.abc import Callable

from nephograph.engines.tracer.edits import AddResource, AnyEdit
from nephograph.engines.tracer.ground import name
from nephograph.engines.tracer.mending.routes import other_way
from nephograph.engines.tracer.places import Interface
from nephograph.engines.tracer.reasons import Reason
from nephograph.engines.tracer.remedy import Case, Remedy, size
from nephograph.model.edit import SetField
from nephograph.model.resource import Resource


def _public(case: Case) -> list[Remedy]:
    interface = case.drop.facts.get("interface")
    if not isinstance(interface, Interface):
        return []
    resource = interface.resource
    if case.drop.facts.get("version", case.packet.version) == 6:
        return []
    if resource.kind in ("aws_lb", "aws_elb"):
        return [
            Remedy(
                f"make {interface.name} face the internet", (SetField(resource.urn, ("scheme",), "internet-facing"),)
            )
        ]
    if resource.kind == "aws_instance" and interface.eni is None:
        return [Remedy(f"give {interface.name} a public address", (SetField(resource.urn, ("public_ip",), True),))]
    if resource.kind in ("aws_instance", "aws_network_interface"):
        urn, own = f"new:address-of-{interface.name}", interface.own
        add = AddResource(urn, "aws_eip", own.urn, {"interface": own.urn})
        return [Remedy(f"associate an Elastic IP with {interface.name}", (add,))]
    if resource.get("public") is not None or resource.kind in ("aws_db_instance", "aws_redshift_cluster"):
        return [Remedy(f"make {interface.name} publicly accessible", (SetField(resource.urn, ("public",), True),))]
    return []


def _attach(case: Case) -> list[Remedy]:
    resource, facts = case.resource(), case.drop.facts
    if resource is None:
        return []
    if facts.get("at") == "state":
        text = f"bring attachment {name(resource)} back"
        return [Remedy(text, (SetField(resource.urn, ("state",), "available"),))]
    if facts.get("at") == "gateway":
        urn = f"new:internet-gateway-of-{name(resource)}"
        add = AddResource(urn, "aws_internet_gateway", resource.urn, {"vpc": resource.urn})
        return [Remedy(f"attach an internet gateway to VPC {name(resource)}", (add,))]
    came = facts.get("came")
    if facts.get("at") == "vpc" and came is not None and came.vpc is not None and resource.kind.endswith("gateway"):
        text = f"attach {name(resource)} to VPC {name(came.vpc)}"
        found = (
            [Remedy(text, (SetField(resource.urn, ("vpc",), came.vpc.urn),))]
            if resource.kind != "aws_nat_gateway"
            else []
        )
        return found + other_way(case)
    if facts.get("at") == "attachment" and came is not None and came.vpc is not None and came.subnet is not None:
        urn = f"new:attachment-of-{name(came.vpc)}"
        config = {
            "transit_gateway": resource.urn,
            "type": "vpc",
            "resource": came.vpc.urn,
            "subnets": [came.subnet.urn],
            "security_group_referencing": True,
        }
        add = AddResource(urn, "aws_ec2_transit_gateway_attachment", resource.urn, config)
        return [Remedy(f"attach VPC {name(came.vpc)} to transit gateway {name(resource)}", (add,))]
    return other_way(case)


def _state(case: Case) -> list[Remedy]:
    resource = case.resource()
    if resource is None or case.drop.facts.get("at") != "state":
        return []
    if resource.kind == "aws_vpn_connection":
        edits: tuple[AnyEdit, ...] = (
            SetField(resource.urn, ("state",), "available"),
            SetField(resource.urn, ("tunnels",), ["UP"]),
        )
        return [Remedy(f"bring VPN connection {name(resource)} up", edits)]
    field = "status" if resource.kind == "aws_vpc_peering_connection" else "state"
    value = "active" if resource.kind in ("aws_vpc_peering_connection", "aws_lb") else "available"
    return [Remedy(f"make {name(resource)} {value}", (SetField(resource.urn, (field,), value),))]


def _check(case: Case) -> list[Remedy]:
    resource = case.resource()
    if resource is None:
        return []
    text = f"turn off the source/destination check of {name(resource)}"
    return [Remedy(text, (SetField(resource.urn, ("source_dest_check",), False),))]


def _unblock(case: Case) -> list[Remedy]:
    """Excluding the VPC is smaller than turning the switch off for the whole region."""
    owner, options = case.drop.facts.get("owner"), case.drop.facts.get("options")
    if not isinstance(owner, Interface) or not isinstance(options, Resource) or owner.vpc is None:
        return []
    outward = (case.drop.facts.get("at") == "outward") != case.drop.back
    mode = "allow-egress" if outward else "allow-bidirectional"
    urn = f"new:exclusion-of-{name(owner.vpc)}"
    kind = "aws_vpc_block_public_access_exclusion"
    add = AddResource(urn, kind, owner.vpc.urn, {"vpc": owner.vpc.urn, "mode": mode})
    return [Remedy(f"exclude VPC {name(owner.vpc)} from VPC Block Public Access ({mode})", (add,))]


def _zone(case: Case) -> list[Remedy]:
    """A regional NAT gateway that is run by hand serves the zones it was given addresses in."""
    gateway, came = case.resource(), case.drop.facts.get("came")
    zone = case.ground.zone(came.subnet) if came is not None else ""
    if gateway is None or not zone or not isinstance(gateway.get("zones"), list):
        return other_way(case)
    text = f"give regional NAT gateway {name(gateway)} an address in {zone}"
    path = ("zones", size(case, gateway, "zones"))
    return [Remedy(text, (SetField(gateway.urn, path, {"zone": zone}),)), *other_way(case)]


HOW: dict[Reason, Callable[[Case], list[Remedy]]] = {
    Reason.ADDRESS_NOT_OWN: _check,
    Reason.ATTACHMENT_NOT_ACTIVE: _attach,
    Reason.COMPONENT_NOT_ACTIVE: _state,
    Reason.MIDDLEBOX_HAS_NO_PUBLIC_ADDRESS: _public,
    Reason.NAT_NOT_IN_ZONE: _zone,
    Reason.NO_PUBLIC_ADDRESS_IN: _public,
    Reason.NO_PUBLIC_ADDRESS_OUT: _public,
    Reason.PUBLIC_ACCESS_BLOCKED: _unblock,
    Reason.SOURCE_DEST_CHECK: _check,
    Reason.TRANSIT_VPN_DOWN: _state,
    Reason.VPN_DOWN: _state,
}
