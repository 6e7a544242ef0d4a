"""Elastic IP address and what it is associated with."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::EIP",
    service="ec2",
    cls=Class.PUBLIC_ADDRESS,
    arn="arn:{partition}:ec2:{region}:{account}:elastic-ip/{id}",
    id="{id}",
    fields={
        "id": text(),
        "instance": reference("aws_instance"),
        "interface": reference("aws_network_interface"),
        "private_ip": text(),
        "tags": mapping(),
    },
    links=(Link("address_of", "instance"), Link("address_of", "interface")),
    spellings=(
        Spelling(
            "terraform",
            "aws_eip",
            {
                "id": "id",
                "instance": "instance",
                "interface": "network_interface",
                "private_ip": "associate_with_private_ip",
                "tags": "tags",
            },
            computed={"allocation_id": "{id}"},
            # `vpc = true` (until provider v5) and `domain = "vpc"` say the same: there is no other domain any more.
            ignores=(
                "address",
                "customer_owned_ipv4_pool",
                "domain",
                "ipam_pool_id",
                "network_border_group",
                "public_ipv4_pool",
                "vpc",
            ),
        ),
        Spelling(
            "terraform",
            "aws_eip_association",
            {"instance": "instance_id", "interface": "network_interface_id", "private_ip": "private_ip_address"},
            part_of="allocation_id",
            ignores=("allow_reassociation", "public_ip"),
        ),
    ),
)
