"""Virtual private gateway: the VPC's end of a VPN or of Direct Connect."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, mapping, number, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class


def _attached(document: Cursor) -> Tree:
    """The VPC it is attached to; what was detached stays listed for a while."""
    attachments = document.at("VpcAttachments").each()
    return next((one.at("VpcId") for one in attachments if one.at("State").value in (None, "attached")), None)


KIND = Kind(
    native="AWS::EC2::VPNGateway",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:vpn-gateway/{id}",
    id="{id}",
    fields={
        "id": text(),
        "vpc": reference("aws_vpc"),
        "asn": number(),
        "state": text(),
        "tags": mapping(),
    },
    links=(Link("attached_to", "vpc"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_vpn_gateway",
            {"id": "id", "vpc": "vpc_id", "asn": "amazon_side_asn", "tags": "tags"},
            ignores=("availability_zone",),
        ),
        Spelling("terraform", "aws_vpn_gateway_attachment", {"vpc": "vpc_id"}, part_of="vpn_gateway_id"),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPNGateway",
            {"asn": "AmazonSideAsn", "tags": tags("Tags")},
            computed={"VPNGatewayId": "id"},
            ignores=("Type",),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPCGatewayAttachment",
            {"vpc": "VpcId"},
            part_of="VpnGatewayId",
            ignores=("InternetGatewayId",),
        ),
        Spelling(
            "api",
            "ec2:DescribeVpnGateways",
            {
                "id": "VpnGatewayId",
                "vpc": _attached,
                "asn": "AmazonSideAsn",
                "state": "State",
                "tags": tags("Tags"),
            },
            items="VpnGateways.*",
            key="VpnGatewayId",
            ignores=("AvailabilityZone", "Type"),
        ),
    ),
)
