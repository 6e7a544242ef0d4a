"""Instance profile: hands a role to EC2 instances. Instances name it by its name."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::IAM::InstanceProfile",
    service="iam",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:iam::{account}:instance-profile{path}{name}",
    id="{name}",
    label="name",
    global_=True,
    fields={"name": text(), "path": text(default="/"), "role": reference("aws_iam_role"), "tags": mapping()},
    links=(Link("has_role", "role"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_instance_profile",
            {"name": "name", "path": "path", "role": "role", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("name_prefix",),
        ),
    ),
)
