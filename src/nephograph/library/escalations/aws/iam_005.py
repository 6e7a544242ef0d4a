"""A role writes an inline policy for itself."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="iam-005",
    rules=(step("rewrite-itself"),),
    yields="administrator of the account",
    fix=(
        "Let iam:PutRolePolicy leave out the principal's own role, or require a permissions boundary "
        "of the roles it is done on."
    ),
    needs=("the principal is a role",),
    where=(("?action", "iam:PutRolePolicy"),),
)
