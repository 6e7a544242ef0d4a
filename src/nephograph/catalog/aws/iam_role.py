"""IAM role: who may assume it, what it may do, and the boundary around it."""

from nephograph.catalog.aws._iam import INLINE_POLICIES, MANAGED_POLICIES, inline_policy, parts
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, mapping, number, policy, reference, text
from nephograph.catalog.readers import says
from nephograph.model.resource import Class


def _inline(document: Cursor) -> Tree:
    """`inline_policy` blocks; an empty block says that the role has none."""
    blocks = document.at("inline_policy")
    if blocks.unknown or not blocks.present:
        return blocks
    told = [block for block in blocks.each() if block.unknown or says(block.at("name")) or says(block.at("policy"))]
    return [block if block.unknown else inline_policy(block) for block in told] or None


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
                "trust_policy": "assume_role_policy",
                "inline_policies": _inline,
                "managed_policies": "managed_policy_arns",
                "boundary": "permissions_boundary",
                "max_session_seconds": "max_session_duration",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=("description", "force_detach_policies", "name_prefix"),
        ),
        *parts("role"),
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",),
)
