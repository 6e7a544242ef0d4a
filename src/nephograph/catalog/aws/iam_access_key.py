"""Long-lived access key of an IAM user. The secret itself is made by AWS and never read."""

from nephograph.catalog.language import Kind, Link, Spelling, reference, text
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::IAM::AccessKey",
    service="iam",
    cls=Class.GENERIC,
    id="{id}",
    global_=True,
    fields={"id": text(), "user": reference("aws_iam_user"), "status": text(default="Active")},
    links=(Link("key_of", "user"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_access_key",
            {"id": "id", "user": "user", "status": "status"},
            ignores=("pgp_key",),
        ),
    ),
)
