"""A role attaches a strong policy to itself."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="iam-009",
    rules=(step("rewrite-itself"),),
    yields="administrator of the account",
    fix=("Condition iam:AttachRolePolicy on iam:PolicyARN, so that only harmless policies can be attached."),
    needs=("the principal is a role", "a strong managed policy: AWS's own AdministratorAccess is always there"),
    where=(("?action", "iam:AttachRolePolicy"),),
)
