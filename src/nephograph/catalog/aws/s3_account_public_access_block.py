"""Block Public Access of a whole account: it holds for every bucket, whatever the bucket says."""

from nephograph.catalog.language import Kind, Otherwise, Spelling, flag, text
from nephograph.model.resource import Class

_FLAGS = {
    "block_public_acls": "BlockPublicAcls",
    "ignore_public_acls": "IgnorePublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "restrict_public_buckets": "RestrictPublicBuckets",
}

KIND = Kind(
    native="AWS::S3::AccountPublicAccessBlock",
    service="s3",
    cls=Class.GENERIC,
    global_=True,
    single=True,
    fields={
        # Empty: the account of the provider.
        "account": text(),
        **{name: flag(default=False) for name in _FLAGS},
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_s3_account_public_access_block",
            {"account": "account_id", **{name: name for name in _FLAGS}},
        ),
        Spelling(
            "api",
            "s3control:GetPublicAccessBlock",
            {
                "account": "AccountId",
                **{name: Otherwise(f"PublicAccessBlockConfiguration.{said}", False) for name, said in _FLAGS.items()},
            },
            key="AccountId",
            asks=("AccountId",),
        ),
    ),
    unspelled={"cloudformation": "has no such type"},
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html",),
)
