"""Virtual private cloud with its address ranges."""

from nephograph.catalog.aws._network import associated_ipv6_ranges
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Reader, Spelling, flag, mapping, text, texts
from nephograph.catalog.readers import always, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown


def _cidrs(document: Cursor) -> Tree:
    """The range, which is chosen at creation when it comes from an address pool."""
    written, pool = document.at("cidr_block"), document.at("ipv4_ipam_pool_id")
    if not says(written) and says(pool):
        return [pool.be(Unknown(Reason.AFTER_APPLY, "the range IPAM chooses"))]
    return [written] if says(written) else None


def _ipv6(document: Cursor) -> Tree:
    """The IPv6 range; Amazon's or a pool's is chosen at creation."""
    written, pool = document.at("ipv6_cidr_block"), document.at("ipv6_ipam_pool_id")
    amazon = document.at("assign_generated_ipv6_cidr_block")
    if says(written):
        return [written]
    if says(pool) or amazon.value in (True, "true"):
        asked = pool if says(pool) else amazon
        return [asked.be(Unknown(Reason.AFTER_APPLY, "the IPv6 range that is assigned at creation"))]
    return [amazon] if amazon.unknown else None


_SETTINGS: Fields = {
    "id": "id",
    "ipv6_cidrs": _ipv6,
    "dns_support": "enable_dns_support",
    "dns_hostnames": "enable_dns_hostnames",
    "tags": "tags",
}
_IGNORED = (
    "assign_generated_ipv6_cidr_block",
    "cidr_block",
    "default_network_acl_id",
    "default_route_table_id",
    "default_security_group_id",
    "dhcp_options_id",
    "enable_network_address_usage_metrics",
    "existing_default_vpc",
    "force_destroy",
    "instance_tenancy",
    "ipv4_netmask_length",
    "ipv6_association_id",
    "ipv6_cidr_block_network_border_group",
    "ipv6_netmask_length",
    "main_route_table_id",
)


def _associated(document: Cursor) -> Tree:
    """All IPv4 ranges that are associated; a VPC's first range is among them."""
    blocks = document.at("CidrBlockAssociationSet")
    held = [b for b in blocks.each() if b.at("CidrBlockState", "State").value in (None, "associated", "associating")]
    return [block.at("CidrBlock") for block in held] or [document.at("CidrBlock")]


def _generated(document: Cursor) -> Tree:
    """`AWS::EC2::VPCCidrBlock`: its IPv6 range is written, or chosen at creation."""
    written, amazon = document.at("Ipv6CidrBlock"), document.at("AmazonProvidedIpv6CidrBlock")
    if says(written) or amazon.unknown:
        return [written if says(written) else amazon]
    chosen = amazon.value in (True, "true") or says(document.at("Ipv6IpamPoolId"))
    return [amazon.be(Unknown(Reason.AFTER_APPLY, "the IPv6 range that is assigned at creation"))] if chosen else None


def _written_or_pool(document: Cursor) -> Tree:
    written, pool = document.at("CidrBlock"), document.at("Ipv4IpamPoolId")
    if not says(written) and says(pool):
        return [pool.be(Unknown(Reason.AFTER_APPLY, "the range IPAM chooses"))]
    return [written] if says(written) else None


def _asked(name: str) -> Reader:
    """One attribute is asked for at a time: an answer says its own and nothing of the others."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if said.present:
            return said.at("Value")
        return document.be(Unknown(Reason.NOT_SEEN, f"the answer of ec2:DescribeVpcAttribute about {name}"))

    return read


KIND = Kind(
    native="AWS::EC2::VPC",
    service="ec2",
    cls=Class.NETWORK,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:vpc/{id}",
    id="{id}",
    fields={
        "id": text(),
        "cidrs": texts(),
        "ipv6_cidrs": texts(),
        "default": flag(default=False),
        "dns_support": flag(default=True),
        "dns_hostnames": flag(default=False),
        "tags": mapping(),
    },
    spellings=(
        Spelling("terraform", "aws_vpc", {**_SETTINGS, "cidrs": _cidrs}, ignores=_IGNORED),
        Spelling(
            "terraform",
            "aws_default_vpc",
            # Every default VPC has this range.
            {**_SETTINGS, "cidrs": always(["172.31.0.0/16"]), "default": always(True)},
            ignores=_IGNORED,
        ),
        Spelling(
            "terraform",
            "aws_vpc_ipv4_cidr_block_association",
            {"cidrs": _cidrs},
            part_of="vpc_id",
            ignores=("ipv4_netmask_length",),
        ),
        Spelling(
            "terraform",
            "aws_vpc_ipv6_cidr_block_association",
            {"ipv6_cidrs": _ipv6},
            part_of="vpc_id",
            ignores=(
                "assign_generated_ipv6_cidr_block",
                "ip_source",
                "ipv6_address_attribute",
                "ipv6_netmask_length",
                "ipv6_pool",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPC",
            {
                "cidrs": _written_or_pool,
                "dns_support": "EnableDnsSupport",
                "dns_hostnames": "EnableDnsHostnames",
                "tags": tags("Tags"),
            },
            computed={"VpcId": "id"},
            ignores=("InstanceTenancy", "Ipv4NetmaskLength", "VpcEncryptionControl"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPCCidrBlock",
            {"cidrs": _written_or_pool, "ipv6_cidrs": _generated},
            part_of="VpcId",
            ignores=("Ipv4NetmaskLength", "Ipv6CidrBlockNetworkBorderGroup", "Ipv6NetmaskLength", "Ipv6Pool"),
        ),
        Spelling(
            "api",
            "ec2:DescribeVpcs",
            {
                "id": "VpcId",
                "cidrs": _associated,
                "ipv6_cidrs": lambda document: associated_ipv6_ranges(document) or None,
                "default": "IsDefault",
                "tags": tags("Tags"),
            },
            items="Vpcs.*",
            key="VpcId",
            ignores=(
                "BlockPublicAccessStates",
                "CidrBlock",
                "DhcpOptionsId",
                "EncryptionControl",
                "InstanceTenancy",
                "State",
            ),
        ),
        Spelling(
            "api",
            "ec2:DescribeVpcAttribute",
            {"dns_support": _asked("EnableDnsSupport"), "dns_hostnames": _asked("EnableDnsHostnames")},
            part_of="VpcId",
            asks=("VpcId",),
            ignores=("EnableNetworkAddressUsageMetrics",),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html",),
)
