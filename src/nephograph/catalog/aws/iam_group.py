"""IAM group: the policies its members have."""

from nephograph.catalog.aws._iam import INLINE_POLICIES, MANAGED_POLICIES, parts
from nephograph.catalog.language import Kind, Link, Spelling, text
from nephograph.model.resource import Class

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
        "inline_policies": INLINE_POLICIES,
        "managed_policies": MANAGED_POLICIES,
    },
    links=(Link("has_policy", "managed_policies"),),
    spellings=(
        Spelling("terraform", "aws_iam_group", {"name": "name", "path": "path"}, computed={"name": "{name}"}),
        *parts("group"),
    ),
)
