"""A user that has no password is given one."""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="iam-004",
    rules=(
        StepRule(
            name="iam-004",
            when=(
                atom("has", "?principal"),
                atom("lesser", "?principal"),
                atom("is_user", "?user"),
                atom("can", "?principal", "iam:CreateLoginProfile", "?user"),
                atom("has_no_password", "?user"),
            ),
            then=atom("has", "?user"),
            source="?principal",
            target="?user",
            says="{principal} gives {user} a password and signs in",
            label="CreateLoginProfile",
            techniques=("T1098.001",),
            references=("https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html",),
        ),
    ),
    yields="the permissions of the user",
    fix=(
        "Let iam:CreateLoginProfile be for the principals that set up people; have users of programs "
        "deny what comes without a second factor."
    ),
    needs=("a user without a password",),
)
