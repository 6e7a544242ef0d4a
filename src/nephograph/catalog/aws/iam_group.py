"""IAM group: the policies its members have."""

from nephograph.catalog.aws._iam import DETAILS, INLINE_POLICIES, MANAGED_POLICIES, details, named_policies, parts
from nephograph.catalog.language import Fields, Kind, Link, Spelling, text
from nephograph.model.resource import Class

_ANSWER: Fields = {"name": "GroupName", "path": "Path", "unique_id": "GroupId", "created": "CreateDate"}

KIND = Kind(
    native="AWS::IAM::Group",
    service="iam",
    cls=Class.PRINCIPAL,
    identity=("name",),
    arn="arn:{partition}:iam::{account}:group{path}{name}",
    id="{name}",
    label="name",
    global_=True,
    fields={
        "name": text(),
        "path": text(default="/"),
        "unique_id": text(),
        "created": text(),
        "inline_policies": INLINE_POLICIES,
        "managed_policies": MANAGED_POLICIES,
    },
    links=(Link("has_policy", "managed_policies"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_group",
            {"name": "name", "path": "path", "unique_id": "unique_id"},
            computed={"name": "{name}", "unique_id": "{unique_id}"},
        ),
        Spelling(
            "cloudformation",
            "AWS::IAM::Group",
            {
                "name": "GroupName",
                "path": "Path",
                "inline_policies": named_policies("Policies"),
                "managed_policies": "ManagedPolicyArns",
            },
        ),
        Spelling(
            "api",
            f"{DETAILS}/GroupDetailList",
            details("Group", "GroupPolicyList"),
            items="GroupDetailList.*",
            key="GroupName",
            ignores=("Arn",),
        ),
        Spelling("api", "iam:ListGroups", _ANSWER, items="Groups.*", key="GroupName", ignores=("Arn",)),
        # Who is in the group is said of its members: iam:ListGroupsForUser.
        Spelling(
            "api",
            "iam:GetGroup",
            _ANSWER,
            items="Group",
            key="GroupName",
            asks=("GroupName",),
            ignores=("Arn", "Users"),
        ),
        *parts("group"),
    ),
)
