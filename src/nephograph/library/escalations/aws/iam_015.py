"""A strong policy is attached to another user, and an access key made for it."""

from nephograph.library.escalations.declare import Escalation, raising
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="iam-015",
    rules=(
        raising(
            "iam-015",
            (("iam:AttachUserPolicy", "?target"), ("iam:CreateAccessKey", "?target")),
            says="{principal} attaches AdministratorAccess to {target} and makes a key for it",
            label="AttachUserPolicy + CreateAccessKey",
            techniques=("T1098.003", "T1098.001"),
            more=(atom("is_user", "?target"), atom("may_get_access_key", "?target")),
        ),
    ),
    yields="administrator of the account",
    fix=("Condition iam:AttachUserPolicy on iam:PolicyARN; let iam:CreateAccessKey name ${aws:username}."),
    needs=(
        "a user with fewer than two access keys",
        "a strong managed policy: AWS's own AdministratorAccess is always there",
    ),
)
