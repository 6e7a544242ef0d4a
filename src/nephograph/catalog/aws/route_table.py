"""Route table: its routes, the subnets it serves, and whether it is the main table of its VPC."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    items,
    mapping,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import always, each, element, first_of, one, one_when, says, tags
from nephograph.model.resource import Class

_TARGETS = (
    "gateway_id",
    "nat_gateway_id",
    "egress_only_gateway_id",
    "network_interface_id",
    "instance_id",
    "vpc_peering_connection_id",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "carrier_gateway_id",
    "local_gateway_id",
    "core_network_arn",
    "odb_network_arn",
)
_TARGETS_OF_AWS = (
    "GatewayId",
    "NatGatewayId",
    "EgressOnlyInternetGatewayId",
    # Of an instance the API also names the interface that the instance has.
    "InstanceId",
    "NetworkInterfaceId",
    "VpcPeeringConnectionId",
    "TransitGatewayId",
    "VpcEndpointId",
    "CarrierGatewayId",
    "LocalGatewayId",
    "CoreNetworkArn",
    "OdbNetworkArn",
)
"""Targets as CloudFormation and the API name them."""


def _route(route: Cursor) -> dict[str, Tree]:
    """One route, inline (`cidr_block`) or a resource of its own (`destination_cidr_block`)."""
    return {
        "destination": first_of(
            route, "cidr_block", "ipv6_cidr_block", "destination_cidr_block", "destination_ipv6_cidr_block"
        ),
        "prefix_list": first_of(route, "destination_prefix_list_id"),
        "target": first_of(route, *_TARGETS),
    }


def _separate_route(route: Cursor) -> dict[str, Tree]:
    """A route that is a resource of its own; a state tells of it when its target is gone."""
    state = route.at("state")
    gone = {"blackhole": state.be(True)} if state.value == "blackhole" else {}
    return {**_route(route), **gone}


def _aws_route(route: Cursor) -> dict[str, Tree]:
    """One route of a template or an answer."""
    return {
        "destination": first_of(route, "DestinationCidrBlock", "DestinationIpv6CidrBlock"),
        "prefix_list": first_of(route, "DestinationPrefixListId"),
        "target": first_of(route, *_TARGETS_OF_AWS),
    }


def _described_routes(document: Cursor) -> Tree:
    """The routes of an answer without the local ones, which every table has and no other dialect writes."""
    found: list[Tree] = []
    for route in document.at("Routes").each():
        if route.at("GatewayId").value == "local":
            continue
        said = _aws_route(route)
        state, origin = route.at("State"), route.at("Origin")
        if state.value == "blackhole":
            said["blackhole"] = state.be(True)
        if origin.value == "EnableVgwRoutePropagation":
            said["propagated"] = origin.be(True)
        found.append(said)
    return found


def _associated(name: str, field: str) -> Reader:
    """The associations of an answer that name a subnet, or a gateway."""

    def read(document: Cursor) -> Tree:
        held = [one for one in document.at("Associations").each() if not _undone(one)]
        return [{field: one.at(name)} for one in held if says(one.at(name))]

    return read


def _is_main(document: Cursor) -> Tree:
    """Whether the table is the main one of its VPC: it then has an association without a subnet."""
    associations = document.at("Associations")
    return associations.be(any(one.at("Main").value is True and not _undone(one) for one in associations.each()))


def _undone(association: Cursor) -> bool:
    return association.at("AssociationState", "State").value in ("disassociating", "disassociated", "failed")


def _propagating(document: Cursor) -> Tree:
    return [one.at("GatewayId") for one in document.at("PropagatingVgws").each()]


def _adopted_vpc(document: Cursor) -> Tree:
    """The VPC where it is known; in code the table's id, which by `aws_vpc.x.default_route_table_id` names the VPC."""
    vpc = document.at("vpc_id")
    return document.at("default_route_table_id") if vpc.unknown or not says(vpc) else vpc


_INLINE: Fields = {
    "id": "id",
    "routes": each("route", _route),
    "propagating_gateways": "propagating_vgws",
    "tags": "tags",
}

KIND = Kind(
    native="AWS::EC2::RouteTable",
    service="ec2",
    cls=Class.ROUTE_TABLE,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:route-table/{id}",
    id="{id}",
    fields={
        "id": text(),
        "vpc": reference("aws_vpc"),
        "routes": items(
            destination=text(),
            prefix_list=reference("aws_ec2_managed_prefix_list"),
            target=reference(
                "aws_internet_gateway",
                "aws_nat_gateway",
                "aws_egress_only_internet_gateway",
                "aws_network_interface",
                "aws_instance",
                "aws_vpc_peering_connection",
                "aws_ec2_transit_gateway",
                "aws_vpc_endpoint",
                "aws_vpn_gateway",
            ),
            # What only the API tells: the target is gone, or the route was learnt from a virtual private gateway.
            blackhole=flag(),
            propagated=flag(),
        ),
        "subnets": items(subnet=reference("aws_subnet")),
        "gateways": items(gateway=reference("aws_internet_gateway", "aws_vpn_gateway")),
        "propagating_gateways": references("aws_vpn_gateway"),
        "main": flag(default=False),
        "tags": mapping(),
    },
    links=(
        Link("in_network", "vpc"),
        Link("routes_to", "routes.*.target"),
        Link("uses_prefix_list", "routes.*.prefix_list"),
        Link("routes_for", "subnets.*.subnet"),
        Link("routes_for", "gateways.*.gateway"),
        Link("learns_routes_from", "propagating_gateways"),
    ),
    spellings=(
        Spelling("terraform", "aws_route_table", {**_INLINE, "vpc": "vpc_id"}),
        Spelling(
            "terraform",
            "aws_default_route_table",
            {**_INLINE, "vpc": _adopted_vpc, "main": always(True)},
            ignores=("default_route_table_id",),
        ),
        Spelling(
            "terraform",
            "aws_route",
            {"routes": one(_separate_route)},
            part_of="route_table_id",
            ignores=("instance_owner_id", "origin"),
        ),
        Spelling(
            "terraform",
            "aws_route_table_association",
            {
                "subnets": one_when("subnet_id", lambda document: {"subnet": document.at("subnet_id")}),
                "gateways": one_when("gateway_id", lambda document: {"gateway": document.at("gateway_id")}),
            },
            part_of="route_table_id",
        ),
        Spelling(
            "terraform",
            "aws_main_route_table_association",
            {"main": always(True), "vpc": "vpc_id"},
            part_of="route_table_id",
            ignores=("original_route_table_id",),
        ),
        Spelling(
            "terraform",
            "aws_vpn_gateway_route_propagation",
            {"propagating_gateways": element("vpn_gateway_id")},
            part_of="route_table_id",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::RouteTable",
            {"vpc": "VpcId", "tags": tags("Tags")},
            computed={"RouteTableId": "id"},
        ),
        Spelling("cloudformation", "AWS::EC2::Route", {"routes": one(_aws_route)}, part_of="RouteTableId"),
        Spelling(
            "cloudformation",
            "AWS::EC2::SubnetRouteTableAssociation",
            {"subnets": one_when("SubnetId", lambda document: {"subnet": document.at("SubnetId")})},
            part_of="RouteTableId",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::GatewayRouteTableAssociation",
            {"gateways": one_when("GatewayId", lambda document: {"gateway": document.at("GatewayId")})},
            part_of="RouteTableId",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPNGatewayRoutePropagation",
            {"propagating_gateways": element("VpnGatewayId")},
            part_of="RouteTableIds",
        ),
        Spelling(
            "api",
            "ec2:DescribeRouteTables",
            {
                "id": "RouteTableId",
                "vpc": "VpcId",
                "routes": _described_routes,
                "subnets": _associated("SubnetId", "subnet"),
                "gateways": _associated("GatewayId", "gateway"),
                "propagating_gateways": _propagating,
                "main": _is_main,
                "tags": tags("Tags"),
            },
            items="RouteTables.*",
            key="RouteTableId",
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",),
)
