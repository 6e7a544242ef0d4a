"""A new function runs code as a role, and is opened to other callers."""

from nephograph.library.escalations.declare import Escalation, passing

ESCALATION = Escalation(
    id="lambda-006",
    rules=(
        passing(
            "lambda-006",
            "lambda.amazonaws.com",
            ("lambda:CreateFunction", "lambda:AddPermission"),
            says="{principal} makes a function that runs as {role}, and lets somebody call it",
            label="PassRole + AddPermission",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the execution roles of the principal's own functions; condition "
        "lambda:AddPermission on lambda:Principal."
    ),
    needs=("a role that trusts lambda.amazonaws.com",),
)
