"""NAT gateway: public with an Elastic IP, or private; zonal in a subnet, or regional in a VPC."""

from nephograph.catalog.aws._zones import automatic, listed, zones
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, flag, items, mapping, reference, references, text, texts
from nephograph.catalog.readers import element, first_of, not_said_here, one, says, tags
from nephograph.model.resource import Class


def _addresses(document: Cursor) -> tuple[list[Cursor], list[Cursor]]:
    """The primary address of a described gateway and the others; older answers do not say which one is primary."""
    if document.at("AvailabilityMode").value == "regional":
        return [], []  # its addresses are those of its zones
    every = list(document.at("NatGatewayAddresses").each())
    primary = [one for one in every if one.at("IsPrimary").value is True] or every[:1]
    return primary, [one for one in every if all(one.path != first.path for first in primary)]


def _primary(name: str, document: Cursor) -> Tree:
    return next((one.at(name) for one in _addresses(document)[0]), None)


def _others(name: str, document: Cursor) -> Tree:
    return [one.at(name) for one in _addresses(document)[1] if says(one.at(name))] or None


def _own_route(document: Cursor) -> dict[str, Tree]:
    """A route of the table that AWS makes for a regional gateway."""
    return {
        "destination": first_of(document, "destination_cidr_block", "destination_ipv6_cidr_block"),
        "prefix_list": document.at("destination_prefix_list_id"),
    }


KIND = Kind(
    native="AWS::EC2::NatGateway",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:natgateway/{id}",
    id="{id}",
    fields={
        "id": text(),
        "subnet": reference("aws_subnet"),
        "vpc": reference("aws_vpc"),
        "connectivity": text(default="public"),
        "availability": text(default="zonal"),
        "address": reference("aws_eip"),
        "more_addresses": references("aws_eip"),
        "public_ip": text(),
        # What it writes as the source in the VPC; of a private gateway all there is.
        "private_ip": text(),
        "more_private_ips": texts(),
        "interface": reference("aws_network_interface"),
        # Of a regional gateway: where it has addresses (a zone by its name or by its id), and whether AWS takes it
        # into the zones where something runs. It has a route table of its own.
        "zones": items(zone=text(), zone_id=text(), addresses=references("aws_eip"), public_ips=texts()),
        "auto_zones": flag(),
        "route_table": reference("aws_route_table"),
        # What is written into that table beside the route AWS makes.
        "routes": items(destination=text(), prefix_list=text()),
        # What only the API tells: pending, failed, available, deleting or deleted.
        "state": text(),
        "tags": mapping(),
    },
    links=(
        Link("in_subnet", "subnet"),
        Link("in_network", "vpc"),
        Link("has_address", "address"),
        Link("has_address", "more_addresses"),
        Link("has_address", "zones.*.addresses"),
        Link("uses_interface", "interface"),
        Link("routes_for", "route_table", inverse=True),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_nat_gateway",
            {
                "id": "id",
                "subnet": "subnet_id",
                # A regional gateway stands in a VPC, not in a subnet (provider v6).
                "vpc": "vpc_id",
                "connectivity": "connectivity_type",
                "availability": "availability_mode",
                "address": "allocation_id",
                "more_addresses": "secondary_allocation_ids",
                "public_ip": lambda document: first_of(document, "public_ip"),
                "private_ip": lambda document: first_of(document, "private_ip"),
                "more_private_ips": lambda document: first_of(document, "secondary_private_ip_addresses"),
                "interface": lambda document: first_of(document, "network_interface_id"),
                "zones": zones("availability_zone_address", "regional_nat_gateway_address"),
                "auto_zones": automatic("availability_mode", "availability_zone_address", "auto_provision_zones"),
                "route_table": lambda document: first_of(document, "route_table_id"),
                "tags": "tags",
            },
            computed={"public_ip": "{public_ip}"},
            ignores=(
                "association_id",
                "auto_scaling_ips",
                "regional_nat_gateway_auto_mode",
                "secondary_private_ip_address_count",
            ),
        ),
        Spelling(
            "terraform",
            "aws_nat_gateway_eip_association",
            {"more_addresses": element("allocation_id")},
            part_of="nat_gateway_id",
            ignores=("association_id",),
        ),
        Spelling(
            "terraform",
            "aws_route",
            {"routes": one(_own_route)},
            part_of="route_table_id",
            ignores=(
                "carrier_gateway_id",
                "core_network_arn",
                "egress_only_gateway_id",
                "gateway_id",
                "instance_id",
                "instance_owner_id",
                "local_gateway_id",
                "nat_gateway_id",
                "network_interface_id",
                "odb_network_arn",
                "origin",
                "state",
                "transit_gateway_id",
                "vpc_endpoint_id",
                "vpc_peering_connection_id",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::NatGateway",
            {
                "subnet": "SubnetId",
                "vpc": "VpcId",
                "connectivity": "ConnectivityType",
                "availability": "AvailabilityMode",
                "address": "AllocationId",
                "more_addresses": "SecondaryAllocationIds",
                "private_ip": "PrivateIpAddress",
                "more_private_ips": "SecondaryPrivateIpAddresses",
                "zones": zones("AvailabilityZoneAddresses"),
                "auto_zones": automatic("AvailabilityMode", "AvailabilityZoneAddresses"),
                "tags": tags("Tags"),
            },
            computed={"EniId": "{interface}", "NatGatewayId": "id"},
            ignores=("MaxDrainDurationSeconds", "SecondaryPrivateIpAddressCount"),
        ),
        Spelling(
            "api",
            "ec2:DescribeNatGateways",
            {
                "id": "NatGatewayId",
                "subnet": "SubnetId",
                "vpc": "VpcId",
                "connectivity": "ConnectivityType",
                "availability": "AvailabilityMode",
                "address": lambda document: _primary("AllocationId", document),
                "more_addresses": lambda document: _others("AllocationId", document),
                "public_ip": lambda document: _primary("PublicIp", document),
                "private_ip": lambda document: _primary("PrivateIp", document),
                "more_private_ips": lambda document: _others("PrivateIp", document),
                "interface": lambda document: _primary("NetworkInterfaceId", document),
                "zones": listed("AvailabilityMode", "NatGatewayAddresses"),
                "auto_zones": automatic("AvailabilityMode", "", "AutoProvisionZones"),
                "route_table": lambda document: first_of(document, "RouteTableId"),
                "routes": not_said_here,
                "state": "State",
                "tags": tags("Tags"),
            },
            items="NatGateways.*",
            key="NatGatewayId",
            ignores=(
                "AttachedAppliances",
                "AutoScalingIps",
                "CreateTime",
                "DeleteTime",
                "FailureCode",
                "FailureMessage",
                "ProvisionedBandwidth",
            ),
        ),
    ),
)
