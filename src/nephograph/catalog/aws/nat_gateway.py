"""NAT gateway: public with an Elastic IP, or private."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, references, text
from nephograph.catalog.readers import element, first_of, tags
from nephograph.model.resource import Class


def _addresses(document: Cursor) -> tuple[list[Cursor], list[Cursor]]:
    """The primary address of a described gateway and the others; older answers do not say which one is primary."""
    listed = list(document.at("NatGatewayAddresses").each())
    primary = [one for one in listed if one.at("IsPrimary").value is True] or listed[:1]
    return primary, [one for one in listed if all(one.path != first.path for first in primary)]


def _primary(name: str, document: Cursor) -> Tree:
    return next((one.at(name) for one in _addresses(document)[0]), None)


def _others(document: Cursor) -> Tree:
    return [one.at("AllocationId") for one in _addresses(document)[1]] or None


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
        # What only the API tells: pending, failed, available, deleting or deleted.
        "state": text(),
        "tags": mapping(),
    },
    links=(
        Link("in_subnet", "subnet"),
        Link("in_network", "vpc"),
        Link("has_address", "address"),
        Link("has_address", "more_addresses"),
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
                "tags": "tags",
            },
            computed={"public_ip": "{public_ip}"},
            ignores=(
                "association_id",
                "auto_provision_zones",
                "auto_scaling_ips",
                "availability_zone_address",
                "network_interface_id",
                "private_ip",
                "regional_nat_gateway_address",
                "regional_nat_gateway_auto_mode",
                "route_table_id",
                "secondary_private_ip_address_count",
                "secondary_private_ip_addresses",
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
            "cloudformation",
            "AWS::EC2::NatGateway",
            {
                "subnet": "SubnetId",
                "vpc": "VpcId",
                "connectivity": "ConnectivityType",
                "availability": "AvailabilityMode",
                "address": "AllocationId",
                "more_addresses": "SecondaryAllocationIds",
                "tags": tags("Tags"),
            },
            computed={"NatGatewayId": "id"},
            ignores=(
                "AvailabilityZoneAddresses",
                "MaxDrainDurationSeconds",
                "PrivateIpAddress",
                "SecondaryPrivateIpAddressCount",
                "SecondaryPrivateIpAddresses",
            ),
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
                "more_addresses": _others,
                "public_ip": lambda document: _primary("PublicIp", document),
                "state": "State",
                "tags": tags("Tags"),
            },
            items="NatGateways.*",
            key="NatGatewayId",
            ignores=(
                "AttachedAppliances",
                "AutoProvisionZones",
                "AutoScalingIps",
                "CreateTime",
                "DeleteTime",
                "FailureCode",
                "FailureMessage",
                "ProvisionedBandwidth",
                "RouteTableId",
            ),
        ),
    ),
)
