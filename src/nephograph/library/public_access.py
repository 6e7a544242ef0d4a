"""What the account's Block Public Access does for a bucket.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from __future__ import annotations

from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol
from nephograph.model.verdict import Evidence, Verdict, decided, depends, no


def account_has(bucket: Resource, setting: str, facts: Facts) -> Verdict:
    """Is the setting on for every bucket of the bucket's account, as far as it is seen?"""
    for block in facts.resources("aws_s3_account_public_access_block"):
        if block.scope.account != bucket.scope.account or block.get(setting) is False:
            continue
        if has_symbol(bucket.scope.account) and bucket.said != "code":
            # A state does not say by which provider a resource was made: two unknown accounts may be two.
            return depends(f"whether {block.address} is of the account of {bucket.address}")
        value = block.get(setting)
        if value is not True:
            return depends(str(value))
        return decided(True, Evidence.at(f"{setting} of the account is on", block, (setting,)))
    return no()
