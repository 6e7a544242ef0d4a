"""Elastic network interface, with what it is attached to."""

from nephograph.catalog.language import Kind, Link, Spelling, flag, items, mapping, reference, references, text, texts
from nephograph.catalog.readers import both, each, element, one
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::NetworkInterface",
    service="ec2",
    cls=Class.NETWORK_INTERFACE,
    arn="arn:{partition}:ec2:{region}:{account}:network-interface/{id}",
    id="{id}",
    fields={
        "id": text(),
        "subnet": reference("aws_subnet"),
        "security_groups": references("aws_security_group"),
        "private_ips": texts(),
        "source_dest_check": flag(default=True),
        "attachments": items(instance=reference("aws_instance")),
        "tags": mapping(),
    },
    links=(
        Link("in_subnet", "subnet"),
        Link("has_security_group", "security_groups"),
        Link("uses_interface", "attachments.*.instance", inverse=True),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_network_interface",
            {
                "id": "id",
                "subnet": "subnet_id",
                "security_groups": "security_groups",
                "private_ips": both("private_ips", "private_ip_list", "private_ip"),
                "source_dest_check": "source_dest_check",
                "attachments": each("attachment", lambda block: {"instance": block.at("instance")}),
                "tags": "tags",
            },
            ignores=(
                "description",
                "enable_primary_ipv6",
                "interface_type",
                "ipv4_prefix_count",
                "ipv4_prefixes",
                "ipv6_address_count",
                "ipv6_address_list",
                "ipv6_address_list_enabled",
                "ipv6_addresses",
                "ipv6_prefix_count",
                "ipv6_prefixes",
                "private_ip_list_enabled",
                "private_ips_count",
            ),
        ),
        Spelling(
            "terraform",
            "aws_network_interface_attachment",
            {"attachments": one(lambda document: {"instance": document.at("instance_id")})},
            part_of="network_interface_id",
            ignores=("device_index", "network_card_index"),
        ),
        Spelling(
            "terraform",
            "aws_network_interface_sg_attachment",
            {"security_groups": element("security_group_id")},
            part_of="network_interface_id",
        ),
    ),
)
