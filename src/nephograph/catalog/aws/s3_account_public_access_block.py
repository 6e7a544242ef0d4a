"""Block Public Access of a whole account: it holds for every bucket, whatever the bucket says."""

from nephograph.catalog.language import Kind, Spelling, flag, text
from nephograph.model.resource import Class

_FLAGS = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")

KIND = Kind(
    native="AWS::S3::AccountPublicAccessBlock",
    service="s3",
    cls=Class.GENERIC,
    global_=True,
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
    ),
    references=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html",),
)
