"""Elastic network interface, with what it is attached to."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    items,
    mapping,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import each, element, first_of, one, says, tags
from nephograph.model.resource import Class


def _private_ips(document: Cursor) -> Tree:
    """The private addresses, the primary one first where an order is known; a state says one address three times."""
    return first_of(document, "private_ip_list", "private_ips", "private_ip")


def _template_ips(document: Cursor) -> Tree:
    single = document.at("PrivateIpAddress")
    listed = document.at("PrivateIpAddresses")
    if listed.unknown:
        return listed
    more: list[Tree] = [one if one.unknown else one.at("PrivateIpAddress") for one in listed.each()]
    if says(single):
        return [single, *more]
    return more or None


def _listed(name: str, inner: str, document: Cursor) -> list[Tree]:
    """One member of every object of a list."""
    return [one if one.unknown else one.at(inner) for one in document.at(name).each()]


def _prefixes(*names: str) -> Reader:
    """Ranges that are written as texts, or as objects with one text."""

    def read(document: Cursor) -> Tree:
        ranges = [inner for name in names for inner in document.at(name).each()]
        return [
            inner.first("Ipv4Prefix", "Ipv6Prefix") if isinstance(inner.value, dict) else inner for inner in ranges
        ] or None

    return read


def _public(document: Cursor) -> Tree:
    """The private addresses with a public one, the primary among them."""
    return [
        {"private_ip": one.at("PrivateIpAddress"), "public_ip": one.at("Association", "PublicIp")}
        for one in document.at("PrivateIpAddresses").each()
        if says(one.at("Association", "PublicIp"))
    ] or None


def _instance(document: Cursor) -> Tree:
    """The instance it is attached to; an attachment to a service of AWS names none."""
    instance = document.at("Attachment", "InstanceId")
    return [{"instance": instance}] if says(instance) else []


KIND = Kind(
    native="AWS::EC2::NetworkInterface",
    service="ec2",
    cls=Class.NETWORK_INTERFACE,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:network-interface/{id}",
    id="{id}",
    fields={
        "id": text(),
        "subnet": reference("aws_subnet"),
        "security_groups": references("aws_security_group"),
        "vpc": reference("aws_vpc"),
        "private_ips": texts(),
        # Whole ranges that are routed to it.
        "prefixes": texts(),
        "ipv6_addresses": texts(),
        # The public IPv4 address that answers to the primary private one: an Elastic IP, or one given at launch.
        "public_address": text(),
        # Every private address that has a public one.
        "public_addresses": items(private_ip=text(), public_ip=text()),
        "type": text(default="interface"),
        "description": text(),
        # AWS made it for one of its services: a load balancer, a function, a database.
        "requester_managed": flag(default=False),
        "source_dest_check": flag(default=True),
        # available, associated, attaching, in-use, detaching.
        "status": text(),
        "attachments": items(instance=reference("aws_instance")),
        "tags": mapping(),
    },
    links=(
        Link("in_subnet", "subnet"),
        Link("in_network", "vpc"),
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
                "private_ips": _private_ips,
                "ipv6_addresses": lambda document: first_of(document, "ipv6_address_list", "ipv6_addresses"),
                "prefixes": _prefixes("ipv4_prefixes", "ipv6_prefixes"),
                "type": lambda document: first_of(document, "interface_type"),
                "description": lambda document: first_of(document, "description"),
                "source_dest_check": "source_dest_check",
                "attachments": each("attachment", lambda block: {"instance": block.at("instance")}),
                "tags": "tags",
            },
            ignores=(
                "enable_primary_ipv6",
                "ipv4_prefix_count",
                "ipv6_address_count",
                "ipv6_address_list_enabled",
                "ipv6_prefix_count",
                "mac_address",
                "outpost_arn",
                "private_dns_name",
                "private_ip_list_enabled",
                "private_ips_count",
            ),
        ),
        Spelling(
            "terraform",
            "aws_network_interface_attachment",
            {"attachments": one(lambda document: {"instance": document.at("instance_id")})},
            part_of="network_interface_id",
            ignores=("attachment_id", "device_index", "network_card_index", "status"),
        ),
        Spelling(
            "terraform",
            "aws_network_interface_sg_attachment",
            {"security_groups": element("security_group_id")},
            part_of="network_interface_id",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::NetworkInterface",
            {
                "subnet": "SubnetId",
                "security_groups": "GroupSet",
                "private_ips": _template_ips,
                "ipv6_addresses": lambda document: _listed("Ipv6Addresses", "Ipv6Address", document) or None,
                "prefixes": _prefixes("Ipv4Prefixes", "Ipv6Prefixes"),
                "type": "InterfaceType",
                "description": "Description",
                "source_dest_check": "SourceDestCheck",
                "tags": tags("Tags"),
            },
            computed={"Id": "id"},
            ignores=(
                "ConnectionTrackingSpecification",
                "EnablePrimaryIpv6",
                "Ipv4PrefixCount",
                "Ipv6AddressCount",
                "Ipv6PrefixCount",
                "PublicIpDnsHostnameTypeSpecification",
                "SecondaryPrivateIpAddressCount",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::NetworkInterfaceAttachment",
            {"attachments": one(lambda document: {"instance": document.at("InstanceId")})},
            part_of="NetworkInterfaceId",
            ignores=("DeleteOnTermination", "DeviceIndex", "EnaQueueCount", "EnaSrdSpecification"),
        ),
        Spelling(
            "api",
            "ec2:DescribeNetworkInterfaces",
            {
                "id": "NetworkInterfaceId",
                "subnet": "SubnetId",
                "security_groups": lambda document: _listed("Groups", "GroupId", document),
                "private_ips": lambda document: _listed("PrivateIpAddresses", "PrivateIpAddress", document),
                "ipv6_addresses": lambda document: _listed("Ipv6Addresses", "Ipv6Address", document) or None,
                "vpc": "VpcId",
                "prefixes": _prefixes("Ipv4Prefixes", "Ipv6Prefixes"),
                "public_address": "Association.PublicIp",
                "public_addresses": _public,
                "type": "InterfaceType",
                "description": lambda document: first_of(document, "Description"),
                "requester_managed": "RequesterManaged",
                "source_dest_check": "SourceDestCheck",
                "status": "Status",
                "attachments": _instance,
                "tags": tags("TagSet"),
            },
            items="NetworkInterfaces.*",
            key="NetworkInterfaceId",
            ignores=(
                "AssociatedSubnets",
                "AvailabilityZone",
                "AvailabilityZoneId",
                "ConnectionTrackingConfiguration",
                "DenyAllIgwTraffic",
                "Ipv6Address",
                "Ipv6Native",
                "MacAddress",
                "Operator",
                "OutpostArn",
                "PrivateDnsName",
                "PrivateIpAddress",
                "PublicDnsName",
                "PublicIpDnsNameOptions",
                "RequesterId",
            ),
        ),
    ),
)
