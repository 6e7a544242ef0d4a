"""A strong policy is attached to a role, and its trust rewritten."""

from nephograph.library.escalations.declare import Escalation, raising
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="iam-019",
    rules=(
        raising(
            "iam-019",
            (("iam:AttachRolePolicy", "?target"), ("iam:UpdateAssumeRolePolicy", "?target")),
            says="{principal} attaches AdministratorAccess to {target} and makes it trust itself",
            label="AttachRolePolicy + UpdateAssumeRolePolicy",
            techniques=("T1098.003", "T1098"),
            more=(atom("is_role", "?target"),),
        ),
    ),
    yields="administrator of the account",
    fix=(
        "Give one principal at most one of the two actions on a role; condition iam:AttachRolePolicy on iam:PolicyARN."
    ),
    needs=("a role", "a strong managed policy: AWS's own AdministratorAccess is always there"),
)
