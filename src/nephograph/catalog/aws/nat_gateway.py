"""NAT gateway: public with an Elastic IP, or private."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, references, text
from nephograph.catalog.readers import element
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::NatGateway",
    service="ec2",
    cls=Class.GATEWAY,
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
                "tags": "tags",
            },
            ignores=(
                "availability_zone_address",
                "private_ip",
                "secondary_private_ip_address_count",
                "secondary_private_ip_addresses",
            ),
        ),
        Spelling(
            "terraform",
            "aws_nat_gateway_eip_association",
            {"more_addresses": element("allocation_id")},
            part_of="nat_gateway_id",
        ),
    ),
)
