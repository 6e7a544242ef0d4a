"""What IAM roles, users and groups have in common: inline policies and attached ones."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Spelling, items, policy, references, text
from nephograph.catalog.readers import element, one

INLINE_POLICIES = items(name=text(), document=policy())
MANAGED_POLICIES = references("aws_iam_policy")


def inline_policy(document: Cursor) -> dict[str, Tree]:
    """One inline policy: a block of the owner, or a document of its own."""
    return {"name": document.at("name"), "document": document.at("policy")}


def parts(owner: str) -> tuple[Spelling, ...]:
    """The Terraform resources that give policies to a role, user or group."""
    return (
        Spelling(
            "terraform",
            f"aws_iam_{owner}_policy",
            {"inline_policies": one(inline_policy)},
            part_of=owner,
            ignores=("name_prefix",),
        ),
        Spelling(
            "terraform",
            f"aws_iam_{owner}_policy_attachment",
            {"managed_policies": element("policy_arn")},
            part_of=owner,
        ),
        # It attaches what it lists, and takes every other policy away.
        Spelling(
            "terraform",
            f"aws_iam_{owner}_policy_attachments_exclusive",
            {"managed_policies": "policy_arns"},
            part_of=f"{owner}_name",
        ),
        Spelling(
            "terraform",
            "aws_iam_policy_attachment",
            {"managed_policies": element("policy_arn")},
            part_of=f"{owner}s",
            # One attachment gives the policy to roles, users and groups at once: their kinds read the other lists.
            ignores=("groups", "name", "roles", "users"),
        ),
    )
