"""Attachment to a transit gateway of any type, as the list of attachments tells it: VPN, Direct Connect, peering …

A VPC attachment stands in that list too; all of it is said by `aws_ec2_transit_gateway_vpc_attachment`.
"""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import always, tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::TransitGatewayPeeringAttachment",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:transit-gateway-attachment/{id}",
    id="{id}",
    fields={
        "id": text(),
        "transit_gateway": reference("aws_ec2_transit_gateway"),
        # vpc, vpn, direct-connect-gateway, connect, peering, network-function …
        "type": text(),
        # What is attached: for a peering the other transit gateway.
        "resource": reference("aws_vpc", "aws_vpn_connection", "aws_ec2_transit_gateway"),
        "resource_account": text(),
        "resource_region": text(),
        "route_table": reference("aws_ec2_transit_gateway_route_table"),
        "state": text(),
        "tags": mapping(),
    },
    links=(
        Link("attached_to", "transit_gateway"),
        Link("attaches", "resource"),
        Link("routes_for", "route_table", inverse=True),
    ),
    spellings=(
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
            "ec2:DescribeTransitGatewayPeeringAttachments",
            {
                "id": "TransitGatewayAttachmentId",
                "transit_gateway": "RequesterTgwInfo.TransitGatewayId",
                "type": always("peering"),
                "resource": "AccepterTgwInfo.TransitGatewayId",
                "resource_account": "AccepterTgwInfo.OwnerId",
                "resource_region": "AccepterTgwInfo.Region",
                "state": "State",
                "tags": tags("Tags"),
            },
            items="TransitGatewayPeeringAttachments.*",
            key="TransitGatewayAttachmentId",
            ignores=("AccepterTransitGatewayAttachmentId", "CreationTime", "Options", "Status"),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html",),
)
