"""Access keys that do not end by themselves."""

from nephograph.library.changes.declare import Change, Cost

CHANGES = (
    Change(
        "aws_iam_access_key",
        "status",
        "deactivate {thing}",
        Cost.IDENTITY,
        value="Inactive",
        reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    ),
)
