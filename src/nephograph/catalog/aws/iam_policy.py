"""Managed IAM policy. An account's own, and of AWS's those the API lists; others are only referred to by their ARN."""

from nephograph.catalog.aws._iam import DETAILS, PAGES
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Spelling, flag, mapping, policy, references, text
from nephograph.catalog.readers import not_said_here, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_ARN = "arn:{partition}:iam::{account}:policy{path}{name}"
_AWS = ":iam::aws:policy/"


def _aws_managed(document: Cursor) -> Tree:
    arn = document.at("Arn")
    return arn.be(_AWS in arn.value) if isinstance(arn.value, str) else None


def _default_version(document: Cursor) -> Tree:
    """The version that is in force, of up to five."""
    for version in document.at("PolicyVersionList").each():
        if version.at("IsDefaultVersion").value is True:
            return version.at("Document")
    return document.at("PolicyVersionList").be(Unknown(Reason.NOT_SEEN, "the version that is in force"))


def _version_in_force(document: Cursor) -> Tree:
    """A version is the policy when it is in force; of another one nothing follows."""
    if document.at("IsDefaultVersion").value is True:
        return document.at("Document")
    return document.at("Document").be(Unknown(Reason.NOT_SEEN, "the version that is in force"))


# The API says of each principal what is attached to it.
_ELSEWHERE: Fields = {"roles": not_said_here, "users": not_said_here, "groups": not_said_here}
_ANSWER: Fields = {"name": "PolicyName", "path": "Path", "created": "CreateDate", "aws_managed": _aws_managed}
_COUNTS = (
    "AttachmentCount",
    "DefaultVersionId",
    "Description",
    "IsAttachable",
    "PermissionsBoundaryUsageCount",
    "PolicyId",
    "UpdateDate",
)

KIND = Kind(
    native="AWS::IAM::ManagedPolicy",
    service="iam",
    cls=Class.POLICY,
    identity=("name",),
    arn=_ARN,
    id=_ARN,
    label="name",
    global_=True,
    fields={
        "name": text(),
        "path": text(default="/"),
        "document": policy(),
        "created": text(),
        "aws_managed": flag(default=False),
        # Whom a CloudFormation policy attaches itself to. Everybody else says it of the principal.
        "roles": references("aws_iam_role"),
        "users": references("aws_iam_user"),
        "groups": references("aws_iam_group"),
        "tags": mapping(),
    },
    links=tuple(Link("has_policy", holders, inverse=True) for holders in ("roles", "users", "groups")),
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_policy",
            {"name": "name", "path": "path", "document": "policy", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=(
                "attachment_count",
                "delay_after_policy_creation_in_ms",
                "description",
                "name_prefix",
                "policy_id",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::IAM::ManagedPolicy",
            {
                "name": "ManagedPolicyName",
                "path": "Path",
                "document": "PolicyDocument",
                "roles": "Roles",
                "users": "Users",
                "groups": "Groups",
            },
            computed={"PolicyArn": "arn"},
            ignores=("Description",),
        ),
        Spelling(
            "api",
            f"{DETAILS}/Policies",
            {**_ANSWER, **_ELSEWHERE, "document": _default_version},
            items="Policies.*",
            key="Arn",
            ignores=_COUNTS,
        ),
        Spelling(
            "api",
            "iam:ListPolicies",
            {**_ANSWER, **_ELSEWHERE},
            items="Policies.*",
            key="Arn",
            ignores=tuple(sorted((*_COUNTS, "Tags"))),
        ),
        Spelling(
            "api",
            "iam:GetPolicy",
            {**_ANSWER, **_ELSEWHERE, "tags": tags("Tags")},
            items="Policy",
            key="Arn",
            asks=("PolicyArn",),
            ignores=_COUNTS,
        ),
        Spelling(
            "api",
            "iam:GetPolicyVersion",
            {"document": _version_in_force},
            items="PolicyVersion",
            part_of="PolicyArn",
            asks=("PolicyArn",),
            ignores=("CreateDate", "VersionId"),
        ),
        Spelling(
            "api", "iam:ListPolicyTags", {"tags": tags("Tags")}, part_of="PolicyArn", asks=("PolicyArn",), ignores=PAGES
        ),
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html",),
)
