"""The code of an existing function is replaced, and runs when the function is next called."""

from nephograph.library.escalations.declare import Escalation, step

ESCALATION = Escalation(
    id="lambda-003",
    rules=(step("update-function-code"),),
    yields="the permissions of the role that the function runs as",
    fix=(
        "Let lambda:UpdateFunctionCode name the principal's own functions; require signed code of "
        "functions with strong roles."
    ),
    needs=("a function with an execution role",),
)
