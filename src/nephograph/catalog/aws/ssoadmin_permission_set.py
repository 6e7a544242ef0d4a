"""Permission set of IAM Identity Center: the policies of a role, and who gets that role in which accounts."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Reader,
    Spelling,
    group,
    items,
    mapping,
    policy,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import each, element, one, pluck, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown


def _reference(document: Cursor, name: str, path: str) -> dict[str, Tree]:
    return {"name": document.at(name), "path": document.at(path)}


def _assignment(document: Cursor) -> dict[str, Tree]:
    return {
        "account": document.at("target_id"),
        "principal_type": document.at("principal_type"),
        "principal": document.at("principal_id"),
    }


def _template_assignment(document: Cursor) -> dict[str, Tree]:
    return {
        "account": document.at("TargetId"),
        "principal_type": document.at("PrincipalType"),
        "principal": document.at("PrincipalId"),
    }


def _instance(name: str) -> Reader:
    """The instance of Identity Center, which the ARN of a set names: `arn:aws:sso:::permissionSet/ssoins-1/ps-1`."""

    def read(document: Cursor) -> Tree:
        arn = document.at(name)
        if not isinstance(arn.value, str) or ":permissionSet/" not in arn.value:
            return None
        head, _, tail = arn.value.partition(":permissionSet/")
        return arn.be(f"{head}:instance/{tail.partition('/')[0]}")

    return read


def _answered(document: Cursor) -> Tree:
    """One account is asked about at a time: what the others would answer is not known."""
    found: dict[str, Tree] = {
        "account": document.at("AccountId"),
        "principal_type": document.at("PrincipalType"),
        "principal": document.at("PrincipalId"),
    }
    return [found, document.be(Unknown(Reason.NOT_SEEN, "assignments in other accounts"))]


_ASKS = ("PermissionSetArn",)
_BOUNDARY: Fields = {
    "boundary.policy": "PermissionsBoundary.ManagedPolicyArn",
    "boundary.name": "PermissionsBoundary.CustomerManagedPolicyReference.Name",
    "boundary.path": "PermissionsBoundary.CustomerManagedPolicyReference.Path",
}

KIND = Kind(
    native="AWS::SSO::PermissionSet",
    service="sso",
    cls=Class.POLICY,
    # Its ARN is made by AWS and is the only name that it has.
    identity=("id",),
    arn="{id}",
    id="{id}",
    label="name",
    global_=True,
    fields={
        "id": text(),
        "instance": text(),
        "name": text(),
        "session_duration": text(),
        "managed_policies": references("aws_iam_policy"),
        # Policies of that name in every account that the set is given out in.
        "customer_policies": items(name=text(), path=text(default="/")),
        "inline_policy": policy(),
        "boundary": group(policy=reference("aws_iam_policy"), name=text(), path=text()),
        "assignments": items(account=reference("aws_organizations_account"), principal_type=text(), principal=text()),
        "tags": mapping(),
    },
    links=(
        Link("has_policy", "managed_policies"),
        Link("bounded_by", "boundary.policy"),
        Link("given_in", "assignments.*.account"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_ssoadmin_permission_set",
            {
                "id": "arn",
                "instance": "instance_arn",
                "name": "name",
                "session_duration": "session_duration",
                "tags": "tags",
            },
            computed={"id": "{id},{instance}", "instance_arn": "{instance}", "name": "{name}"},
            ignores=("created_date", "description", "relay_state"),
        ),
        Spelling(
            "terraform",
            "aws_ssoadmin_managed_policy_attachment",
            {"managed_policies": element("managed_policy_arn")},
            part_of="permission_set_arn",
            ignores=("instance_arn", "managed_policy_name"),
        ),
        Spelling(
            "terraform",
            "aws_ssoadmin_customer_managed_policy_attachment",
            {
                "customer_policies": one(
                    lambda document: _reference(document.at("customer_managed_policy_reference"), "name", "path")
                )
            },
            part_of="permission_set_arn",
            ignores=("instance_arn",),
        ),
        Spelling(
            "terraform",
            "aws_ssoadmin_permission_set_inline_policy",
            {"inline_policy": "inline_policy"},
            part_of="permission_set_arn",
            ignores=("instance_arn",),
        ),
        Spelling(
            "terraform",
            "aws_ssoadmin_permissions_boundary_attachment",
            {
                "boundary.policy": "permissions_boundary.managed_policy_arn",
                "boundary.name": "permissions_boundary.customer_managed_policy_reference.name",
                "boundary.path": "permissions_boundary.customer_managed_policy_reference.path",
            },
            part_of="permission_set_arn",
            ignores=("instance_arn",),
        ),
        Spelling(
            "terraform",
            "aws_ssoadmin_account_assignment",
            {"assignments": one(_assignment)},
            part_of="permission_set_arn",
            ignores=("instance_arn", "target_type"),
        ),
        Spelling(
            "cloudformation",
            "AWS::SSO::PermissionSet",
            {
                "instance": "InstanceArn",
                "name": "Name",
                "session_duration": "SessionDuration",
                "managed_policies": "ManagedPolicies",
                "customer_policies": each(
                    "CustomerManagedPolicyReferences", lambda policy: _reference(policy, "Name", "Path")
                ),
                "inline_policy": "InlinePolicy",
                **_BOUNDARY,
                "tags": tags("Tags"),
            },
            computed={"PermissionSetArn": "{id}"},
            ignores=("Description", "RelayStateType"),
        ),
        Spelling(
            "cloudformation",
            "AWS::SSO::Assignment",
            {"assignments": one(_template_assignment)},
            part_of="PermissionSetArn",
            ignores=("InstanceArn", "TargetType"),
        ),
        Spelling(
            "api",
            "sso-admin:ListPermissionSets",
            {"id": "Value", "instance": _instance("Value")},
            items="PermissionSets.*",
            key="Value",
            asks=("InstanceArn",),
        ),
        Spelling(
            "api",
            "sso-admin:DescribePermissionSet",
            {
                "id": "PermissionSetArn",
                "instance": _instance("PermissionSetArn"),
                "name": "Name",
                "session_duration": "SessionDuration",
            },
            items="PermissionSet",
            key="PermissionSetArn",
            ignores=("CreatedDate", "Description", "RelayState"),
        ),
        Spelling(
            "api",
            "sso-admin:ListManagedPoliciesInPermissionSet",
            {"managed_policies": pluck("AttachedManagedPolicies", "Arn")},
            part_of="PermissionSetArn",
            asks=_ASKS,
        ),
        Spelling(
            "api",
            "sso-admin:ListCustomerManagedPolicyReferencesInPermissionSet",
            {
                "customer_policies": lambda document: (
                    [
                        _reference(policy, "Name", "Path")
                        for policy in document.at("CustomerManagedPolicyReferences").each()
                    ]
                    or None
                )
            },
            part_of="PermissionSetArn",
            asks=_ASKS,
        ),
        Spelling(
            "api",
            "sso-admin:GetInlinePolicyForPermissionSet",
            {"inline_policy": "InlinePolicy"},
            part_of="PermissionSetArn",
            asks=_ASKS,
        ),
        Spelling(
            "api",
            "sso-admin:GetPermissionsBoundaryForPermissionSet",
            _BOUNDARY,
            part_of="PermissionSetArn",
            asks=_ASKS,
        ),
        Spelling(
            "api",
            "sso-admin:ListAccountAssignments",
            {"assignments": _answered},
            items="AccountAssignments.*",
            part_of="PermissionSetArn",
            asks=(*_ASKS, "AccountId", "InstanceArn"),
        ),
        Spelling(
            "api",
            "sso-admin:ListTagsForResource",
            {"tags": tags("Tags")},
            part_of="ResourceArn",
            asks=("ResourceArn",),
        ),
    ),
    references=("https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html",),
)
