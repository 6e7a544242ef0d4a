"""A strong policy is attached to another role, and the role assumed."""

from nephograph.library.escalations.declare import Escalation, raising
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="iam-014",
    rules=(
        raising(
            "iam-014",
            (("iam:AttachRolePolicy", "?target"),),
            says="{principal} attaches AdministratorAccess to {target} and assumes it",
            label="AttachRolePolicy + AssumeRole",
            techniques=("T1098.003", "T1550.001"),
            more=(atom("is_role", "?target"), atom("can_assume", "?principal", "?target")),
        ),
    ),
    yields="administrator of the account",
    fix=(
        "Condition iam:AttachRolePolicy on iam:PolicyARN, and let it name roles; a permissions "
        "boundary on the role stays a ceiling."
    ),
    needs=(
        "a role that trusts the principal",
        "a strong managed policy: AWS's own AdministratorAccess is always there",
    ),
)
