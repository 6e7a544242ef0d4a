"""Route table: its routes, the subnets it serves, and whether it is the main table of its VPC."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    items,
    mapping,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import always, each, element, first_of, one, one_when
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


def _route(route: Cursor) -> dict[str, Tree]:
    """One route, inline (`cidr_block`) or a resource of its own (`destination_cidr_block`)."""
    return {
        "destination": first_of(
            route, "cidr_block", "ipv6_cidr_block", "destination_cidr_block", "destination_ipv6_cidr_block"
        ),
        "prefix_list": first_of(route, "destination_prefix_list_id"),
        "target": first_of(route, *_TARGETS),
    }


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
        Link("routes_for", "subnets.*.subnet"),
        Link("routes_for", "gateways.*.gateway"),
        Link("learns_routes_from", "propagating_gateways"),
    ),
    spellings=(
        Spelling("terraform", "aws_route_table", {**_INLINE, "vpc": "vpc_id"}),
        Spelling(
            "terraform",
            "aws_default_route_table",
            # The attribute names the table, and by `aws_vpc.x.default_route_table_id` the VPC whose main table it is.
            {**_INLINE, "vpc": "default_route_table_id", "main": always(True)},
        ),
        Spelling("terraform", "aws_route", {"routes": one(_route)}, part_of="route_table_id"),
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
        ),
        Spelling(
            "terraform",
            "aws_vpn_gateway_route_propagation",
            {"propagating_gateways": element("vpn_gateway_id")},
            part_of="route_table_id",
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",),
)
