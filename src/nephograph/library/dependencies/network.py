"""Networks: subnets stand in one zone, gateways in one subnet, and a private subnet's way out is its NAT gateway."""

from nephograph.library.dependencies.declare import WAY_OUT, need

_NAT = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html"

NEEDS = (
    need(
        "aws_subnet",
        "every",
        "zone:availability_zone",
        says="it lies in it",
        reference="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-basics.html",
    ),
    need(
        "aws_subnet",
        "every",
        "~routes_for routes_to",
        kinds=("aws_nat_gateway",),
        says="its way to the internet leads through it",
        reference=_NAT,
        aspect=WAY_OUT,
    ),
    need("aws_nat_gateway", "every", "has_address", says="it sends from it", reference=_NAT),
    need("aws_internet_gateway", "every", "attached_to", says="it belongs to it"),
    need("aws_ec2_transit_gateway_attachment", "every", "attached_to", "attaches", says="it joins them"),
    need("aws_vpn_connection", "any", "attached_to", says="it ends there"),
    need("aws_vpc_peering_connection", "every", "attached_to", says="it joins them"),
    need("aws_vpc_endpoint_service", "any", "served_by", says="it is served by it"),
    need("aws_efs_mount_target", "every", "serves", says="it serves it"),
)
