"""Virtual private cloud with its address ranges."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Spelling, flag, mapping, text, texts
from nephograph.catalog.readers import always, says
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
        return written
    if says(pool) or amazon.value in (True, "true"):
        asked = pool if says(pool) else amazon
        return asked.be(Unknown(Reason.AFTER_APPLY, "the IPv6 range that is assigned at creation"))
    return amazon if amazon.unknown else None


_SETTINGS: Fields = {
    "id": "id",
    "ipv6_cidr": _ipv6,
    "dns_support": "enable_dns_support",
    "dns_hostnames": "enable_dns_hostnames",
    "tags": "tags",
}
_IGNORED = (
    "assign_generated_ipv6_cidr_block",
    "enable_network_address_usage_metrics",
    "force_destroy",
    "instance_tenancy",
    "ipv4_netmask_length",
    "ipv6_cidr_block_network_border_group",
    "ipv6_netmask_length",
)

KIND = Kind(
    native="AWS::EC2::VPC",
    service="ec2",
    cls=Class.NETWORK,
    arn="arn:{partition}:ec2:{region}:{account}:vpc/{id}",
    id="{id}",
    fields={
        "id": text(),
        "cidrs": texts(),
        "ipv6_cidr": text(),
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
            {"ipv6_cidr": _ipv6},
            part_of="vpc_id",
            ignores=("assign_generated_ipv6_cidr_block", "ip_source", "ipv6_netmask_length", "ipv6_pool"),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html",),
)
