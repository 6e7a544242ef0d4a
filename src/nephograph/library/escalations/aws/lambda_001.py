"""A new function runs code as a role, and is called."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="lambda-001",
    rules=(step("pass-role-lambda"),),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the execution roles of the principal's own functions, with "
        "iam:PassedToService set to lambda.amazonaws.com."
    ),
    needs=("a role that trusts lambda.amazonaws.com",),
)
