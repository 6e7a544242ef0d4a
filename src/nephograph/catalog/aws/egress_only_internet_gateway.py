"""Egress-only internet gateway: IPv6 out, nothing in."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::EgressOnlyInternetGateway",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:egress-only-internet-gateway/{id}",
    id="{id}",
    fields={"id": text(), "vpc": reference("aws_vpc"), "tags": mapping()},
    links=(Link("attached_to", "vpc"),),
    spellings=(
        Spelling("terraform", "aws_egress_only_internet_gateway", {"id": "id", "vpc": "vpc_id", "tags": "tags"}),
        Spelling(
            "cloudformation",
            "AWS::EC2::EgressOnlyInternetGateway",
            {"vpc": "VpcId", "tags": tags("Tags")},
            computed={"Id": "id"},
        ),
        Spelling(
            "api",
            "ec2:DescribeEgressOnlyInternetGateways",
            {"id": "EgressOnlyInternetGatewayId", "vpc": "Attachments.VpcId", "tags": tags("Tags")},
            items="EgressOnlyInternetGateways.*",
            key="EgressOnlyInternetGatewayId",
        ),
    ),
)
