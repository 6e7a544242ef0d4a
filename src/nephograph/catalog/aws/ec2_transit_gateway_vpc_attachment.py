"""Attachment of a VPC to a transit gateway."""

from nephograph.catalog.aws._network import enabled
from nephograph.catalog.language import Fields, Kind, Link, Spelling, flag, mapping, reference, references, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

_TERRAFORM: Fields = {
    "transit_gateway": "transit_gateway_id",
    "vpc": "vpc_id",
    "vpc_account": "vpc_owner_id",
    "subnets": "subnet_ids",
    "appliance_mode": enabled("appliance_mode_support"),
    "dns_support": enabled("dns_support"),
    "ipv6_support": enabled("ipv6_support"),
    "security_group_referencing": enabled("security_group_referencing_support"),
    "default_association": "transit_gateway_default_route_table_association",
    "default_propagation": "transit_gateway_default_route_table_propagation",
    "tags": "tags",
}
_TEMPLATE: Fields = {
    "transit_gateway": "TransitGatewayId",
    "vpc": "VpcId",
    "subnets": "SubnetIds",
    "appliance_mode": enabled("Options.ApplianceModeSupport"),
    "dns_support": enabled("Options.DnsSupport"),
    "ipv6_support": enabled("Options.Ipv6Support"),
    "security_group_referencing": enabled("Options.SecurityGroupReferencingSupport"),
    "tags": tags("Tags"),
}

KIND = Kind(
    native="AWS::EC2::TransitGatewayVpcAttachment",
    service="ec2",
    cls=Class.GATEWAY,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:transit-gateway-attachment/{id}",
    id="{id}",
    fields={
        "id": text(),
        "transit_gateway": reference("aws_ec2_transit_gateway"),
        "vpc": reference("aws_vpc"),
        "vpc_account": text(),
        # One subnet an availability zone: only zones that have one are reached.
        "subnets": references("aws_subnet"),
        "appliance_mode": flag(default=False),
        "dns_support": flag(default=True),
        "ipv6_support": flag(default=False),
        "security_group_referencing": flag(),
        # Whether Terraform joins it to the gateway's default tables, where the gateway has them.
        "default_association": flag(),
        "default_propagation": flag(),
        # What only the API tells: pendingAcceptance, available, rejected, deleted …
        "state": text(),
        "tags": mapping(),
    },
    links=(
        Link("attached_to", "transit_gateway"),
        Link("attaches", "vpc"),
        Link("in_subnet", "subnets"),
    ),
    spellings=(
        Spelling("terraform", "aws_ec2_transit_gateway_vpc_attachment", {"id": "id", **_TERRAFORM}),
        # In the account of the gateway the accepter is all that speaks of an attachment of another account.
        Spelling(
            "terraform",
            "aws_ec2_transit_gateway_vpc_attachment_accepter",
            {**_TERRAFORM, "id": "transit_gateway_attachment_id"},
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::TransitGatewayVpcAttachment",
            _TEMPLATE,
            computed={"Id": "id"},
            ignores=("AddSubnetIds", "RemoveSubnetIds"),
        ),
        Spelling("cloudformation", "AWS::EC2::TransitGatewayAttachment", _TEMPLATE, computed={"Id": "id"}),
        Spelling(
            "api",
            "ec2:DescribeTransitGatewayVpcAttachments",
            {**_TEMPLATE, "id": "TransitGatewayAttachmentId", "vpc_account": "VpcOwnerId", "state": "State"},
            items="TransitGatewayVpcAttachments.*",
            key="TransitGatewayAttachmentId",
            ignores=("CreationTime",),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",),
)
