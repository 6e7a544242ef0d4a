"""Internet gateway of a VPC."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::InternetGateway",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:internet-gateway/{id}",
    id="{id}",
    fields={"id": text(), "vpc": reference("aws_vpc"), "tags": mapping()},
    links=(Link("attached_to", "vpc"),),
    spellings=(
        Spelling("terraform", "aws_internet_gateway", {"id": "id", "vpc": "vpc_id", "tags": "tags"}),
        Spelling("terraform", "aws_internet_gateway_attachment", {"vpc": "vpc_id"}, part_of="internet_gateway_id"),
        Spelling(
            "cloudformation",
            "AWS::EC2::InternetGateway",
            {"tags": tags("Tags")},
            computed={"InternetGatewayId": "id"},
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPCGatewayAttachment",
            {"vpc": "VpcId"},
            part_of="InternetGatewayId",
            ignores=("VpnGatewayId",),
        ),
        Spelling(
            "api",
            "ec2:DescribeInternetGateways",
            {"id": "InternetGatewayId", "vpc": "Attachments.VpcId", "tags": tags("Tags")},
            items="InternetGateways.*",
            key="InternetGatewayId",
        ),
    ),
)
