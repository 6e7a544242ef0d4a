"""A user writes an inline policy for itself."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="iam-007",
    rules=(step("rewrite-itself"),),
    yields="administrator of the account",
    fix=(
        "Let iam:PutUserPolicy leave out the principal's own user, or require a permissions boundary "
        "of the users it is done on."
    ),
    needs=("the principal is a user",),
    where=(("?action", "iam:PutUserPolicy"),),
)
