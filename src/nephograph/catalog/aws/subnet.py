"""Subnet of a VPC."""

from nephograph.catalog.language import Kind, Link, Otherwise, Spelling, flag, mapping, reference, text
from nephograph.catalog.readers import always
from nephograph.model.resource import Class

_SAID = {
    "id": "id",
    "vpc": "vpc_id",
    "cidr": "cidr_block",
    "ipv6_cidr": "ipv6_cidr_block",
    "availability_zone": "availability_zone",
    "ipv6_on_launch": "assign_ipv6_address_on_creation",
    "tags": "tags",
}
_IGNORED = (
    "availability_zone_id",
    "customer_owned_ipv4_pool",
    "enable_dns64",
    "enable_lni_at_device_index",
    "enable_resource_name_dns_a_record_on_launch",
    "enable_resource_name_dns_aaaa_record_on_launch",
    "force_destroy",
    "ipv4_ipam_pool_id",
    "ipv4_netmask_length",
    "ipv6_ipam_pool_id",
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
    arn="arn:{partition}:ec2:{region}:{account}:subnet/{id}",
    id="{id}",
    fields={
        "id": text(),
        "vpc": reference("aws_vpc"),
        "cidr": text(),
        "ipv6_cidr": text(),
        "availability_zone": text(),
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
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html",),
)
