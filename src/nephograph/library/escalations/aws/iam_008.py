"""A user attaches a strong policy to itself."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="iam-008",
    rules=(step("rewrite-itself"),),
    yields="administrator of the account",
    fix=("Condition iam:AttachUserPolicy on iam:PolicyARN, so that only harmless policies can be attached."),
    needs=("the principal is a user", "a strong managed policy: AWS's own AdministratorAccess is always there"),
    where=(("?action", "iam:AttachUserPolicy"),),
)
