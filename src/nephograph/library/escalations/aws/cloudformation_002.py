"""An existing stack is updated with another template, by its own service role."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="cloudformation-002",
    rules=(
        taking(
            "cloudformation-002",
            "stack",
            ("cloudformation:UpdateStack",),
            says="{principal} gives {stack} another template",
            label="UpdateStack",
            techniques=("T1578.005",),
            page="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html",
        ),
    ),
    yields="what the stack's service role may do: it deploys whatever the template says",
    fix=(
        "Let cloudformation:UpdateStack name stacks, and narrow the service role: a stack keeps its "
        "role, and updates need no iam:PassRole."
    ),
    needs=("a stack with a service role",),
)
