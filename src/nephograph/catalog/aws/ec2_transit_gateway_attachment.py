"""Attachment to a transit gateway, of any type: a VPC, a VPN, a Direct Connect gateway, a Connect tunnel, a peering.

The list of attachments tells all of them; what a type has of its own stands in an operation of its own.
"""

from nephograph.catalog.aws._network import enabled
from nephograph.catalog.language import (
    Either,
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    in_code_only,
    mapping,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import always, tags
from nephograph.model.resource import Class

_VPC_IN_TERRAFORM: Fields = {
    "transit_gateway": "transit_gateway_id",
    "type": always("vpc"),
    "resource": "vpc_id",
    "resource_account": "vpc_owner_id",
    "subnets": "subnet_ids",
    "appliance_mode": enabled("appliance_mode_support"),
    "dns_support": enabled("dns_support"),
    "ipv6_support": enabled("ipv6_support"),
    "security_group_referencing": enabled("security_group_referencing_support"),
    "default_association": "transit_gateway_default_route_table_association",
    "default_propagation": "transit_gateway_default_route_table_propagation",
    "tags": "tags",
}
_VPC: Fields = {
    "transit_gateway": "TransitGatewayId",
    "type": always("vpc"),
    "resource": "VpcId",
    "subnets": "SubnetIds",
    "appliance_mode": enabled("Options.ApplianceModeSupport"),
    "dns_support": enabled("Options.DnsSupport"),
    "ipv6_support": enabled("Options.Ipv6Support"),
    "security_group_referencing": enabled("Options.SecurityGroupReferencingSupport"),
    "tags": tags("Tags"),
}

KIND = Kind(
    native="AWS::EC2::TransitGatewayAttachment",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    known_by=("type",),
    arn="arn:{partition}:ec2:{region}:{account}:transit-gateway-attachment/{id}",
    id="{id}",
    fields={
        "id": text(),
        "transit_gateway": reference("aws_ec2_transit_gateway"),
        # vpc, vpn, direct-connect-gateway, connect, peering, network-function …
        "type": text(),
        # What is attached: the VPC, the VPN connection, the Direct Connect gateway, the firewall; the attachment that
        # carries a Connect tunnel; for a peering the other transit gateway (either end may be told as the first).
        "resource": reference(
            "aws_vpc",
            "aws_vpn_connection",
            "aws_dx_gateway",
            "aws_ec2_transit_gateway",
            "aws_ec2_transit_gateway_attachment",
            "aws_networkfirewall_firewall",
        ),
        "resource_account": text(),
        # Told of peerings alone; everything else is attached in the gateway's own region.
        "resource_region": text(),
        # One subnet an availability zone: only zones that have one are reached.
        "subnets": references("aws_subnet"),
        "appliance_mode": flag(default=False),
        "dns_support": flag(default=True),
        "ipv6_support": flag(default=False),
        # Holds only where the transit gateway has it enabled, too.
        "security_group_referencing": flag(default=True, since="the feature, September 2024"),
        # Whether Terraform joins it to the gateway's default tables, where the gateway has them.
        "default_association": in_code_only(),
        "default_propagation": in_code_only(),
        # The table that routes what comes from here, as the list of attachments tells it; tables tell it, too.
        "route_table": reference("aws_ec2_transit_gateway_route_table"),
        # pendingAcceptance, available, rejected, deleted …; traffic flows only while it is available.
        "state": text(),
        "tags": mapping(),
    },
    links=(
        Link("attached_to", "transit_gateway"),
        Link("attaches", "resource"),
        Link("in_subnet", "subnets"),
        Link("routes_for", "route_table", inverse=True),
    ),
    spellings=(
        Spelling("terraform", "aws_ec2_transit_gateway_vpc_attachment", {"id": "id", **_VPC_IN_TERRAFORM}),
        # In the account of the gateway the accepter is all that speaks of an attachment of another account.
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_vpc_attachment_accepter",
            {**_VPC_IN_TERRAFORM, "id": "transit_gateway_attachment_id"},
        ),
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_peering_attachment",
            {
                "id": "id",
                "transit_gateway": "transit_gateway_id",
                "type": always("peering"),
                "resource": "peer_transit_gateway_id",
                "resource_account": "peer_account_id",
                "resource_region": "peer_region",
                "state": "state",
                "tags": "tags",
            },
            ignores=("options",),
        ),
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_peering_attachment_accepter",
            {
                "id": "transit_gateway_attachment_id",
                "transit_gateway": "transit_gateway_id",
                "type": always("peering"),
                "resource": "peer_transit_gateway_id",
                "resource_account": "peer_account_id",
                "tags": "tags",
            },
        ),
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_connect",
            {
                "id": "id",
                "transit_gateway": "transit_gateway_id",
                "type": always("connect"),
                "resource": "transport_attachment_id",
                "default_association": "transit_gateway_default_route_table_association",
                "default_propagation": "transit_gateway_default_route_table_propagation",
                "tags": "tags",
            },
            ignores=("protocol",),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::TransitGatewayVpcAttachment",
            _VPC,
            computed={"Id": "id"},
            ignores=("AddSubnetIds", "RemoveSubnetIds"),
        ),
        Spelling("cloudformation", "AWS::EC2::TransitGatewayAttachment", _VPC, computed={"Id": "id"}),
        Spelling(
            "cloudformation",
            "AWS::EC2::TransitGatewayPeeringAttachment",
            {
                "transit_gateway": "TransitGatewayId",
                "type": always("peering"),
                "resource": "PeerTransitGatewayId",
                "resource_account": "PeerAccountId",
                "resource_region": "PeerRegion",
                "tags": tags("Tags"),
            },
            computed={"TransitGatewayAttachmentId": "id"},
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::TransitGatewayConnect",
            {
                "type": always("connect"),
                "resource": "TransportTransitGatewayAttachmentId",
                "tags": tags("Tags"),
            },
            computed={"TransitGatewayAttachmentId": "id"},
            ignores=("Options",),
        ),
        Spelling(
            "api",
            "ec2:DescribeTransitGatewayAttachments",
            {
                "id": "TransitGatewayAttachmentId",
                "transit_gateway": "TransitGatewayId",
                "type": "ResourceType",
                "resource": "ResourceId",
                "resource_account": "ResourceOwnerId",
                "route_table": "Association.TransitGatewayRouteTableId",
                "state": "State",
                "tags": tags("Tags"),
            },
            items="TransitGatewayAttachments.*",
            key="TransitGatewayAttachmentId",
            ignores=("CreationTime", "NatGatewaySupport", "TransitGatewayOwnerId"),
        ),
        Spelling(
            "api",
            "ec2:DescribeTransitGatewayVpcAttachments",
            {**_VPC, "id": "TransitGatewayAttachmentId", "resource_account": "VpcOwnerId", "state": "State"},
            items="TransitGatewayVpcAttachments.*",
            key="TransitGatewayAttachmentId",
            ignores=("CreationTime",),
        ),
        Spelling(
            "api",
            "ec2:DescribeTransitGatewayPeeringAttachments",
            {
                "id": "TransitGatewayAttachmentId",
                "transit_gateway": "RequesterTgwInfo.TransitGatewayId",
                "type": always("peering"),
                "resource": Either(("AccepterTgwInfo.TransitGatewayId", "AccepterTgwInfo.CoreNetworkId")),
                "resource_account": "AccepterTgwInfo.OwnerId",
                "resource_region": "AccepterTgwInfo.Region",
                "state": "State",
                "tags": tags("Tags"),
            },
            items="TransitGatewayPeeringAttachments.*",
            key="TransitGatewayAttachmentId",
            ignores=("AccepterTransitGatewayAttachmentId", "CreationTime", "Options", "Status"),
        ),
        Spelling(
            "api",
            "ec2:DescribeTransitGatewayConnects",
            {
                "id": "TransitGatewayAttachmentId",
                "transit_gateway": "TransitGatewayId",
                "type": always("connect"),
                "resource": "TransportTransitGatewayAttachmentId",
                "state": "State",
                "tags": tags("Tags"),
            },
            items="TransitGatewayConnects.*",
            key="TransitGatewayAttachmentId",
            ignores=("CreationTime", "Options"),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html",
        "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
    ),
)
