"""The password of another user is changed."""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="iam-006",
    rules=(
        StepRule(
            name="iam-006",
            when=(
                atom("has", "?principal"),
                atom("lesser", "?principal"),
                atom("is_user", "?user"),
                atom("can", "?principal", "iam:UpdateLoginProfile", "?user"),
                atom("has_password", "?user"),
            ),
            then=atom("has", "?user"),
            source="?principal",
            target="?user",
            says="{principal} changes the password of {user} and signs in",
            label="UpdateLoginProfile",
            techniques=("T1098.001",),
            references=("https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html",),
        ),
    ),
    yields="the permissions of the user",
    fix=(
        "Let people change their own password by iam:ChangePassword, and give iam:UpdateLoginProfile "
        "to the help desk for users without power; require a second factor."
    ),
    needs=("a user with a password",),
)
