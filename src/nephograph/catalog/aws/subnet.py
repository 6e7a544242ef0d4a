"""Subnet of a VPC."""

from nephograph.catalog.aws._network import associated_ipv6, written_or_chosen
from nephograph.catalog.language import Fields, Kind, Link, Otherwise, Spelling, flag, mapping, reference, text
from nephograph.catalog.readers import always, tags
from nephograph.model.resource import Class

_SAID: Fields = {
    "id": "id",
    "vpc": "vpc_id",
    "cidr": written_or_chosen("cidr_block", "ipv4_ipam_pool_id"),
    "ipv6_cidr": written_or_chosen("ipv6_cidr_block", "ipv6_ipam_pool_id"),
    "availability_zone": "availability_zone",
    "zone_id": "availability_zone_id",
    "ipv6_on_launch": "assign_ipv6_address_on_creation",
    "tags": "tags",
}
_IGNORED = (
    "customer_owned_ipv4_pool",
    "enable_dns64",
    "enable_lni_at_device_index",
    "enable_resource_name_dns_a_record_on_launch",
    "enable_resource_name_dns_aaaa_record_on_launch",
    "existing_default_subnet",
    "force_destroy",
    "ipv4_netmask_length",
    "ipv6_cidr_block_association_id",
    "ipv6_native",
    "ipv6_netmask_length",
    "map_customer_owned_ip_on_launch",
    "outpost_arn",
    "private_dns_hostname_type_on_launch",
)

KIND = Kind(
    native="AWS::EC2::Subnet",
    service="ec2",
    cls=Class.SUBNET,
    identity=("id",),
    known_by=("cidr",),
    arn="arn:{partition}:ec2:{region}:{account}:subnet/{id}",
    id="{id}",
    fields={
        "id": text(),
        "vpc": reference("aws_vpc"),
        "cidr": text(),
        "ipv6_cidr": text(),
        "availability_zone": text(),
        # The zone by the name that is the same in every account: a zone of a shared subnet is told by it.
        "zone_id": text(),
        "public_ip_on_launch": flag(default=False),
        "ipv6_on_launch": flag(default=False),
        "default": flag(default=False),
        "tags": mapping(),
    },
    links=(Link("in_network", "vpc"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_subnet",
            {**_SAID, "public_ip_on_launch": "map_public_ip_on_launch"},
            ignores=_IGNORED,
        ),
        Spelling(
            "terraform",
            "aws_default_subnet",
            {
                **_SAID,
                # A default subnet gives public addresses unless it is told not to.
                "public_ip_on_launch": Otherwise("map_public_ip_on_launch", True),
                "default": always(True),
            },
            ignores=_IGNORED,
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::Subnet",
            {
                "vpc": "VpcId",
                "cidr": written_or_chosen("CidrBlock", "Ipv4IpamPoolId"),
                "ipv6_cidr": written_or_chosen("Ipv6CidrBlock", "Ipv6IpamPoolId"),
                "availability_zone": "AvailabilityZone",
                "zone_id": "AvailabilityZoneId",
                "public_ip_on_launch": "MapPublicIpOnLaunch",
                "ipv6_on_launch": "AssignIpv6AddressOnCreation",
                "tags": tags("Tags"),
            },
            computed={
                "AvailabilityZone": "{availability_zone}",
                "CidrBlock": "{cidr}",
                "SubnetId": "id",
                "VpcId": "{vpc}",
            },
            ignores=(
                "EnableDns64",
                "EnableLniAtDeviceIndex",
                "Ipv4NetmaskLength",
                "Ipv6Native",
                "Ipv6NetmaskLength",
                "OutpostArn",
                "PrivateDnsNameOptionsOnLaunch",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::SubnetCidrBlock",
            {"ipv6_cidr": written_or_chosen("Ipv6CidrBlock", "Ipv6IpamPoolId")},
            part_of="SubnetId",
            ignores=("Ipv6NetmaskLength",),
        ),
        Spelling(
            "api",
            "ec2:DescribeSubnets",
            {
                "id": "SubnetId",
                "vpc": "VpcId",
                "cidr": "CidrBlock",
                "ipv6_cidr": associated_ipv6,
                "availability_zone": "AvailabilityZone",
                "zone_id": "AvailabilityZoneId",
                "public_ip_on_launch": "MapPublicIpOnLaunch",
                "ipv6_on_launch": "AssignIpv6AddressOnCreation",
                "default": "DefaultForAz",
                "tags": tags("Tags"),
            },
            items="Subnets.*",
            key="SubnetId",
            ignores=(
                "AvailableIpAddressCount",
                "BlockPublicAccessStates",
                "CustomerOwnedIpv4Pool",
                "EnableDns64",
                "EnableLniAtDeviceIndex",
                "Ipv6Native",
                "MapCustomerOwnedIpOnLaunch",
                "OutpostArn",
                "PrivateDnsNameOptionsOnLaunch",
                "State",
                "SubnetArn",
                "Type",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html",),
)
