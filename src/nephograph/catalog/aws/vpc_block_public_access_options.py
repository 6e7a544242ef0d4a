"""VPC Block Public Access of an account in a region: it stops what internet gateways would let through."""

from nephograph.catalog.language import Kind, Spelling, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::VPCBlockPublicAccessOptions",
    service="ec2",
    cls=Class.GENERIC,
    single=True,
    fields={
        # off, block-bidirectional or block-ingress.
        "internet_gateway_block_mode": text(default="off"),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_vpc_block_public_access_options",
            {"internet_gateway_block_mode": "internet_gateway_block_mode"},
            ignores=("aws_account_id", "aws_region"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPCBlockPublicAccessOptions",
            {"internet_gateway_block_mode": "InternetGatewayBlockMode"},
        ),
        Spelling(
            "api",
            "ec2:DescribeVpcBlockPublicAccessOptions",
            {"internet_gateway_block_mode": "InternetGatewayBlockMode"},
            items="VpcBlockPublicAccessOptions",
            key="AwsRegion",
            ignores=(
                "AwsAccountId",
                "ExclusionsAllowed",
                "LastUpdateTimestamp",
                "ManagedBy",
                "Reason",
                "State",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html",),
)
