"""Customer managed IAM policy. AWS's own policies are only referred to, by their ARN."""

from nephograph.catalog.language import Kind, Spelling, mapping, policy, text
from nephograph.model.resource import Class

_ARN = "arn:{partition}:iam::{account}:policy{path}{name}"

KIND = Kind(
    native="AWS::IAM::ManagedPolicy",
    service="iam",
    cls=Class.POLICY,
    identity=("name",),
    arn=_ARN,
    id=_ARN,
    label="name",
    global_=True,
    fields={"name": text(), "path": text(default="/"), "document": policy(), "tags": mapping()},
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_policy",
            {"name": "name", "path": "path", "document": "policy", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("delay_after_policy_creation_in_ms", "description", "name_prefix"),
        ),
    ),
)
