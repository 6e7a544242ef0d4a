"""An access key of another user is deleted to make room for a new one."""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="iam-003",
    rules=(
        StepRule(
            name="iam-003",
            when=(
                atom("has", "?principal"),
                atom("lesser", "?principal"),
                atom("is_user", "?user"),
                atom("can", "?principal", "iam:DeleteAccessKey", "?user"),
                atom("can", "?principal", "iam:CreateAccessKey", "?user"),
                atom("has_two_access_keys", "?user"),
            ),
            then=atom("has", "?user"),
            source="?principal",
            target="?user",
            says="{principal} replaces an access key of {user}",
            label="CreateAccessKey",
            techniques=("T1098.001",),
            references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",),
        ),
    ),
    yields="the permissions of the user",
    fix="Let iam:CreateAccessKey and iam:DeleteAccessKey name ${aws:username}; delete second keys.",
    needs=("a user with two access keys",),
)
