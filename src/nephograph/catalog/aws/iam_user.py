"""IAM user: its policies, groups, and whether it may sign in to the console."""

from nephograph.catalog.aws._iam import INLINE_POLICIES, MANAGED_POLICIES, parts
from nephograph.catalog.language import Kind, Link, Spelling, flag, mapping, reference, references, text
from nephograph.catalog.readers import always, element
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::IAM::User",
    service="iam",
    cls=Class.PRINCIPAL,
    identity=("name",),
    arn="arn:{partition}:iam::{account}:user{path}{name}",
    id="{name}",
    label="name",
    global_=True,
    fields={
        "name": text(),
        "path": text(default="/"),
        "inline_policies": INLINE_POLICIES,
        "managed_policies": MANAGED_POLICIES,
        "boundary": reference("aws_iam_policy"),
        "groups": references("aws_iam_group"),
        "console_access": flag(default=False),
        "tags": mapping(),
    },
    links=(
        Link("has_policy", "managed_policies"),
        Link("bounded_by", "boundary"),
        Link("member_of", "groups"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_user",
            {"name": "name", "path": "path", "boundary": "permissions_boundary", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("force_destroy",),
        ),
        *parts("user"),
        Spelling("terraform", "aws_iam_user_group_membership", {"groups": "groups"}, part_of="user"),
        Spelling(
            "terraform", "aws_iam_group_membership", {"groups": element("group")}, part_of="users", ignores=("name",)
        ),
        Spelling(
            "terraform",
            "aws_iam_user_login_profile",
            {"console_access": always(True)},
            part_of="user",
            ignores=("password_length", "password_reset_required", "pgp_key"),
        ),
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",),
)
