"""IAM role: who may assume it, what it may do, and the boundary around it."""

from nephograph.catalog.aws._iam import (
    DETAILS,
    INLINE_POLICIES,
    MANAGED_POLICIES,
    PAGES,
    details,
    inline_policy,
    named_policies,
    parts,
)
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Spelling, mapping, number, policy, reference, text
from nephograph.catalog.readers import says, tags
from nephograph.model.resource import Class


def _inline(document: Cursor) -> Tree:
    """`inline_policy` blocks; an empty block says that the role has none."""
    blocks = document.at("inline_policy")
    if blocks.unknown or not blocks.present:
        return blocks
    told = [block for block in blocks.each() if block.unknown or says(block.at("name")) or says(block.at("policy"))]
    return [block if block.unknown else inline_policy(block) for block in told] or None


_WHO: Fields = {
    "name": "RoleName",
    "path": "Path",
    "unique_id": "RoleId",
    "created": "CreateDate",
    "trust_policy": "AssumeRolePolicyDocument",
    "max_session_seconds": "MaxSessionDuration",
}
_MORE: Fields = {
    "boundary": "PermissionsBoundary.PermissionsBoundaryArn",
    "last_used": "RoleLastUsed.LastUsedDate",
    "tags": tags("Tags"),
}

KIND = Kind(
    native="AWS::IAM::Role",
    service="iam",
    cls=Class.PRINCIPAL,
    identity=("name",),
    arn="arn:{partition}:iam::{account}:role{path}{name}",
    id="{name}",
    label="name",
    global_=True,
    fields={
        "name": text(),
        "path": text(default="/"),
        "unique_id": text(),
        "created": text(),
        # Of the last 400 days; nothing when it was not used in them.
        "last_used": text(),
        "trust_policy": policy(),
        "inline_policies": INLINE_POLICIES,
        "managed_policies": MANAGED_POLICIES,
        "boundary": reference("aws_iam_policy"),
        "max_session_seconds": number(default=3600),
        "tags": mapping(),
    },
    links=(Link("has_policy", "managed_policies"), Link("bounded_by", "boundary")),
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_role",
            {
                "name": "name",
                "path": "path",
                "unique_id": "unique_id",
                "created": "create_date",
                "last_used": "role_last_used.last_used_date",
                "trust_policy": "assume_role_policy",
                "inline_policies": _inline,
                "managed_policies": "managed_policy_arns",
                "boundary": "permissions_boundary",
                "max_session_seconds": "max_session_duration",
                "tags": "tags",
            },
            computed={"name": "{name}", "unique_id": "{unique_id}"},
            ignores=("description", "force_detach_policies", "name_prefix"),
        ),
        Spelling(
            "cloudformation",
            "AWS::IAM::Role",
            {
                "name": "RoleName",
                "path": "Path",
                "trust_policy": "AssumeRolePolicyDocument",
                "inline_policies": named_policies("Policies"),
                "managed_policies": "ManagedPolicyArns",
                "boundary": "PermissionsBoundary",
                "max_session_seconds": "MaxSessionDuration",
                "tags": tags("Tags"),
            },
            computed={"RoleId": "{unique_id}"},
            ignores=("Description",),
        ),
        Spelling(
            "api",
            f"{DETAILS}/RoleDetailList",
            {**details("Role", "RolePolicyList"), "trust_policy": "AssumeRolePolicyDocument", **_MORE},
            items="RoleDetailList.*",
            key="RoleName",
            ignores=("Arn", "InstanceProfileList"),
        ),
        # Lists leave out the boundary, the tags and the last use: iam:GetRole has them.
        Spelling(
            "api",
            "iam:ListRoles",
            _WHO,
            items="Roles.*",
            key="RoleName",
            ignores=("Arn", "Description", "PermissionsBoundary", "RoleLastUsed", "SourceRoleTemplate", "Tags"),
        ),
        Spelling(
            "api",
            "iam:GetRole",
            {**_WHO, **_MORE},
            items="Role",
            key="RoleName",
            asks=("RoleName",),
            ignores=("Arn", "Description", "SourceRoleTemplate"),
        ),
        Spelling(
            "api", "iam:ListRoleTags", {"tags": tags("Tags")}, part_of="RoleName", asks=("RoleName",), ignores=PAGES
        ),
        *parts("role"),
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html",
    ),
)
