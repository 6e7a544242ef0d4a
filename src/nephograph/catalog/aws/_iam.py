"""What IAM roles, users and groups have in common: inline policies and attached ones."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader, Spelling, keyed, policy, references, text
from nephograph.catalog.readers import each, element, one, pluck
from nephograph.model.value import Reason, Unknown

INLINE_POLICIES = keyed("name", name=text(), document=policy())
MANAGED_POLICIES = references("aws_iam_policy")

DETAILS = "iam:GetAccountAuthorizationDetails"
"""The answer that says the policies of a whole account. It holds lists of four kinds: behind the slash stands which."""

PAGES = ("IsTruncated", "Marker")
"""What every list of IAM says of its pages."""


def inline_policy(document: Cursor) -> dict[str, Tree]:
    """One inline policy: a block of the owner, or a document of its own."""
    return {"name": document.at("name"), "document": document.at("policy")}


def named_policy(document: Cursor) -> dict[str, Tree]:
    """One inline policy as CloudFormation and the API write it."""
    return {"name": document.at("PolicyName"), "document": document.at("PolicyDocument")}


def named_policies(name: str) -> Reader:
    """Inline policies that stand in a list; an empty list says that there are none."""
    read = each(name, named_policy)
    return lambda document: read(document) or None


def _policy_names(document: Cursor) -> Tree:
    """Names alone: what the policies say is another answer."""
    return [
        {"name": name, "document": name.be(Unknown(Reason.NOT_SEEN, "the answer that holds the policy"))}
        for name in document.at("PolicyNames").each()
    ] or None


def details(word: str, policies: str) -> dict[str, str | Reader]:
    """The policies of a principal in `DETAILS`: `word` names its key, `policies` its inline ones."""
    return {
        "name": f"{word}Name",
        "path": "Path",
        "unique_id": f"{word}Id",
        "created": "CreateDate",
        "inline_policies": named_policies(policies),
        "managed_policies": pluck("AttachedManagedPolicies", "PolicyArn"),
    }


def parts(owner: str) -> tuple[Spelling, ...]:
    """What gives policies to a role, user or group, in every dialect."""
    word = owner.capitalize()
    named = f"{word}Name"
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
        Spelling(
            "cloudformation",
            "AWS::IAM::Policy",
            {"inline_policies": one(named_policy)},
            part_of=f"{word}s",
            ignores=("Groups", "Roles", "Users"),
        ),
        Spelling("cloudformation", f"AWS::IAM::{word}Policy", {"inline_policies": one(named_policy)}, part_of=named),
        Spelling(
            "api",
            f"iam:ListAttached{word}Policies",
            {"managed_policies": pluck("AttachedPolicies", "PolicyArn")},
            part_of=named,
            asks=(named,),
            ignores=PAGES,
        ),
        Spelling(
            "api",
            f"iam:List{word}Policies",
            {"inline_policies": _policy_names},
            part_of=named,
            asks=(named,),
            ignores=PAGES,
        ),
        Spelling("api", f"iam:Get{word}Policy", {"inline_policies": one(named_policy)}, part_of=named, asks=(named,)),
    )
