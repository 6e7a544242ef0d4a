"""Elastic IP address and what it is associated with."""

from nephograph.catalog.language import Either, Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import first_of, tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::EIP",
    service="ec2",
    cls=Class.PUBLIC_ADDRESS,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:elastic-ip/{id}",
    id="{id}",
    aliases=("public_ip",),
    fields={
        "id": text(),
        "public_ip": text(),
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
                "public_ip": lambda document: first_of(document, "public_ip"),
                "instance": "instance",
                "interface": "network_interface",
                "private_ip": Either(("associate_with_private_ip", "private_ip")),
                "tags": "tags",
            },
            computed={"allocation_id": "{id}", "public_ip": "{public_ip}"},
            # `vpc = true` (until provider v5) and `domain = "vpc"` say the same: there is no other domain any more.
            ignores=(
                "address",
                "association_id",
                "carrier_ip",
                "customer_owned_ip",
                "customer_owned_ipv4_pool",
                "domain",
                "ipam_pool_id",
                "network_border_group",
                "private_dns",
                "ptr_record",
                "public_dns",
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
        # An association may name the address itself instead.
        Spelling(
            "terraform",
            "aws_eip_association",
            {"instance": "instance_id", "interface": "network_interface_id", "private_ip": "private_ip_address"},
            part_of="public_ip",
            ignores=("allocation_id", "allow_reassociation"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::EIP",
            {"instance": "InstanceId", "public_ip": "Address", "tags": tags("Tags")},
            # A reference to an Elastic IP is the address itself.
            computed={"AllocationId": "id", "PublicIp": "{public_ip}", "Ref": "{public_ip}"},
            ignores=("Domain", "IpamPoolId", "NetworkBorderGroup", "PublicIpv4Pool", "TransferAddress"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::EIPAssociation",
            {"instance": "InstanceId", "interface": "NetworkInterfaceId", "private_ip": "PrivateIpAddress"},
            part_of="AllocationId",
            ignores=("EIP",),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::EIPAssociation",
            {"instance": "InstanceId", "interface": "NetworkInterfaceId", "private_ip": "PrivateIpAddress"},
            part_of="EIP",
            ignores=("AllocationId",),
        ),
        Spelling(
            "api",
            "ec2:DescribeAddresses",
            {
                "id": "AllocationId",
                "public_ip": "PublicIp",
                "instance": lambda document: first_of(document, "InstanceId"),
                "interface": "NetworkInterfaceId",
                "private_ip": "PrivateIpAddress",
                "tags": tags("Tags"),
            },
            items="Addresses.*",
            key="AllocationId",
            ignores=(
                "AssociationId",
                "CarrierIp",
                "CustomerOwnedIp",
                "CustomerOwnedIpv4Pool",
                "Domain",
                "NetworkBorderGroup",
                "NetworkInterfaceOwnerId",
                "PublicIpv4Pool",
                "ServiceManaged",
                "SubnetId",
            ),
        ),
    ),
)
