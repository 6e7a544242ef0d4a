"""Access control lists of S3 buckets in the words of each dialect.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
"""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.readers import says

_GROUPS = "http://acs.amazonaws.com/groups/"
_ALL, _SIGNED, _LOGS = (_GROUPS + name for name in ("global/AllUsers", "global/AuthenticatedUsers", "s3/LogDelivery"))

_CANNED = {
    "private": (),
    "public-read": ((_ALL, "READ"),),
    "public-read-write": ((_ALL, "READ"), (_ALL, "WRITE")),
    "authenticated-read": ((_SIGNED, "READ"),),
    "log-delivery-write": ((_LOGS, "READ_ACP"), (_LOGS, "WRITE")),
}
"""What the ready-made lists of a bucket grant besides the owner's full control."""

_TEMPLATE_NAMES = {
    "AuthenticatedRead": "authenticated-read",
    "AwsExecRead": "aws-exec-read",
    "BucketOwnerFullControl": "bucket-owner-full-control",
    "BucketOwnerRead": "bucket-owner-read",
    "LogDeliveryWrite": "log-delivery-write",
    "Private": "private",
    "PublicRead": "public-read",
    "PublicReadWrite": "public-read-write",
}


def grant_blocks(document: Cursor) -> Tree:
    """`grant` blocks of the bucket (one grantee, many permissions) as one grant a permission."""
    blocks = list(document.at("grant").each())
    if says(document.at("id")) and len(blocks) == 1 and _is_owner_s(blocks[0]):
        return None  # a state holds the owner's own grant, which nobody wrote
    grants: list[Tree] = [
        {"grantee": _said(grant, "uri", "id"), "permission": permission}
        for grant in blocks
        for permission in grant.at("permissions").each()
    ]
    return grants or None


def _is_owner_s(grant: Cursor) -> bool:
    """The grant every bucket is made with: full control for one user, and where it is the only one, its owner."""
    permissions = [permission.value for permission in grant.at("permissions").each()]
    return grant.at("type").value == "CanonicalUser" and permissions == ["FULL_CONTROL"]


def policy_grants(document: Cursor) -> Tree:
    """The grants of `access_control_policy`; beside a ready-made list a state holds what that list grants."""
    if says(document.at("acl")):
        return None
    grants: list[Tree] = [
        {"grantee": _said(grant.at("grantee"), "uri", "id", "email_address"), "permission": grant.at("permission")}
        for grant in document.at("access_control_policy", "grant").each()
    ]
    return grants or None


def template_acl(document: Cursor) -> Tree:
    """`AccessControl` in the words of the API."""
    acl = document.at("AccessControl")
    return acl.be(_TEMPLATE_NAMES.get(acl.value, acl.value)) if isinstance(acl.value, str) else acl


def answered_acl(document: Cursor) -> Tree:
    """The name of the ready-made list, where the grants are just those of one."""
    canned = _canned(document)
    return document.at("Grants").be(canned) if canned else None


def answered_grants(document: Cursor) -> Tree:
    """The grants, where they are not those of a ready-made list."""
    if _canned(document):
        return None
    grants: list[Tree] = [
        {"grantee": _said(grant.at("Grantee"), "URI", "ID", "EmailAddress"), "permission": grant.at("Permission")}
        for grant in document.at("Grants").each()
    ]
    return grants


def _canned(document: Cursor) -> str:
    owner = document.at("Owner", "ID").value
    found = {
        (_said(grant.at("Grantee"), "URI", "ID").value, grant.at("Permission").value)
        for grant in document.at("Grants").each()
    }
    if owner is None or (owner, "FULL_CONTROL") not in found:
        return ""
    others = found - {(owner, "FULL_CONTROL")}
    return next((name for name, grants in _CANNED.items() if others == set(grants)), "")


def _said(grantee: Cursor, *names: str) -> Cursor:
    return next((cursor for name in names if says(cursor := grantee.at(name))), grantee.at(names[0]))
