"""VPC endpoint service: a load balancer that others reach by endpoints of their own (AWS PrivateLink)."""

from nephograph.catalog.language import Kind, Link, Spelling, flag, keyed, mapping, reference, references, text, texts
from nephograph.catalog.readers import both, element, first_of, one, pluck, tags
from nephograph.model.resource import Class

_BALANCERS = both("NetworkLoadBalancerArns", "GatewayLoadBalancerArns")

KIND = Kind(
    native="AWS::EC2::VPCEndpointService",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:vpc-endpoint-service/{id}",
    id="{id}",
    aliases=("service",),
    fields={
        "id": text(),
        # The name that endpoints call it by: com.amazonaws.vpce.<region>.<id>.
        "service": text(),
        # Network load balancers, or gateway load balancers: never both.
        "load_balancers": references("aws_lb"),
        # Who may make endpoints: ARNs of accounts, users and roles, or *. The owner's account always may.
        "allowed_principals": texts(),
        # An endpoint carries traffic only when the owner has accepted it.
        "acceptance_required": flag(),
        # The endpoints that asked for it: pendingAcceptance, available, rejected …
        "connections": keyed("endpoint", endpoint=reference("aws_vpc_endpoint"), account=text(), state=text()),
        "availability_zones": texts(),
        "ip_address_types": texts(),
        "supported_regions": texts(),
        "private_dns_name": text(),
        # Pending, Available, Deleting, Deleted, Failed.
        "state": text(),
        "tags": mapping(),
    },
    links=(Link("served_by", "load_balancers"), Link("serves", "connections.*.endpoint")),
    spellings=(
        Spelling(
            "terraform",
            "aws_vpc_endpoint_service",
            {
                "id": "id",
                "service": "service_name",
                "load_balancers": both("network_load_balancer_arns", "gateway_load_balancer_arns"),
                "allowed_principals": "allowed_principals",
                "acceptance_required": "acceptance_required",
                "availability_zones": "availability_zones",
                "ip_address_types": "supported_ip_address_types",
                "supported_regions": "supported_regions",
                "private_dns_name": "private_dns_name",
                "state": "state",
                "tags": "tags",
            },
            computed={"service_name": "{service}"},
            ignores=(
                "base_endpoint_dns_names",
                "manages_vpc_endpoints",
                "private_dns_name_configuration",
                "service_type",
            ),
        ),
        Spelling(
            "terraform",
            "aws_vpc_endpoint_service_allowed_principal",
            {"allowed_principals": element("principal_arn")},
            part_of="vpc_endpoint_service_id",
        ),
        Spelling(
            "terraform",
            "aws_vpc_endpoint_connection_accepter",
            {
                "connections": one(
                    lambda document: {
                        "endpoint": document.at("vpc_endpoint_id"),
                        "state": first_of(document, "vpc_endpoint_state"),
                    }
                )
            },
            part_of="vpc_endpoint_service_id",
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPCEndpointService",
            {
                "load_balancers": _BALANCERS,
                "acceptance_required": "AcceptanceRequired",
                "ip_address_types": "SupportedIpAddressTypes",
                "supported_regions": "SupportedRegions",
                "private_dns_name": "PrivateDnsName",
                "tags": tags("Tags"),
            },
            computed={"ServiceId": "id"},
            ignores=("ContributorInsightsEnabled", "PayerResponsibility", "PrivateDnsNameConfiguration"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPCEndpointServicePermissions",
            {"allowed_principals": "AllowedPrincipals"},
            part_of="ServiceId",
        ),
        Spelling(
            "api",
            "ec2:DescribeVpcEndpointServiceConfigurations",
            {
                "id": "ServiceId",
                "service": "ServiceName",
                "load_balancers": _BALANCERS,
                "acceptance_required": "AcceptanceRequired",
                "availability_zones": "AvailabilityZones",
                "ip_address_types": "SupportedIpAddressTypes",
                "supported_regions": pluck("SupportedRegions", "Region"),
                "private_dns_name": "PrivateDnsName",
                "state": "ServiceState",
                "tags": tags("Tags"),
            },
            items="ServiceConfigurations.*",
            key="ServiceId",
            ignores=(
                "AvailabilityZoneIds",
                "BaseEndpointDnsNames",
                "ManagesVpcEndpoints",
                "PayerResponsibility",
                "PrivateDnsNameConfiguration",
                "RemoteAccessEnabled",
                "ServiceType",
            ),
        ),
        Spelling(
            "api",
            "ec2:DescribeVpcEndpointServicePermissions",
            {"allowed_principals": pluck("AllowedPrincipals", "Principal")},
            part_of="ServiceId",
            asks=("ServiceId",),
        ),
        Spelling(
            "api",
            "ec2:DescribeVpcEndpointConnections",
            {
                "connections": one(
                    lambda document: {
                        "endpoint": document.at("VpcEndpointId"),
                        "account": document.at("VpcEndpointOwner"),
                        "state": document.at("VpcEndpointState"),
                    }
                )
            },
            items="VpcEndpointConnections.*",
            part_of="ServiceId",
            key="VpcEndpointConnectionId",
            ignores=(
                "CreationTimestamp",
                "DnsEntries",
                "GatewayLoadBalancerArns",
                "IpAddressType",
                "NetworkLoadBalancerArns",
                "PayerResponsibilities",
                "Tags",
                "TransitGatewayAttachmentId",
                "TransitGatewayAttachmentOwner",
                "VpcEndpointRegion",
            ),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html",
        "https://docs.aws.amazon.com/vpc/latest/privatelink/create-gateway-load-balancer-endpoint-service.html",
    ),
)
