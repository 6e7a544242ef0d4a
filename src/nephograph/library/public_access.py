"""What anybody may do with a bucket, and what Block Public Access, its own and the account's, does about it.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from __future__ import annotations

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, set_field, test
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import has_symbol
from nephograph.model.verdict import Evidence, Verdict, all_of, decided, depends, negate, no

READ = "s3:GetObject"


def anyone_can(bucket: Resource, action: str, facts: Facts, message: str) -> Iterator[Bad]:
    """A finding where an anonymous request may do the action, by the engine; its fix lets the block restrict it."""
    if bucket.get("policy") is None and bucket.get("acl") in (None, "private") and not bucket.get("grants"):
        return  # nobody is let in: the engine need not be asked
    decision = facts.can("anonymous", action, bucket)
    if action != READ and decision.verdict.is_mere_doubt:
        read = facts.can("anonymous", READ, bucket).verdict
        if read.is_mere_doubt and read.depends_on == decision.verdict.depends_on:
            return  # of a policy that nobody could read it is asked once, by aws-s3-bucket-public-read
    if decision.verdict.possible:
        yield Bad(
            message=message,
            verdict=decision.verdict,
            path=("policy",) if bucket.get("policy") is not None else ("acl",),
            fix=set_field(
                bucket,
                True,
                "public_access_block",
                "restrict_public_buckets",
                title="let Block Public Access restrict the bucket (it ends every public access)",
                safe=False,
            ),
        )


def block_is_off(bucket: Resource, setting: str, facts: Facts, message: str) -> Iterator[Bad]:
    """A finding where a setting of the bucket's block is off, and the account's does not make up for it."""
    path = ("public_access_block", setting)
    off = test(bucket, *path, when=lambda on: on is False, says=f"{setting} is {{value}}")
    if off.possible:
        made_up = account_has(bucket, setting, facts)
        fix = set_field(bucket, True, *path, title=f"turn {setting} on", safe=False)
        yield from bad_if(all_of((off, negate(made_up))), *path, message=message, fix=fix)


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
