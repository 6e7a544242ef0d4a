"""A new function runs code as a role, and a queue or stream calls it."""

from nephograph.library.escalations.declare import Escalation, passing
from nephograph.model.rule import atom

ESCALATION = Escalation(
    id="lambda-002",
    rules=(
        passing(
            "lambda-002",
            "lambda.amazonaws.com",
            ("lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
            says="{principal} makes a function that runs as {role}, and has a queue or stream call it",
            label="PassRole + CreateEventSourceMapping",
            techniques=("T1648", "T1546"),
            page="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html",
            more=(atom("there_is", "event source"),),
        ),
    ),
    yields="the permissions of the role that is passed",
    fix=(
        "Let iam:PassRole name the execution roles of the principal's own functions: to withhold "
        "lambda:InvokeFunction alone leaves event sources open."
    ),
    needs=("a role that trusts lambda.amazonaws.com", "a queue or a stream to poll"),
)
