"""S3 access point: a door of its own to one bucket, with its own policy, network and public access block.

A new access point blocks all public access, and its block cannot be changed later.
"""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Otherwise,
    Spelling,
    flag,
    group,
    mapping,
    policy,
    reference,
    text,
)
from nephograph.catalog.readers import says, tags
from nephograph.model.resource import Class

_FLAGS = {
    "block_public_acls": "BlockPublicAcls",
    "ignore_public_acls": "IgnorePublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "restrict_public_buckets": "RestrictPublicBuckets",
}
_BLOCK = "PublicAccessBlockConfiguration"


def _origin(document: Cursor) -> Tree:
    """Where it can be reached from: with a VPC, only from inside of it."""
    written = document.at("network_origin")
    vpc = document.first("vpc_configuration.vpc_id", "VpcConfiguration.VpcId")
    return written if says(written) or vpc.unknown or not says(vpc) else vpc.be("VPC")


_LISTED: Fields = {
    "name": "Name",
    "bucket": "Bucket",
    "bucket_account": "BucketAccountId",
    "network_origin": "NetworkOrigin",
    "vpc": "VpcConfiguration.VpcId",
    "alias": "Alias",
}

KIND = Kind(
    native="AWS::S3::AccessPoint",
    service="s3",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:s3:{region}:{account}:accesspoint/{name}",
    id="{account}:{name}",
    label="name",
    fields={
        "name": text(),
        "bucket": reference("aws_s3_bucket"),
        "bucket_account": text(),
        "network_origin": text(default="Internet"),
        "vpc": reference("aws_vpc"),
        "alias": text(),
        "public_access_block": group(**{name: flag(default=True) for name in _FLAGS}),
        "policy": policy(),
        "tags": mapping(),
    },
    links=(Link("access_point_of", "bucket"), Link("in_network", "vpc")),
    spellings=(
        Spelling(
            "terraform",
            "aws_s3_access_point",
            {
                "name": "name",
                "bucket": "bucket",
                "bucket_account": "bucket_account_id",
                "network_origin": _origin,
                "vpc": "vpc_configuration.vpc_id",
                "alias": "alias",
                **{f"public_access_block.{name}": f"public_access_block_configuration.{name}" for name in _FLAGS},
                "policy": "policy",
                "tags": "tags",
            },
            computed={"name": "{name}", "alias": "{alias}"},
            ignores=("account_id", "domain_name", "endpoints", "has_public_access_policy"),
        ),
        Spelling(
            "terraform",
            "aws_s3control_access_point_policy",
            {"policy": "policy"},
            part_of="access_point_arn",
            ignores=("has_public_access_policy",),
        ),
        Spelling(
            "cloudformation",
            "AWS::S3::AccessPoint",
            {
                "name": "Name",
                "bucket": "Bucket",
                "bucket_account": "BucketAccountId",
                "network_origin": _origin,
                "vpc": "VpcConfiguration.VpcId",
                **{
                    f"public_access_block.{name}": Otherwise(f"{_BLOCK}.{said}", False, when=(_BLOCK,))
                    for name, said in _FLAGS.items()
                },
                "policy": "Policy",
                "tags": tags("Tags"),
            },
            computed={"Alias": "{alias}", "Name": "{name}", "Ref": "{name}"},
        ),
        Spelling(
            "api",
            "s3control:ListAccessPoints",
            _LISTED,
            items="AccessPointList.*",
            key="AccessPointArn",
            asks=("AccountId",),
            ignores=("DataSourceId", "DataSourceType", "NextToken"),
        ),
        Spelling(
            "api",
            "s3control:GetAccessPoint",
            {**_LISTED, **{f"public_access_block.{name}": f"{_BLOCK}.{said}" for name, said in _FLAGS.items()}},
            key="AccessPointArn",
            asks=("AccountId", "Name"),
            ignores=("CreationDate", "DataSourceId", "DataSourceType", "Endpoints"),
        ),
        Spelling(
            "api",
            "s3control:GetAccessPointPolicy",
            {"policy": "Policy"},
            part_of="Name",
            asks=("AccountId", "Name"),
        ),
        # Said of the policy and the block as S3 sees them; the engines find it out themselves.
        Spelling(
            "api",
            "s3control:GetAccessPointPolicyStatus",
            {},
            part_of="Name",
            asks=("AccountId", "Name"),
            ignores=("PolicyStatus",),
        ),
        Spelling(
            "api",
            "s3control:ListTagsForResource",
            {"tags": tags("Tags")},
            part_of="ResourceArn",
            asks=("AccountId", "ResourceArn"),
        ),
    ),
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html",),
)
