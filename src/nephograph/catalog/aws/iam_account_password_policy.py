"""What an account asks of the passwords of its IAM users. Without one of its own, AWS's weaker one holds."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Otherwise, Reader, Spelling, flag, number, text
from nephograph.catalog.readers import always
from nephograph.model.resource import Class

_SAME = (
    ("hard_expiry", "hard_expiry", "HardExpiry"),
    ("lowercase", "require_lowercase_characters", "RequireLowercaseCharacters"),
    ("numbers", "require_numbers", "RequireNumbers"),
    ("symbols", "require_symbols", "RequireSymbols"),
    ("uppercase", "require_uppercase_characters", "RequireUppercaseCharacters"),
)


def _unless_zero(name: str) -> Reader:
    """A number of which zero says that there is no such rule."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        return None if said.value == 0 else said

    return read


_NAME = always("iam-account-password-policy")

KIND = Kind(
    native="AWS::IAM::AccountPasswordPolicy",
    service="iam",
    cls=Class.GENERIC,
    identity=("name",),
    id="{name}",
    global_=True,
    fields={
        # An account has one, which has no name but the one that Terraform gives it.
        "name": text(),
        # AWS's own policy asks for eight characters; one that is made without a length for six.
        "minimum_length": number(default=8),
        "lowercase": flag(default=False),
        "uppercase": flag(default=False),
        "numbers": flag(default=False),
        "symbols": flag(default=False),
        "allow_users_to_change": flag(default=False),
        "hard_expiry": flag(default=False),
        # Nothing: passwords do not end, and may be used again.
        "max_age_days": number(),
        "reuse_prevention": number(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_account_password_policy",
            {
                "name": _NAME,
                "minimum_length": Otherwise("minimum_password_length", 6),
                "allow_users_to_change": Otherwise("allow_users_to_change_password", True),
                "max_age_days": _unless_zero("max_password_age"),
                "reuse_prevention": _unless_zero("password_reuse_prevention"),
                **{field: attribute for field, attribute, _ in _SAME},
            },
            ignores=("expire_passwords",),
        ),
        Spelling(
            "api",
            "iam:GetAccountPasswordPolicy",
            {
                "name": _NAME,
                "minimum_length": "MinimumPasswordLength",
                "allow_users_to_change": "AllowUsersToChangePassword",
                "max_age_days": _unless_zero("MaxPasswordAge"),
                "reuse_prevention": _unless_zero("PasswordReusePrevention"),
                **{field: member for field, _, member in _SAME},
            },
            items="PasswordPolicy",
            ignores=("ExpirePasswords",),
        ),
    ),
    unspelled={"cloudformation": "has no such type"},
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",),
)
