"""An existing stack set is updated with another template, by its administration role."""

from nephograph.library.escalations.declare import Escalation
from nephograph.model.rule import StepRule, atom

ESCALATION = Escalation(
    id="cloudformation-004",
    rules=(
        StepRule(
            name="cloudformation-004",
            when=(
                atom("has", "?principal"),
                atom("lesser", "?principal"),
                atom("can", "?principal", "cloudformation:UpdateStackSet", "?set"),
                atom("administered_by", "?set", "?admin"),
                atom("can_pass", "?principal", "?admin", "cloudformation.amazonaws.com"),
                atom("can_assume", "?admin", "?role"),
            ),
            then=atom("has", "?role"),
            source="?principal",
            target="?role",
            says="{principal} gives {set} another template, which {admin} deploys as {role}",
            label="PassRole + UpdateStackSet",
            techniques=("T1548.005", "T1578.005"),
            references=(
                ("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html"),
            ),
        ),
    ),
    yields="what the execution role may do: it deploys whatever the template says",
    fix=(
        "Let cloudformation:UpdateStackSet name stack sets, and let iam:PassRole leave their "
        "administration role out for everybody who does not run them."
    ),
    needs=("a stack set with an administration role", "an execution role that this role may assume"),
)
