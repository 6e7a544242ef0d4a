"""S3 block public access and object ownership: when a bucket's own grants take effect.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
"""

from __future__ import annotations

import ipaddress

from nephograph.engines.identity.grants import is_acl
from nephograph.engines.identity.layers import Guard
from nephograph.engines.identity.request import Request, same_account
from nephograph.engines.identity.statement import Policy, Statement, Test
from nephograph.estate.graph import Estate
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, YES, Evidence, Verdict, all_of, any_of, depends, negate

_ASKED = "s3control:GetPublicAccessBlock"


def flag(estate: Estate, bucket: Resource, name: str) -> Verdict:
    """Is one of the four settings on, at the bucket or at its account?"""
    return any_of((_flag(bucket, ("public_access_block", name), YES), _account_flag(estate, bucket, name)))


def _account_flag(estate: Estate, bucket: Resource, name: str) -> Verdict:
    verdicts: list[Verdict] = []
    for block in estate.of_kind("aws_s3_account_public_access_block"):
        same = same_account(block.scope.account, bucket.scope.account)
        verdicts.append(all_of((same, _flag(block, (name,), NO))))
        if same.answer == "yes":
            return verdicts[-1]
    account = bucket.scope.account
    if bucket.said in ("live", "dump") and (_ASKED, account) not in estate.answered:
        # Code and state say nothing of what they do not manage; of an API only an answer tells that there is none.
        verdicts.append(depends(f"{name} of account {account}: {_ASKED} was not asked"))
    return any_of(verdicts)


def _flag(resource: Resource, path: tuple[str, ...], unsaid: Verdict) -> Verdict:
    value = resource.get(*path)
    if value is None:
        return unsaid
    if isinstance(value, Unknown):
        return depends(f"{path[-1]} of {resource.label or resource.address}: {value}")
    text = f"{path[-1]} is {'on' if value else 'off'} for {resource.label or resource.address}"
    return Verdict("yes" if value is True else "no", (Evidence.at(text, resource, path),))


def acls_disabled(bucket: Resource) -> Verdict:
    """Bucket-owner-enforced ownership switches every access control list off."""
    value = bucket.get("ownership")
    if isinstance(value, Unknown):
        return depends(f"object ownership of {bucket.label or bucket.address}: {value}")
    if value in (None, "BucketOwnerEnforced"):
        text = f"object ownership of {bucket.label or bucket.address} switches access control lists off"
        return Verdict("yes", (Evidence.at(text, bucket, ("ownership",)),))
    return NO


def guard_of(estate: Estate, bucket: Resource, policies: tuple[Policy, ...]) -> Guard:
    """Which grants of the bucket take effect for whom."""
    public = any_of(
        is_public(statement)
        for policy in policies
        for statement in policy.statements
        if statement.effect == "Allow" and not is_acl(statement)
    )
    restricted = flag(estate, bucket, "restrict_public_buckets")
    refused = flag(estate, bucket, "block_public_policy")

    def guard(request: Request, statement: Statement) -> Verdict:
        if is_acl(statement):
            return _acl_counts(estate, bucket, statement)
        if request.principal.kind == "service":
            return YES
        outside = negate(same_account(request.principal.account, request.account))
        if not request.principal.signed:
            outside = YES
        cut = all_of((outside, public, restricted))
        if cut.answer == "no":
            # Calls that would put a public policy are refused, but a policy that is there stays in force.
            stays = all_of((outside, public, refused))
            if stays.answer == "no":
                return YES
            name = bucket.label or bucket.address
            return depends(f"whether the public policy of {name} was put before block_public_policy came on")
        blocked = Evidence(
            "block public access cuts public and cross-account access off: restrict_public_buckets is on"
        )
        return negate(Verdict(cut.answer, (blocked, *restricted.because), cut.depends_on))

    return guard


def _acl_counts(estate: Estate, bucket: Resource, statement: Statement) -> Verdict:
    """Do grants of the access control list count? Public ones can be ignored, all can be switched off."""
    off = acls_disabled(bucket)
    if off.answer == "yes":
        return negate(off)
    public = any(kind == "Group" for kind, _ in statement.principals.named) if statement.principals else False
    if not public:
        return negate(off)
    ignored = flag(estate, bucket, "ignore_public_acls")
    refused = flag(estate, bucket, "block_public_acls")
    verdict = all_of((negate(off), negate(ignored)))
    if verdict.answer == "yes" and refused.answer != "no":
        name = bucket.label or bucket.address
        return depends(f"whether the public access control list of {name} was put before block_public_acls came on")
    return verdict


def object_acls_count(estate: Estate, bucket: Resource) -> Verdict:
    """Could an object of the bucket carry a public access control list that takes effect?"""
    verdict = all_of((negate(acls_disabled(bucket)), negate(flag(estate, bucket, "ignore_public_acls"))))
    return verdict if verdict.answer == "no" else depends("access control lists of objects are not in the data")


_FIXING = {
    "aws:principalorgid",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgpaths",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:userid",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
}
_EQUALITIES = {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"}


def is_public(statement: Statement) -> Verdict:
    """Does S3 call a policy with this allowing statement public?

    Not public is what grants to fixed principals only, or under a condition that fixes one of a list of keys.
    """
    if statement.principals is None:
        return NO
    everybody = statement.principals.negated or any(
        value == "*" or kind == "Federated" for kind, value in statement.principals.named
    )
    if not everybody:
        return NO
    return NO if any(_fixes(test) for test in statement.conditions) else YES


def _fixes(test: Test) -> bool:
    """Does a condition bind the grant to fixed values?"""
    operator, key = test.operator.lower(), test.key.lower()
    if operator == "ipaddress" and key == "aws:sourceip":
        return all(map(_narrow, test.values))
    if operator not in _EQUALITIES or key not in _FIXING or not test.values:
        return False
    if key == "s3:dataaccesspointarn":
        return all("*" not in value.rpartition("/")[0] and "${" not in value for value in test.values)
    return not any("*" in value or "?" in value or "${" in value for value in test.values)


def _narrow(text: str) -> bool:
    """At most an IPv4 /8 or an IPv6 /32, or a private range."""
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    if isinstance(network, ipaddress.IPv4Network):
        return network.prefixlen >= 8 or network.is_private
    return network.prefixlen >= 32
