"""VPC endpoint: a private way to a service, by routes (gateway) or by network interfaces (interface, load balancer)."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Spelling,
    flag,
    mapping,
    only_in_code,
    policy,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import element, tags
from nephograph.model.resource import Class


def _groups(document: Cursor) -> Tree:
    return [one.at("GroupId") for one in document.at("Groups").each()]


KIND = Kind(
    native="AWS::EC2::VPCEndpoint",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{id}",
    id="{id}",
    fields={
        "id": text(),
        "vpc": reference("aws_vpc"),
        "service": text(),
        "service_region": text(),
        "type": text(default="Gateway"),
        # Limits what passes the endpoint and grants nothing; none said lets everything pass.
        "endpoint_policy": policy(),
        "route_tables": references("aws_route_table"),
        "subnets": references("aws_subnet"),
        "security_groups": references("aws_security_group"),
        "interfaces": references("aws_network_interface"),
        "private_dns": flag(default=False),
        "ip_address_type": text(),
        # Of a gateway endpoint: the ranges of its service, to which its routes lead. Answers tell it in route tables.
        "prefix_list": only_in_code(reference("aws_ec2_managed_prefix_list")),
        # AWS made it for one of its services: a firewall, a database.
        "requester_managed": flag(),
        # What only the API tells: pendingAcceptance, available, rejected, failed …
        "state": text(),
        "tags": mapping(),
    },
    links=(
        Link("in_network", "vpc"),
        Link("in_route_table", "route_tables"),
        Link("in_subnet", "subnets"),
        Link("has_security_group", "security_groups"),
        Link("uses_interface", "interfaces"),
        Link("uses_prefix_list", "prefix_list"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_vpc_endpoint",
            {
                "id": "id",
                "vpc": "vpc_id",
                "service": "service_name",
                "service_region": "service_region",
                "type": "vpc_endpoint_type",
                "endpoint_policy": "policy",
                "route_tables": "route_table_ids",
                "subnets": "subnet_ids",
                "security_groups": "security_group_ids",
                "interfaces": "network_interface_ids",
                "private_dns": "private_dns_enabled",
                "ip_address_type": said("ip_address_type"),
                "prefix_list": said("prefix_list_id"),
                "requester_managed": "requester_managed",
                "state": "state",
                "tags": "tags",
            },
            ignores=(
                "auto_accept",
                "cidr_blocks",
                "dns_entry",
                "dns_options",
                "resource_configuration_arn",
                "service_network_arn",
                "subnet_configuration",
            ),
        ),
        Spelling("terraform", "aws_vpc_endpoint_policy", {"endpoint_policy": "policy"}, part_of="vpc_endpoint_id"),
        Spelling(
            "terraform",
            "aws_vpc_endpoint_route_table_association",
            {"route_tables": element("route_table_id")},
            part_of="vpc_endpoint_id",
        ),
        Spelling(
            "terraform",
            "aws_vpc_endpoint_subnet_association",
            {"subnets": element("subnet_id")},
            part_of="vpc_endpoint_id",
        ),
        Spelling(
            "terraform",
            "aws_vpc_endpoint_security_group_association",
            {"security_groups": element("security_group_id")},
            part_of="vpc_endpoint_id",
            ignores=("replace_default_association",),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPCEndpoint",
            {
                "vpc": "VpcId",
                "service": "ServiceName",
                "service_region": "ServiceRegion",
                "type": "VpcEndpointType",
                "endpoint_policy": "PolicyDocument",
                "route_tables": "RouteTableIds",
                "subnets": "SubnetIds",
                "security_groups": "SecurityGroupIds",
                "private_dns": "PrivateDnsEnabled",
                "ip_address_type": "IpAddressType",
                "tags": tags("Tags"),
            },
            computed={"Id": "id"},
            ignores=("DnsOptions", "ResourceConfigurationArn", "ServiceNetworkArn"),
        ),
        Spelling(
            "api",
            "ec2:DescribeVpcEndpoints",
            {
                "id": "VpcEndpointId",
                "vpc": "VpcId",
                "service": "ServiceName",
                "service_region": "ServiceRegion",
                "type": "VpcEndpointType",
                "endpoint_policy": "PolicyDocument",
                "route_tables": "RouteTableIds",
                "subnets": "SubnetIds",
                "security_groups": _groups,
                "interfaces": "NetworkInterfaceIds",
                "private_dns": "PrivateDnsEnabled",
                "ip_address_type": "IpAddressType",
                "requester_managed": "RequesterManaged",
                "state": "State",
                "tags": tags("Tags"),
            },
            items="VpcEndpoints.*",
            key="VpcEndpointId",
            ignores=(
                "CreationTimestamp",
                "DnsEntries",
                "DnsOptions",
                "FailureReason",
                "Ipv4Prefixes",
                "Ipv6Prefixes",
                "LastError",
                "PayerResponsibilities",
                "ResourceConfigurationArn",
                "ServiceNetworkArn",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",),
)
