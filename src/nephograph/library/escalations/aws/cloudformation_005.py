"""A change set gives an existing stack another template."""

from nephograph.library.escalations.declare import Escalation, taking

ESCALATION = Escalation(
    id="cloudformation-005",
    rules=(
        taking(
            "cloudformation-005",
            "stack",
            ("cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
            says="{principal} changes {stack} by a change set",
            label="ExecuteChangeSet",
            techniques=("T1578.005",),
            page=(
                "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"
                "using-cfn-updating-stacks-changesets.html"
            ),
        ),
    ),
    yields="what the stack's service role may do: it deploys whatever the template says",
    fix=(
        "Give the two actions to different principals, so that one writes a change and another one "
        "runs it; narrow the stack's service role."
    ),
    needs=("a stack with a service role",),
)
