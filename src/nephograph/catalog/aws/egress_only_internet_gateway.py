"""Egress-only internet gateway: IPv6 out, nothing in."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::EgressOnlyInternetGateway",
    service="ec2",
    cls=Class.GATEWAY,
    arn="arn:{partition}:ec2:{region}:{account}:egress-only-internet-gateway/{id}",
    id="{id}",
    fields={"id": text(), "vpc": reference("aws_vpc"), "tags": mapping()},
    links=(Link("attached_to", "vpc"),),
    spellings=(
        Spelling("terraform", "aws_egress_only_internet_gateway", {"id": "id", "vpc": "vpc_id", "tags": "tags"}),
    ),
)
