"""A VPC or subnet that VPC Block Public Access spares, wholly or for what leaves."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, mapping, reference, text
from nephograph.catalog.readers import first_of, tags
from nephograph.model.resource import Class


def _named(type_: str) -> Reader:
    """The id of a VPC or subnet in the ARN of what is spared."""

    def read(document: Cursor) -> Tree:
        arn = document.at("ResourceArn")
        if not isinstance(arn.value, str) or f":{type_}/" not in arn.value:
            return arn if arn.unknown else None
        return arn.be(arn.value.rpartition("/")[2])

    return read


KIND = Kind(
    native="AWS::EC2::VPCBlockPublicAccessExclusion",
    service="ec2",
    cls=Class.GENERIC,
    identity=("id",),
    id="{id}",
    fields={
        "id": text(),
        "vpc": reference("aws_vpc"),
        "subnet": reference("aws_subnet"),
        # allow-bidirectional or allow-egress.
        "mode": text(),
        "state": text(),
        "tags": mapping(),
    },
    links=(Link("spares", "vpc"), Link("spares", "subnet")),
    spellings=(
        Spelling(
            "terraform",
            "aws_vpc_block_public_access_exclusion",
            {
                "id": "id",
                "vpc": lambda document: first_of(document, "vpc_id"),
                "subnet": lambda document: first_of(document, "subnet_id"),
                "mode": "internet_gateway_exclusion_mode",
                "tags": "tags",
            },
            ignores=("resource_arn",),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::VPCBlockPublicAccessExclusion",
            {
                "vpc": "VpcId",
                "subnet": "SubnetId",
                "mode": "InternetGatewayExclusionMode",
                "tags": tags("Tags"),
            },
            computed={"ExclusionId": "id"},
        ),
        Spelling(
            "api",
            "ec2:DescribeVpcBlockPublicAccessExclusions",
            {
                "id": "ExclusionId",
                "vpc": _named("vpc"),
                "subnet": _named("subnet"),
                "mode": "InternetGatewayExclusionMode",
                "state": "State",
                "tags": tags("Tags"),
            },
            items="VpcBlockPublicAccessExclusions.*",
            key="ExclusionId",
            ignores=("CreationTimestamp", "DeletionTimestamp", "LastUpdateTimestamp", "Reason"),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html",),
)
