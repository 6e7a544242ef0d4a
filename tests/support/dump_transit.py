"""The answers AWS gives about what joins networks: peering, transit gateways, VPN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nephograph.model.resource import Resource

if TYPE_CHECKING:
    from tests.support.dumps import Dump


def _switch(value: Any) -> str:
    return "enable" if value else "disable"


def aws_vpc_peering_connection(dump: Dump, peering: Resource) -> None:
    """DescribeVpcPeeringConnections."""
    sides: dict[str, Any] = {}
    for word, field in (("RequesterVpcInfo", "vpc"), ("AccepterVpcInfo", "peer_vpc")):
        vpc = dump.reference(peering.get(field))
        if vpc is None:  # (the other side is another account's)
            sides[word] = {"VpcId": peering.get(field), "OwnerId": peering.get("peer_account"), "Region": "eu-west-1"}
            continue
        cidrs = [{"CidrBlock": c} for c in vpc.get("cidrs")]
        sides[word] = {"VpcId": dump.id(vpc), "OwnerId": vpc.scope.account, "Region": vpc.scope.region}
        sides[word].update(CidrBlock=cidrs[0]["CidrBlock"], CidrBlockSet=cidrs)
    item = {
        "VpcPeeringConnectionId": dump.id(peering),
        "Status": {"Code": _status(peering)},
        **sides,
        "Tags": dump.tags(peering),
    }
    dump.add("ec2", "describe-vpc-peering-connections", "VpcPeeringConnections", item)


def _status(peering: Resource) -> str:
    said = peering.get("status")
    return said if isinstance(said, str) else "active"


def aws_ec2_transit_gateway(dump: Dump, gateway: Resource) -> None:
    """DescribeTransitGateways."""
    item = {
        "TransitGatewayId": dump.id(gateway),
        "OwnerId": gateway.scope.account,
        "State": "available",
        "Options": {
            "DefaultRouteTableAssociation": _switch(gateway.get("default_association")),
            "DefaultRouteTablePropagation": _switch(gateway.get("default_propagation")),
            "SecurityGroupReferencingSupport": _switch(gateway.get("security_group_referencing")),
            "VpnEcmpSupport": _switch(gateway.get("ecmp")),
        },
        "Tags": dump.tags(gateway),
    }
    dump.add("ec2", "describe-transit-gateways", "TransitGateways", item)


def aws_ec2_transit_gateway_attachment(dump: Dump, attachment: Resource) -> None:
    """DescribeTransitGatewayAttachments and DescribeTransitGatewayVpcAttachments."""
    vpc = dump.linked(attachment, "resource")
    both = {
        "TransitGatewayAttachmentId": dump.id(attachment),
        "TransitGatewayId": dump.text(attachment.get("transit_gateway")),
        "State": "available",
        "Tags": dump.tags(attachment),
    }
    item: dict[str, Any] = {**both, "ResourceType": "vpc", "ResourceId": dump.id(vpc)}
    item["ResourceOwnerId"] = vpc.scope.account
    for table in dump.estate.of_kind("aws_ec2_transit_gateway_route_table"):
        if any(dump.reference(a["attachment"]) is attachment for a in table.get("associations") or ()):
            item["Association"] = {"TransitGatewayRouteTableId": dump.id(table), "State": "associated"}
    dump.add("ec2", "describe-transit-gateway-attachments", "TransitGatewayAttachments", item)
    options = {
        "ApplianceModeSupport": _switch(attachment.get("appliance_mode")),
        "SecurityGroupReferencingSupport": _switch(attachment.get("security_group_referencing")),
        "Ipv6Support": _switch(attachment.get("ipv6_support")),
    }
    of_vpc = {**both, "VpcId": dump.id(vpc), "VpcOwnerId": vpc.scope.account, "Options": options}
    of_vpc["SubnetIds"] = dump.ids(attachment.get("subnets"))
    dump.add("ec2", "describe-transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments", of_vpc)


def aws_ec2_transit_gateway_route_table(dump: Dump, table: Resource) -> None:
    """DescribeTransitGatewayRouteTables, and what is asked of each table: routes, associations, propagations."""
    name = dump.id(table)
    item = {
        "TransitGatewayRouteTableId": name,
        "TransitGatewayId": dump.text(table.get("transit_gateway")),
        "State": "available",
        "DefaultAssociationRouteTable": False,
        "DefaultPropagationRouteTable": False,
        "Tags": dump.tags(table),
    }
    dump.add("ec2", "describe-transit-gateway-route-tables", "TransitGatewayRouteTables", item)
    joined = [_attached(dump, a["attachment"], "associated") for a in table.get("associations") or ()]
    dump.about("ec2", "get-transit-gateway-route-table-associations", name, {"Associations": joined})
    told = [_attached(dump, a["attachment"], "enabled") for a in table.get("propagations") or ()]
    answer = {"TransitGatewayRouteTablePropagations": told}
    dump.about("ec2", "get-transit-gateway-route-table-propagations", name, answer)
    routes = [_static(dump, route) for route in table.get("routes") or ()]
    static = {route["DestinationCidrBlock"] for route in routes}
    for one in table.get("propagations") or ():
        for cidr in _ranges(dump, one["attachment"]):
            if cidr in static:
                continue  # (the answer lists the route that wins)
            route = {"DestinationCidrBlock": cidr, "Type": "propagated", "State": "active"}
            routes.append({**route, "TransitGatewayAttachments": [_attached(dump, one["attachment"])]})
    dump.about("ec2", "search-transit-gateway-routes", name, {"Routes": routes, "AdditionalRoutesAvailable": False})


def _static(dump: Dump, route: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"DestinationCidrBlock": route["destination"], "Type": "static"}
    if route.get("blackhole"):
        return {**found, "State": "blackhole"}
    return {**found, "State": "active", "TransitGatewayAttachments": [_attached(dump, route["attachment"])]}


def _ranges(dump: Dump, value: Any) -> list[str]:
    attachment = dump.reference(value)
    assert attachment is not None
    if attachment.kind == "aws_vpn_connection":
        return [route["destination"] for route in attachment.get("routes") or ()]
    return list(dump.linked(attachment, "resource").get("cidrs"))


def _attached(dump: Dump, value: Any, state: str = "") -> dict[str, Any]:
    attachment = dump.reference(value)
    assert attachment is not None
    if attachment.kind == "aws_vpn_connection":
        behind, kind, name = attachment, "vpn", _of_vpn(dump, attachment)
    else:
        behind, kind, name = dump.linked(attachment, "resource"), "vpc", dump.id(attachment)
    found = {"TransitGatewayAttachmentId": name, "ResourceId": dump.id(behind), "ResourceType": kind}
    return {**found, "State": state} if state else found


def _of_vpn(dump: Dump, vpn: Resource) -> str:
    said = vpn.get("transit_gateway_attachment")
    return said if isinstance(said, str) else f"tgw-attach-{dump.id(vpn)[4:]}"


def aws_vpn_connection(dump: Dump, vpn: Resource) -> None:
    """DescribeVpnConnections, and the attachment AWS makes at a transit gateway."""
    item: dict[str, Any] = {
        "VpnConnectionId": dump.id(vpn),
        "CustomerGatewayId": dump.text(vpn.get("customer_gateway")),
        "State": "available",
        "Options": {"StaticRoutesOnly": bool(vpn.get("static_routes_only"))},
        "Routes": [{"DestinationCidrBlock": r["destination"], "State": "available"} for r in vpn.get("routes") or ()],
        "VgwTelemetry": [{"Status": s} for s in (vpn.get("tunnels") or ("UP", "UP"))],
        "Tags": dump.tags(vpn),
    }
    if vpn.get("vpn_gateway") is not None:
        item["VpnGatewayId"] = dump.text(vpn.get("vpn_gateway"))
    if vpn.get("transit_gateway") is not None:
        item["TransitGatewayId"] = dump.text(vpn.get("transit_gateway"))
        attachment = {
            "TransitGatewayAttachmentId": _of_vpn(dump, vpn),
            "TransitGatewayId": item["TransitGatewayId"],
            "ResourceType": "vpn",
            "ResourceId": dump.id(vpn),
            "ResourceOwnerId": vpn.scope.account,
            "State": "available",
        }
        dump.add("ec2", "describe-transit-gateway-attachments", "TransitGatewayAttachments", attachment)
    dump.add("ec2", "describe-vpn-connections", "VpnConnections", item)


def aws_vpn_gateway(dump: Dump, gateway: Resource) -> None:
    """DescribeVpnGateways."""
    vpc = gateway.get("vpc")
    joined = [{"VpcId": dump.text(vpc), "State": "attached"}] if vpc is not None else []
    item = {"VpnGatewayId": dump.id(gateway), "State": "available", "VpcAttachments": joined}
    dump.add("ec2", "describe-vpn-gateways", "VpnGateways", {**item, "Tags": dump.tags(gateway)})


def aws_customer_gateway(dump: Dump, gateway: Resource) -> None:
    """DescribeCustomerGateways."""
    item = {"CustomerGatewayId": dump.id(gateway), "IpAddress": gateway.get("ip"), "State": "available"}
    dump.add("ec2", "describe-customer-gateways", "CustomerGateways", {**item, "Tags": dump.tags(gateway)})
