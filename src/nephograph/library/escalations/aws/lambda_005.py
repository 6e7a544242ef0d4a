"""The code of an existing function is replaced, and the function opened to other callers."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="lambda-005",
    rules=(
        taking(
            "lambda-005",
            "function",
            ("lambda:UpdateFunctionCode", "lambda:AddPermission"),
            says="{principal} replaces the code of {function} and lets somebody call it",
            label="UpdateFunctionCode + AddPermission",
            techniques=("T1648", "T1098"),
            page="https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
        ),
    ),
    yields="the permissions of the role that the function runs as",
    fix=(
        "Give one principal at most one of the two actions on a function; condition "
        "lambda:AddPermission on lambda:Principal."
    ),
    needs=("a function with an execution role",),
)
