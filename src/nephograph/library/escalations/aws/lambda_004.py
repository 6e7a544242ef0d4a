"""The code of an existing function is replaced, and the function called."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="lambda-004",
    rules=(
        taking(
            "lambda-004",
            "function",
            ("lambda:UpdateFunctionCode", "lambda:InvokeFunction"),
            says="{principal} replaces the code of {function} and calls it",
            label="UpdateFunctionCode + InvokeFunction",
            techniques=("T1648",),
            page="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html",
        ),
    ),
    yields="the permissions of the role that the function runs as",
    fix=(
        "Let lambda:UpdateFunctionCode name the principal's own functions; give those who call "
        "functions lambda:InvokeFunction alone."
    ),
    needs=("a function with an execution role",),
)
