"""A new stack set is deployed by an administration role that becomes its execution roles."""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="cloudformation-003",
    rules=(
        StepRule(
            name="cloudformation-003",
            when=(
                atom("has", "?principal"),
                atom("lesser", "?principal"),
                atom("can_pass", "?principal", "?admin", "cloudformation.amazonaws.com"),
                atom("may", "?principal", "cloudformation:CreateStackSet"),
                atom("may", "?principal", "cloudformation:CreateStackInstances"),
                atom("can_assume", "?admin", "?role"),
            ),
            then=atom("has", "?role"),
            source="?principal",
            target="?role",
            says="{principal} has a stack set deployed as {role}, by way of {admin}",
            label="PassRole + CreateStackSet",
            techniques=("T1548.005", "T1578.002"),
            references=(
                ("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html"),
            ),
        ),
    ),
    yields="what the execution role may do: it deploys whatever the template says",
    fix=(
        "Let iam:PassRole leave the administration role of stack sets out; let execution roles trust "
        "one administration role, and narrow both."
    ),
    needs=(
        "a role that trusts cloudformation.amazonaws.com and may be passed",
        "an execution role that this role may assume",
    ),
)
