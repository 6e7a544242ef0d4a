"""What a resource itself grants: its policy, and whatever else of it works like one, written as statements.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
"""

from __future__ import annotations

from typing import Any

import msgspec

from nephograph.engines.identity.request import account_of, partition_of
from nephograph.engines.identity.statement import Element, Place, Policy, Principals, Statement, Test, read_policy
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown

_NOUNS = {
    "aws_s3_bucket": "bucket policy",
    "aws_kms_key": "key policy",
    "aws_iam_role": "trust policy",
    "aws_secretsmanager_secret": "secret policy",
}


def own_policies(resource: Resource) -> tuple[Policy, ...]:
    """The resource-based policies of a resource, its Lambda permissions and its access control list among them."""
    if resource.kind == "aws_iam_role":
        return (read_policy(resource.get("trust_policy"), _place(resource, "trust_policy"), own=True),)
    if resource.kind == "aws_iam_policy":
        return ()
    policies: list[Policy] = []
    said = resource.get("policy")
    if resource.kind == "aws_kms_key" and said is None:
        policies.append(_default_key_policy(resource))
    elif said is not None:
        policies.append(read_policy(said, _place(resource, "policy"), own=True))
    if resource.kind == "aws_kms_key":
        policies.append(_key_grants(resource))
    if resource.kind == "aws_lambda_function":
        policies.append(_permissions(resource))
    if resource.kind == "aws_s3_bucket":
        policies.append(_access_control_list(resource))
    return tuple(policies)


def _place(resource: Resource, field: str) -> Place:
    noun = _NOUNS.get(resource.kind, "resource policy")
    return Place(f"{noun} of {resource.label or resource.address}", resource, (field,))


def _default_key_policy(resource: Resource) -> Policy:
    """A key made without a policy gives its account full use of it, to be passed on by identity policies.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    account = account_of(resource.arn) or resource.scope.account
    place = Place(f"default key policy of {resource.label or resource.address}", resource)
    whom = Principals((("AWS", f"arn:{partition_of(resource.arn)}:iam::{account}:root"),))
    return Policy(place, (Statement(place, 0, "Allow", actions=Element(("kms:*",)), principals=whom),))


def _key_grants(resource: Resource) -> Policy:
    """Each grant of a key lets one principal use it for some operations, as a statement of the key policy would.

    Code that makes no grant makes none; of an API only the answer to ListGrants tells.
    https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
    """
    place = Place(f"key {resource.label or resource.address}", resource, ("grants",))
    said = resource.get("grants")
    if isinstance(said, Unknown):
        return Policy(place, (_unknown_grant(place, 0, f"grants of {place.words}: {said}", ()),))
    statements: list[Statement] = []
    for index, entry in enumerate(said or ()):
        if isinstance(entry, Unknown):
            statements.append(_unknown_grant(place, index, str(entry), (index,)))
        else:
            statements.append(_key_grant(resource, place, index, entry))
    return Policy(place, tuple(statements))


def _unknown_grant(place: Place, index: int, problem: str, path: tuple[str | int, ...]) -> Statement:
    whom = Principals((("*", "*"),))
    actions = Element(_GRANTED)
    return Statement(place, index, "Allow", "", actions, principals=whom, problem=problem, synthetic="grant", path=path)


_GRANTED = tuple(
    f"kms:{operation}"
    for operation in (
        "CreateGrant",
        "Decrypt",
        "DeriveSharedSecret",
        "DescribeKey",
        "Encrypt",
        "GenerateDataKey",
        "GenerateDataKeyPair",
        "GenerateDataKeyPairWithoutPlaintext",
        "GenerateDataKeyWithoutPlaintext",
        "GenerateMac",
        "GetPublicKey",
        "ReEncryptFrom",
        "ReEncryptTo",
        "RetireGrant",
        "Sign",
        "Verify",
        "VerifyMac",
    )
)
"""What a grant can let somebody do: https://docs.aws.amazon.com/kms/latest/APIReference/API_Grant.html"""


def _key_grant(resource: Resource, place: Place, index: int, entry: dict[str, Any]) -> Statement:
    grantee = _text(entry.get("grantee"))
    operations = entry.get("operations")
    problems = [f"{name} is not known" for name in _CONSTRAINTS if isinstance(entry.get(name), Unknown)]
    if isinstance(operations, Unknown) or any(isinstance(one, Unknown) for one in operations or ()):
        problems.append("operations are not known")
    named = () if isinstance(operations, Unknown) else tuple(f"kms:{_text(one)}" for one in operations or ())
    kind = "Service" if grantee.endswith(".amazonaws.com") else "AWS"
    tests: list[Test] = []
    for name in _CONSTRAINTS:
        wanted = entry.get(name)
        if isinstance(wanted, dict):
            tests += [Test("StringEquals", f"kms:EncryptionContext:{key}", (_text(v),)) for key, v in wanted.items()]
            if name == "context_equals":
                tests.append(Test("ForAllValues:StringEquals", "kms:EncryptionContextKeys", tuple(wanted)))
    source = entry.get("source_arn")
    if source is not None:
        tests.append(Test("ArnLike", "aws:SourceArn", (_text(source),)))
    return Statement(
        place,
        index,
        "Allow",
        actions=Element(_GRANTED if problems and not named else named),
        resources=Element((resource.arn,)),
        principals=Principals(((kind, grantee),)),
        conditions=tuple(tests),
        problem="; ".join(problems),
        synthetic=f'grant "{_text(entry.get("name")) or _text(entry.get("id")) or index + 1}"',
        path=(index,),
    )


_CONSTRAINTS = ("context_equals", "context_subset")


def _permissions(resource: Resource) -> Policy:
    """Each Lambda permission is one statement of the function's policy.

    https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
    """
    place = Place(f"function {resource.label or resource.address}", resource, ("permissions",))
    said = resource.get("permissions")
    if isinstance(said, Unknown):
        whom = Principals((("*", "*"),))
        return Policy(
            place, (Statement(place, 0, "Allow", principals=whom, problem=str(said), synthetic="permissions"),)
        )
    statements: list[Statement] = []
    for index, entry in enumerate(said or ()):
        if isinstance(entry, Unknown):
            whom = Principals((("*", "*"),))
            statements.append(Statement(place, index, "Allow", principals=whom, problem=str(entry), path=(index,)))
            continue
        statements.append(_permission(resource, place, index, entry))
    return Policy(place, tuple(statements))


_TESTS = (
    ("source_arn", "ArnLike", "aws:SourceArn"),
    ("source_account", "StringEquals", "aws:SourceAccount"),
    ("function_url_auth_type", "StringEquals", "lambda:FunctionUrlAuthType"),
    ("organization", "StringEquals", "aws:PrincipalOrgID"),
    ("event_source_token", "StringEquals", "lambda:EventSourceToken"),
    ("through_function_url", "Bool", "lambda:InvokedViaFunctionUrl"),
)


def _permission(resource: Resource, place: Place, index: int, entry: dict[str, Any]) -> Statement:
    tests = [
        Test(operator, key, (_text(entry[field]),)) for field, operator, key in _TESTS if entry.get(field) is not None
    ]
    principal = _text(entry.get("principal"))
    kind = "*" if principal == "*" else "Service" if principal.endswith(".amazonaws.com") else "AWS"
    return Statement(
        place,
        index,
        "Allow",
        actions=Element((_text(entry.get("action")),)),
        resources=Element((resource.arn, f"{resource.arn}:*")),
        principals=Principals(((kind, principal),)),
        conditions=tuple(tests),
        problem="principal is not known" if isinstance(entry.get("principal"), Unknown) else "",
        synthetic=f'permission "{_text(entry.get("statement_id")) or index + 1}"',
        path=(index,),
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.symbol if isinstance(value, Unknown) else "" if value is None else str(value)


_ACL_ACTIONS = {
    "READ": ("s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"),
    "WRITE": ("s3:PutObject",),
    "READ_ACP": ("s3:GetBucketAcl",),
    "WRITE_ACP": ("s3:PutBucketAcl",),
}
_ACL_ACTIONS["FULL_CONTROL"] = tuple(action for actions in _ACL_ACTIONS.values() for action in actions)

_CANNED: dict[str, tuple[tuple[str, str], ...]] = {
    "private": (),
    "public-read": (("AllUsers", "READ"),),
    "public-read-write": (("AllUsers", "READ"), ("AllUsers", "WRITE")),
    "authenticated-read": (("AuthenticatedUsers", "READ"),),
    "aws-exec-read": (),
    "bucket-owner-read": (),
    "bucket-owner-full-control": (),
    "log-delivery-write": (),
}
_GROUP_URI = "/groups/global/"


def _access_control_list(resource: Resource) -> Policy:
    """The bucket's ACL as statements: a READ of the bucket lists it, and reads none of its objects.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
    """
    name = resource.label or resource.address
    place = Place(f"access control list of {name}", resource)
    grants: list[tuple[str, str, tuple[str | int, ...]]] = []
    acl = resource.get("acl")
    if isinstance(acl, Unknown) or (acl is not None and acl not in _CANNED):
        return _unknown_list(resource, place, str(acl))
    grants += [(grantee, permission, ("acl",)) for grantee, permission in _CANNED.get(acl or "private", ())]
    said = resource.get("grants")
    if isinstance(said, Unknown):
        return _unknown_list(resource, place, str(said))
    for position, entry in enumerate(said or ()):
        if isinstance(entry, Unknown) or isinstance(entry.get("permission"), Unknown):
            return _unknown_list(resource, place, "a grant is not known")
        grants.append((_text(entry.get("grantee")), str(entry.get("permission")), ("grants", position)))
    return Policy(place, tuple(_grant(resource, place, i, *grant) for i, grant in enumerate(grants)))


def _grant(
    resource: Resource, place: Place, index: int, grantee: str, permission: str, path: tuple[str | int, ...]
) -> Statement:
    group = grantee.rpartition(_GROUP_URI)[2] if _GROUP_URI in grantee else grantee
    if group in ("AllUsers", "AuthenticatedUsers"):
        whom = ("Group", group)
    elif "/groups/s3/" in grantee:
        whom = ("Service", "logging.s3.amazonaws.com")
    else:
        whom = ("CanonicalUser", grantee)
    actions = _ACL_ACTIONS.get(permission)
    return Statement(
        place,
        index,
        "Allow",
        actions=Element(actions or ("s3:*",)),
        resources=Element((resource.arn, f"{resource.arn}/*")),
        principals=Principals((whom,)),
        problem="" if actions else f"permission {permission} is not one of S3's",
        synthetic=f"({permission} to {group})",
        path=path,
    )


def _unknown_list(resource: Resource, place: Place, why: str) -> Policy:
    """A list that is not known may grant to anybody whatever a list can grant; it denies nothing."""
    grant = _grant(resource, place, 0, "AllUsers", "FULL_CONTROL", ())
    return Policy(place, (msgspec.structs.replace(grant, problem=why, synthetic=""),))


def is_acl(statement: Statement) -> bool:
    """Does the statement stand for a grant of an access control list?"""
    return statement.place.words.startswith("access control list ")
