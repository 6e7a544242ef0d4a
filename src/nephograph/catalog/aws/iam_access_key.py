"""Long-lived access key of an IAM user. The secret itself is made by AWS and never read."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.fingerprint import of_access_key
from nephograph.catalog.language import Kind, Link, Reader, Spelling, reference, text
from nephograph.model.resource import Class


def _mark(name: str) -> Reader:
    """The name by which code that holds its id refers to it, without the id."""

    def read(document: Cursor) -> Tree:
        known = document.at(name)
        if not isinstance(known.value, str):
            return None
        # (a state is read without the ids of keys: it says this name already)
        return known.be(known.value if known.value.startswith("key-") else of_access_key(known.value))

    return read


KIND = Kind(
    native="AWS::IAM::AccessKey",
    service="iam",
    cls=Class.GENERIC,
    identity=("id",),
    id="{id}",
    aliases=("mark",),
    global_=True,
    fields={
        "id": text(),
        "mark": text(),
        "user": reference("aws_iam_user"),
        "status": text(default="Active"),
        "created": text(),
        "last_used": text(),
    },
    links=(Link("key_of", "user"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_access_key",
            {"id": "id", "mark": _mark("id"), "user": "user", "status": "status", "created": "create_date"},
            ignores=(
                "encrypted_secret",
                "encrypted_ses_smtp_password_v4",
                "key_fingerprint",
                "pgp_key",
                "secret",
                "ses_smtp_password_v4",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::IAM::AccessKey",
            {"user": "UserName", "status": "Status"},
            ignores=("Serial",),
        ),
        Spelling(
            "api",
            "iam:ListAccessKeys",
            {
                "id": "AccessKeyId",
                "mark": _mark("AccessKeyId"),
                "user": "UserName",
                "status": "Status",
                "created": "CreateDate",
            },
            items="AccessKeyMetadata.*",
            key="AccessKeyId",
            asks=("UserName",),
        ),
        Spelling(
            "api",
            "iam:GetAccessKeyLastUsed",
            {"last_used": "AccessKeyLastUsed.LastUsedDate"},
            part_of="AccessKeyId",
            asks=("AccessKeyId",),
            ignores=("UserName",),
        ),
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html",),
)
